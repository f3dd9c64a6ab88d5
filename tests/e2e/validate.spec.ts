import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { feeOf } from '#lib/commands/case-fee.ts';
import { BankHolidays } from '#lib/domain/clock/bank-holidays.ts';
import { londonDay } from '#lib/domain/london-day.ts';
import { openInstallation } from '#lib/server/installation.ts';
import { fileSubmission } from '#lib/server/intake/file-submission.ts';
import type { Register } from '#lib/server/register/register.ts';
import { accessible } from './support/accessible.ts';
import { everythingReceived, statusLine } from './support/on-case.ts';
import { payloadFiles } from './support/operator.ts';
import { desk, tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { expect, test, type Story } from './support/story.ts';

test.use({ council: { cases: 2, assigned: { who: 'jo', first: 2 } } });

/** Files the eight published examples, or invented ones where there is no folder of them; gives their references. */
function file(story: Story): { reference: string; householder: boolean }[] {
	const installation = openInstallation(join(story.folder, 'data'));
	try {
		const council = installation.council('LBH');
		if (council === undefined) throw new Error('The council is not there.');
		return payloadFiles(join(story.folder, 'payloads')).map((name) => {
			const filed = fileSubmission(council.register, readFileSync(name), {
				sender: 'import',
				council: 'LBH',
				whateverItNames: true,
				now: new Date()
			});
			if (filed.reference === null) throw new Error(`${name}: ${JSON.stringify(filed.problems)}`);
			const householder = name.endsWith('fullHouseholder.json');
			if (householder && filed.caseId !== null) payTheRest(council.register, filed.caseId);
			return { reference: filed.reference, householder };
		});
	} finally {
		installation.close();
	}
}

/** The examples were paid at the rates of their year: what is missing since has come too. */
function payTheRest(register: Register, caseId: string): void {
	const fee = feeOf(register.caseFile(caseId), new BankHolidays());
	const due = fee?.reckoning.due ?? null;
	if (due === null || fee?.paid == null) throw new Error('The fee of the example is not reckoned.');
	const id = register.newId();
	register.performAs('system', [
		{
			name: 'record-payment',
			caseId,
			payload: {
				id,
				kind: 'payment',
				pence: due - fee.paid,
				paidOn: londonDay(new Date().toISOString()),
				method: 'card',
				reference: 'rest',
				note: ''
			}
		}
	]);
}

/** Clicks and keystrokes on this page from now on, as the browser hears them. */
async function counting(page: Page): Promise<() => Promise<{ clicks: number; keys: number }>> {
	await page.evaluate(() => {
		const made = { clicks: 0, keys: 0 };
		Object.assign(window, { made });
		addEventListener('pointerdown', () => (made.clicks += 1), true);
		addEventListener('keydown', () => (made.keys += 1), true);
	});
	return () =>
		page.evaluate(() => (window as unknown as { made: { clicks: number; keys: number } }).made);
}

const identity = (page: Page) => page.locator('.bops-identity');

/** From anywhere: what the submission says is recorded, and it is decided that the case is valid. */
async function makeValid(page: Page, reference: string): Promise<void> {
	await page.goto(`/cases/${reference}/validate`);
	const all = page.getByRole('button', { name: /^Record all as shown/ });
	await expect(all).toBeVisible();
	await all.click();
	await expect(page.getByText(/answers? recorded as shown/)).toBeVisible();
	await page.getByRole('link', { name: 'Decide whether it is valid' }).first().click();
	await page.getByLabel('Valid', { exact: true }).check();
	await page.getByRole('button', { name: 'Make valid' }).click();
	await expect(identity(page).getByText('In assessment')).toBeVisible();
}

test('a complete householder application, from opening to valid, in as few clicks as can be', async ({
	story
}) => {
	test.skip(!process.env['SAMPLES_DIR'], 'the published example is not here');
	const { reference } = file(story).find(({ householder }) => householder) ?? {};
	if (reference === undefined) throw new Error('The householder example was not filed.');
	const page = await signIn(story.person('Tom', desk), 'tom');
	await page
		.getByRole('button', { name: /^All on this tablet|^All/ })
		.first()
		.click();
	const link = page.getByRole('region', { name: 'Cases' }).getByRole('link', { name: reference });
	await expect(link).toBeVisible();

	const counted = await counting(page);
	await link.click();
	await page.getByRole('link', { name: 'Validate', exact: true }).click();
	await page.getByRole('button', { name: /^Record all as shown/ }).click();
	await expect(page.getByText(/answers recorded as shown/)).toBeVisible();
	await accessible(page, 'Validate');
	await page.getByRole('link', { name: 'Decide whether it is valid' }).first().click();
	await expect(page.getByLabel('How the day comes about')).toContainText(
		'nobody has found anything missing'
	);
	await accessible(page, 'Deciding validity');
	await page.getByRole('button', { name: 'Make valid' }).click();
	await expect(identity(page).getByText('In assessment')).toBeVisible();
	await expect(page.getByText(/^Valid from .* decided by Tom Ward/)).toBeVisible();
	const { clicks, keys } = await counted();
	process.stdout.write(
		`A complete householder case, from opening to valid: ${clicks} clicks, ${keys} keystrokes.\n`
	);
	expect([clicks, keys]).toEqual([5, 0]);
	await everythingReceived(page);
});

test('invalid for reasons with their basis, then valid from the day the missing plan arrived', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has cases.');
	const page = await signIn(story.person('Jo', desk), 'jo');
	await page.goto(`/cases/${filed.reference}/validate`);
	await page.getByRole('link', { name: 'Check the red line' }).click();
	await page.getByRole('button', { name: 'Record' }).click();
	await expect(page.getByText('Say what you found')).toBeVisible();
	await page.getByLabel('It is not right').check();
	await page.getByLabel('Note').fill('The drive is left out of the red line.');
	await page.getByRole('button', { name: 'Record' }).click();
	await expect(page.getByText('Saved on this tablet.')).toBeVisible();
	await accessible(page, 'A task of validation');

	await page.goto(`/cases/${filed.reference}/validate/decision`);
	const invalid = page.getByRole('button', { name: 'Make invalid' });
	await expect(invalid).toBeVisible();
	await expect(page.getByLabel('Article, section or entry').first()).toHaveValue(
		/article 7\(1\)\(c\)\(i\)/
	);
	// a reason of the officer's own is nothing without its basis
	await page.getByRole('button', { name: 'Add a reason' }).click();
	const own = page.getByRole('group', { name: /^Reason/ }).last();
	await own.getByLabel('What is missing or wrong').fill('No tree survey.');
	await expect(page.getByText(/“No tree survey.” needs its basis/)).toBeVisible();
	await own
		.getByLabel('What asks for it')
		.selectOption({ label: 'The council’s adopted local list' });
	await own.getByLabel('Article, section or entry').fill('Local list, entry 12');
	await own.getByLabel('Day on which the local list was adopted').fill('2015-01-05');
	await expect(page.getByText(/not in date/)).toBeVisible();
	await own.getByRole('checkbox', { name: /^Use this reason/ }).uncheck();
	await page.getByLabel('Invalid from').fill('2099-01-01');
	await expect(page.getByText('The date is in the future.')).toBeVisible();
	await page.getByLabel('Invalid from').fill(new Date().toISOString().slice(0, 10));
	await page.reload();
	await expect(page.getByText('What you had not finished is back.')).toBeVisible();
	await accessible(page, 'Reasons for which it is invalid');
	await invalid.click();
	await expect(identity(page).getByText('Invalid', { exact: true })).toBeVisible();
	await expect(page.getByText('The drive is left out of the red line.').first()).toBeVisible();

	// mended: the check is made again, and the day is explained
	await page.goto(`/cases/${filed.reference}/validate/boundary`);
	await page.getByLabel('It is right').check();
	await page.getByRole('button', { name: 'Record' }).click();
	await expect(page.getByText('Saved on this tablet.')).toBeVisible();
	await page.goto(`/cases/${filed.reference}/validate/decision`);
	await expect(page.getByText(/Say what arrived on that day/)).toBeVisible();
	await page.getByLabel('Why from this day').fill('The amended plan came by e-mail.');
	await page.getByRole('button', { name: 'Make valid' }).click();
	await expect(identity(page).getByText('In assessment')).toBeVisible();
	await page.getByRole('link', { name: 'Timeline', exact: true }).click();
	await expect(
		page.getByText(/The drive is left out of the red line. \(.*article 7/)
	).toBeVisible();
});

test('two officers decide at the same moment: the second reads what the first decided, and keeps their words', async ({
	story
}) => {
	// the act that came second is refused by the register
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has cases.');
	const jo = await signIn(story.person('Jo', desk), 'jo');
	const tom = await signIn(story.person('Tom', desk), 'tom');
	for (const page of [jo, tom]) await page.goto(`/cases/${filed.reference}/validate/decision`);
	await jo.getByLabel('Invalid', { exact: true }).check();
	await jo.getByRole('button', { name: 'Add a reason' }).click();
	await jo
		.getByRole('group', { name: /^Reason/ })
		.last()
		.getByLabel('What is missing or wrong')
		.fill('No scale on the plans.');
	await tom.getByLabel('Valid', { exact: true }).check();
	await tom.getByRole('button', { name: 'Make valid' }).click();
	await expect(identity(tom).getByText('In assessment')).toBeVisible();
	await everythingReceived(tom);
	await expect(jo.getByText('This was decided while you were writing.')).toBeVisible();
	await expect(jo.getByText(/^Valid from .* decided by Tom Ward/)).toBeVisible();
	await jo.getByText('What you wrote').click();
	await expect(jo.getByText('No scale on the plans.')).toBeVisible();
});

test('a paper case is made, checked and valid with no signal, and then gets its reference', async ({
	story
}) => {
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await story.server.kill();
	await page.getByRole('link', { name: 'New case from paper' }).click();
	await page.getByRole('button', { name: 'Make the case' }).click();
	await expect(page.getByText('Choose the application type.')).toBeVisible();
	await page.getByLabel('Application type').selectOption('pp.full.householder');
	await page.getByLabel('Site address').fill('4 Church Lane, London');
	await page.getByLabel('Description of the proposal').fill('A porch');
	await page.reload();
	await expect(page.getByLabel('Site address')).toHaveValue('4 Church Lane, London');
	await accessible(page, 'A new case from paper');
	await page.getByLabel('Name of the applicant').fill('Ann Reed');
	await page.getByLabel('Documents (optional)').setInputFiles({
		name: 'form.pdf',
		mimeType: 'application/pdf',
		buffer: Buffer.from('%PDF-1.4 a form\n')
	});
	await page.getByRole('button', { name: 'Make the case' }).click();
	await expect(identity(page).getByText(/^NEW-JB-/)).toBeVisible();
	await expect(page.getByText('No e-mail address given')).toBeVisible();
	await makeValid(page, new URL(page.url()).pathname.split('/')[2] ?? '');
	await expect(statusLine(page)).toContainText(/wait/);
	await page.goto('/');
	await expect(
		page.getByRole('region', { name: 'Cases' }).getByText('4 Church Lane')
	).toBeVisible();
	await story.server.start();
	await everythingReceived(page);
	await page
		.getByRole('region', { name: 'Cases' })
		.getByRole('listitem')
		.filter({ hasText: '4 Church Lane' })
		.getByRole('link')
		.click();
	await expect(identity(page).getByText(/^\d{2}-\d{5}-HAPP$/)).toBeVisible();
	await expect(identity(page).getByText('In assessment')).toBeVisible();
});

test('all eight sample submissions are decided, the second half with no signal', async ({
	story
}) => {
	const filed = file(story);
	expect(filed).toHaveLength(8);
	const page = await signIn(story.person('Tom', desk), 'tom');
	await expect(page.getByRole('button', { name: /\(10\)/ }).first()).toBeVisible();
	for (const [n, { reference }] of filed.entries()) {
		if (n === 4) await story.server.kill();
		await makeValid(page, reference);
	}
	await story.server.start();
	await everythingReceived(page);
});
