import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openInstallation } from '#lib/server/installation.ts';
import { fileSubmission } from '#lib/server/intake/file-submission.ts';
import { accessible } from './support/accessible.ts';
import { email, password, staff, type Who } from './support/council.ts';
import { openCase, statusLine } from './support/on-case.ts';
import { desk, tablet } from './support/person.ts';
import { choosePin, hasCases, signIn } from './support/screens.ts';
import { expect, test, type Story } from './support/story.ts';
import { inventedSubmission } from './support/submissions.ts';

test.use({ council: { cases: 8, assigned: { who: 'jo', first: 2 } } });

/** As if a portal had sent it while the server runs. */
function arrives(story: Story, text: string): void {
	const installation = openInstallation(join(story.folder, 'data'));
	try {
		const council = installation.council('LBH');
		if (council === undefined) throw new Error('The council is not there.');
		fileSubmission(council.register, Buffer.from(text), {
			sender: 'api:Portal',
			council: 'LBH',
			whateverItNames: false,
			now: new Date()
		});
	} finally {
		installation.close();
	}
}

/** An invented submission, changed. */
function submission(index: number, change: (payload: Submitted) => void): string {
	const payload = inventedSubmission(index).payload as Submitted;
	change(payload);
	return JSON.stringify(payload, null, 2);
}
interface Submitted {
	data: { proposal: { description: string } };
	metadata: { organisation: string };
}

async function signInAgain(page: Page, who: Who): Promise<void> {
	await page.getByLabel('E-mail address').fill(email(who));
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a team leader gives out cases by keyboard, and they are on the officer’s screen at once', async ({
	story
}) => {
	const sam = await signIn(story.person('Sam', tablet), 'sam');
	await expect(sam.getByText('No case is assigned to you.')).toBeVisible();
	const priya = await signIn(story.person('Priya', desk), 'priya');
	await priya.getByRole('link', { name: 'Assign' }).click();
	const ticks = priya.getByRole('table', { name: 'Cases to give out' }).getByRole('checkbox');
	await expect(ticks).toHaveCount(6);
	await ticks.first().focus();
	await priya.keyboard.press('Space');
	await priya.keyboard.press('ArrowDown');
	await priya.keyboard.press('ArrowDown');
	await priya.keyboard.press('Shift+Space');
	await expect(priya.getByText('3 cases chosen')).toBeVisible();
	await priya.getByLabel('Give to').selectOption({ label: 'Sam Okafor (0 cases)' });
	await priya.getByRole('button', { name: 'Assign', exact: true }).click();
	await expect(priya.getByText('3 cases: Given to Sam Okafor.')).toBeVisible();
	await expect(ticks).toHaveCount(3);

	await expect(sam.getByRole('region', { name: 'Cases' }).getByRole('listitem')).not.toHaveCount(0);
	await expect(sam.getByRole('button', { name: 'Assigned to me (3)' })).toBeVisible();
	await sam.keyboard.press('/');
	await expect(sam.getByLabel('Search the cases on this tablet')).toBeFocused();
	await sam.keyboard.type('no such words');
	await expect(sam.getByText('No case here matches')).toBeVisible();
});

test('the register is searched in full, and without it this tablet is, which the page says', async ({
	story
}) => {
	const jo = story.person('Jo', desk);
	const page = await signIn(jo, 'jo');
	await hasCases(
		page,
		story.cases.slice(0, 2).map(({ reference }) => reference)
	);
	const elsewhere = story.cases[5];
	if (elsewhere === undefined) throw new Error('The council has eight cases.');

	await page.getByRole('link', { name: 'Register', exact: true }).click();
	await expect(page.getByText('8 cases found').first()).toBeVisible();
	await page.getByRole('searchbox').fill(elsewhere.address.slice(0, 14));
	await expect(page.getByText('1 case found').first()).toBeVisible();
	await expect(page).toHaveURL(/\?q=/);
	await page.reload();
	await expect(page.getByText('1 case found').first()).toBeVisible();
	await page.getByRole('link', { name: elsewhere.reference }).click();
	await expect(page.getByRole('heading', { name: 'Proposal and site' })).toBeVisible();

	await page.goto('/register?officer=nobody&sort=reference');
	await expect(page.getByText('6 cases found').first()).toBeVisible();
	await story.server.kill();
	await page.goto('/register?q=orchard');
	await expect(page.getByText('This searches the cases on this tablet only')).toBeVisible();
	await expect(page.getByText('3 cases found on this tablet').first()).toBeVisible();
});

test('an administrator is led to the line that is wrong, mends it, and it becomes a case', async ({
	story
}) => {
	arrives(
		story,
		submission(20, ({ metadata }) => (metadata.organisation = 'SWK'))
	);
	const page = await signIn(story.person('Ada', desk), 'ada');
	await page.getByRole('link', { name: 'Intake' }).click();
	await expect(page.getByText('It names the council “SWK”')).toBeVisible();
	await page.getByRole('table').getByRole('link').first().click();
	await accessible(page, 'A submission to mend');
	await page.getByRole('button', { name: /^Line \d+$/ }).click();
	const text = page.getByLabel('JSON, to mend');
	await expect(text).toBeFocused();
	await text.fill((await text.inputValue()).replace('"SWK"', '"LBH"'));
	await page.getByRole('button', { name: 'Keep this version and try it' }).click();
	await expect(page.getByText(/It became 26-\d{5}-HAPP/)).toBeVisible();
	await page.getByRole('link', { name: 'Back to intake' }).click();
	await expect(page.getByText('Nothing waits for a person.')).toBeVisible();
});

test('a submission that repeats an earlier one is decided by a person, and nothing is overwritten', async ({
	story
}) => {
	arrives(
		story,
		submission(0, ({ data }) => (data.proposal.description = 'Something else entirely'))
	);
	const page = await signIn(story.person('Priya', desk), 'priya');
	await page.goto('/intake?show=resubmission');
	await page.getByRole('table').getByRole('link').first().click();
	await page.getByRole('button', { name: 'Decide' }).click();
	await expect(page.getByText('Choose what it is')).toBeVisible();
	await accessible(page, 'A resubmission to decide');
	await page.getByLabel('Put it aside').check();
	await page.getByLabel('Reason, for the record').fill('Sent twice by the agent');
	await page.getByRole('button', { name: 'Decide' }).click();
	await expect(page.getByText('It is put aside.')).toBeVisible();
	await expect(page.getByText('Sent twice by the agent')).toBeVisible();
});

test('signing out waits until everything has been received, and reaches the other tabs', async ({
	story
}) => {
	// a pull on its way when the session ends is refused, and one under the other's session too
	story.watch.expect(/status of (401|409) .*sync\.pull/);
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	const other = await jo.context.newPage();
	await other.goto('/help');
	await page.getByRole('region', { name: 'Cases' }).getByRole('link').first().click();
	await story.server.kill();
	await page.getByLabel('Access note').fill('Ring twice');
	await page.getByLabel('Access note').blur();
	await expect(statusLine(page)).toContainText('1 item waits on this tablet');
	const signOut = async () => {
		await page.locator('summary', { hasText: staff.jo.name }).click();
		await page.getByRole('button', { name: 'Sign out' }).click();
	};
	await signOut();
	const dialog = page.getByRole('dialog', { name: 'Not everything has been sent' });
	await expect(dialog).toBeVisible();
	await accessible(page, 'Signing out, refused');
	await expect(dialog.getByRole('button', { name: 'Sign out' })).toHaveCount(0);
	await expect(dialog.getByRole('button', { name: 'Send now' })).toBeVisible();
	await story.server.start();
	await page
		.getByRole('dialog', { name: 'Sign out?' })
		.getByRole('button', { name: 'Sign out' })
		.click({ timeout: 60_000 });
	await expect(page.getByRole('heading', { name: 'Sign in to Lambeth' })).toBeVisible();
	await expect(other.getByRole('heading', { name: 'Sign in to Lambeth' })).toBeVisible();

	// after signing out there is no coming in without the register
	await story.server.kill();
	await page.goto('/');
	await expect(page.getByText('Signing in needs a connection.')).toBeVisible();
});

test('an officer who signs in in another tab does not take over this one’s page', async ({
	story
}) => {
	// a pull on its way when the session ends is refused, and one under the other's session too
	story.watch.expect(/status of (401|409) .*sync\.pull/);
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	const other = await jo.context.newPage();
	await other.goto('/sign-in');
	await signInAgain(other, 'sam');
	await choosePin(other);
	await expect(other.getByText('No case is assigned to you.')).toBeVisible();
	await expect(page.getByText('Sam Okafor has signed in in this browser')).toBeVisible();
	await hasCases(
		page,
		story.cases.slice(0, 2).map(({ reference }) => reference)
	);
	await page.getByRole('button', { name: 'Go on as Sam Okafor' }).click();
	await expect(page.getByText('No case is assigned to you.')).toBeVisible();

	// both are known here now: with the register gone, either may go on with their own copy
	await story.server.kill();
	await page.goto('/');
	await page.getByRole('button', { name: 'Somebody else?' }).click();
	await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible();
	await accessible(page, 'Who is working?');
	await page.getByRole('button', { name: 'Jo Bloggs' }).click();
	await expect(page.getByText('You are working offline as Jo Bloggs.')).toBeVisible();
	await hasCases(
		page,
		story.cases.slice(0, 2).map(({ reference }) => reference)
	);
});

test('guarantee-13 what was recorded after a case was given away waits for the team leader, who takes it in', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has eight cases.');
	const jo = story.person('Jo', tablet);
	const field = await signIn(jo, 'jo');
	await openCase(field, filed);
	await jo.context.setOffline(true);
	await field.getByLabel('New note').fill('The fence is 2.4 m high at the rear.');
	await field.getByRole('button', { name: 'Add note' }).click();
	await expect(statusLine(field)).toContainText('1 item waits on this tablet');

	const priya = await signIn(story.person('Priya', desk), 'priya');
	await priya.goto(`/assign?q=${filed.reference}&officer=anybody`);
	await priya.getByLabel(`Choose ${filed.reference}`).check();
	await priya.getByLabel('Give to').selectOption({ label: 'Sam Okafor (0 cases)' });
	await priya.getByRole('button', { name: 'Assign', exact: true }).click();
	await expect(priya.getByText('1 case: Given to Sam Okafor.')).toBeVisible();

	await jo.context.setOffline(false);
	await field.goto('/');
	const needs = field.getByRole('region', { name: 'Needs you' });
	await expect(needs).toContainText('no longer yours');
	await field.goto('/ledger');
	await expect(field.getByRole('region', { name: 'Needs you' })).toContainText(
		'The fence is 2.4 m high at the rear.'
	);

	await priya.goto('/intake/set-aside');
	const item = priya.getByRole('article', { name: 'Note' });
	await expect(item).toContainText('The fence is 2.4 m high at the rear.');
	await expect(item).toContainText('recorded by Jo Bloggs');
	await accessible(priya, 'Work set aside');
	await item.getByRole('button', { name: 'Accept onto the case' }).click();
	await expect(priya.getByText('Nothing waits for a decision.')).toBeVisible();
	await priya.goto(`/cases/${filed.reference}`);
	await expect(priya.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(
		'The fence is 2.4 m high at the rear.'
	);
});
