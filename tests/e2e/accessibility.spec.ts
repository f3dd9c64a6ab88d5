import type { Page } from '@playwright/test';
import { accessible, fingersFit, fits } from './support/accessible.ts';
import { password, pin, email, type FiledCase } from './support/council.ts';
import { onSite, openCase } from './support/on-case.ts';
import { desk, tablet, type Kit } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { measure, note, takePhotographs } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

test.use({ council: { cases: 6, assigned: { who: 'priya', first: 4 } } });
test.setTimeout(240_000);

const record = (page: Page, what: string) =>
	page.getByRole('group', { name: 'What to record' }).getByRole('button', { name: what }).click();

/** Every screen there is, in the order a person meets them. */
async function everyScreen(
	page: Page,
	filed: FiledCase,
	look: (screen: string) => Promise<void>
): Promise<void> {
	const goto = async (path: string, heading: RegExp | string) => {
		await page.goto(path);
		await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
	};
	await goto('/', 'My work');
	await look('My work');
	await goto('/register', 'Register');
	await expect(page.getByText(filed.reference).first()).toBeVisible();
	await look('Register');
	await goto('/assign', 'Assign');
	await expect(page.getByRole('checkbox').first()).toBeVisible();
	await page.getByRole('row').nth(1).getByRole('checkbox').check();
	await look('Assign, with a case chosen');
	await goto('/intake', 'Intake');
	await look('Intake');
	await goto('/help', /Help/);
	await look('Help');
	await openCase(page, filed);
	await look('Case: overview');
	for (const tab of ['Documents', 'Map', 'Visits', 'Timeline']) {
		await page
			.getByRole('navigation', { name: 'This case' })
			.getByRole('link', { name: tab })
			.click();
		await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
		await look(`Case: ${tab}`);
	}
	await goto(`/cases/${filed.caseId}/visits/plan`, 'Plan a visit');
	await look('Plan a visit');
	const visit = await onSite(page, filed);
	if (await page.getByRole('button', { name: 'Take photograph' }).isVisible())
		await takePhotographs(page, ['The rear wall']);
	await look('On site: photograph');
	await measure(page, 'Height to eaves', '2.4');
	await look('On site: measure');
	await note(page, 'Ground falls away to the rear.');
	await look('On site: note');
	await record(page, 'Finish');
	await look('On site: finish');
	await goto(visit, /^Visit on/);
	await look('Visit');
	await goto('/ledger', 'What this tablet holds');
	await look('Ledger');
	await page.goto('/cases/no-such-case');
	await expect(page.getByText(/no case by this reference/)).toBeVisible();
	await look('A case that is not there');
	await page.goto('/no-such-page');
	await expect(page.getByRole('heading').first()).toBeVisible();
	await look('A page that is not there');
}

for (const [size, kit] of [
	['a tablet', tablet],
	['a desk', desk]
] as [string, Kit][])
	test(`every screen is accessible at the size of ${size}`, async ({ story }) => {
		// a page that is not there says so
		story.watch.expect(/status of 404|Not found/);
		const [filed] = story.cases;
		if (filed === undefined) throw new Error('The council has a case.');
		const person = story.person('Priya', kit);
		let page = await person.open('/');
		await expect(page.getByLabel('Password')).toBeVisible();
		await accessible(page, 'Sign in');
		await page.getByLabel('E-mail address').fill('nobody');
		await page.getByRole('button', { name: 'Sign in' }).click();
		await accessible(page, 'Sign in, with errors');
		await person.close();

		page = await signIn(person, 'priya');
		await everyScreen(page, filed, async (screen) => {
			await accessible(page, screen);
			await fits(page, screen);
			if (kit.hasTouch) await fingersFit(page, screen);
		});
	});

test('the outdoor contrast and the phone’s width are accessible too', async ({ story }) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const person = story.person('Priya', { ...tablet, viewport: { width: 390, height: 844 } });
	const page = await signIn(person, 'priya');
	await page.getByRole('button', { name: 'Outdoor contrast' }).click();
	for (const path of ['/', `/cases/${filed.caseId}`, '/ledger', '/register']) {
		await page.goto(path);
		await expect(page.getByRole('heading').first()).toBeVisible();
		await accessible(page, `${path}, outdoors, on a phone`);
		await fits(page, `${path}, outdoors, on a phone`);
	}
	await onSite(page, filed);
	await accessible(page, 'On site, outdoors, on a phone');
	await fits(page, 'On site, outdoors, on a phone');
});

test('with the keyboard alone an officer signs in, finds a case, writes a note and leaves', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const page = await story.person('Priya', desk).open('/');
	const { keyboard } = page;
	const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
	/** Presses Tab until the focus is on what the words name. */
	const tabTo = async (words: RegExp) => {
		for (let presses = 0; presses < 80; presses += 1) {
			const name = await page.evaluate(() => {
				const element = document.activeElement;
				const label =
					element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
						? element.labels?.[0]?.textContent
						: null;
				return (label ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
			});
			if (words.test(name)) return;
			await keyboard.press('Tab');
		}
		throw new Error(`Eighty presses of Tab did not reach ${words}.`);
	};

	await expect(page.getByLabel('Password')).toBeVisible();
	await tabTo(/^E-mail address$/);
	await keyboard.type(email('priya'));
	await tabTo(/^Password$/);
	await keyboard.type(password);
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Choose a PIN for this tablet' })).toBeVisible();
	await accessible(page, 'Choose a PIN');
	await tabTo(/^New PIN$/);
	await keyboard.type(pin);
	await tabTo(/^New PIN again$/);
	await keyboard.type(pin);
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'My work' })).toBeVisible();
	await expect(page.getByRole('link', { name: filed.reference }).first()).toBeVisible();

	// the slash searches; the arrow goes into the list
	await keyboard.press('/');
	await keyboard.type(filed.address.slice(0, 6));
	await tabTo(new RegExp(filed.reference));
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Proposal and site' })).toBeVisible();

	// the skip link is the first thing on a page
	await page.goto(page.url());
	await expect(page.getByRole('heading', { name: 'Proposal and site' })).toBeVisible();
	await keyboard.press('Tab');
	expect(await focused()).toBe('Skip to main content');
	await tabTo(/^New note$/);
	await keyboard.type('Written without a mouse.');
	await tabTo(/^Add note$/);
	await keyboard.press('Enter');
	await expect(page.getByText('Saved on this tablet.')).toBeVisible();

	await keyboard.press('?');
	await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible();
	await keyboard.press('Escape');
	await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeHidden();
});
