import { join } from 'node:path';
import { addDays, inWords } from '#lib/domain/clock/calendar-day.ts';
import { londonDay } from '#lib/domain/london-day.ts';
import { openInstallation, type Council } from '#lib/server/installation.ts';
import { dayWords } from '#lib/ui/day-words.ts';
import { accessible, fits } from './support/accessible.ts';
import { everythingReceived, openCase } from './support/on-case.ts';
import { desk, tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { expect, test, type Story } from './support/story.ts';

/** Something done at the register itself while the server runs. */
function atTheCouncil<T>(story: Story, act: (council: Council) => T): T {
	const installation = openInstallation(join(story.folder, 'data'));
	try {
		const council = installation.council('LBH');
		if (council === undefined) throw new Error('The council is not there.');
		return act(council);
	} finally {
		installation.close();
	}
}

test('an officer sees how long is left and why, and agrees more time with no signal', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has cases.');
	const today = londonDay(new Date().toISOString());
	atTheCouncil(story, ({ register }) => {
		const by = [...register.officers().values()].find(({ roles }) => roles.includes('technician'));
		const payload = { act: 'validate', effectiveOn: today, reason: '' };
		const made = [{ name: 'record-act', caseId: filed.caseId, payload }];
		expect(register.performAs(by?.id ?? '', made)).toMatchObject([{ outcome: 'applied' }]);
	});
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await expect(
		page.getByRole('listitem').filter({ hasText: filed.reference }).getByText('56 days left')
	).toBeVisible();
	const due = addDays(today, 56);
	const agreed = addDays(today, 70);

	await openCase(page, filed);
	await expect(page.getByText('56 days left')).toBeVisible();

	await jo.context.setOffline(true);
	await page.getByRole('link', { name: dayWords(due) }).click();
	const decideBy = page.getByRole('region', { name: 'Decide by', exact: true });
	await expect(decideBy).toContainText(`It is valid from ${inWords(today)}.`);
	await expect(decideBy).toContainText(`8 weeks (56 days) end on ${inWords(due)}.`);
	await expect(decideBy).toContainText('article 34(2)(b)');

	await page.getByRole('textbox', { name: 'Decide by' }).fill(due);
	await page.getByLabel('With whom').fill('E-mail of the agent of today');
	await expect(
		page.getByText(
			`Without it the decision is due on ${inWords(due)}: the agreed day has to be later.`
		)
	).toBeVisible();
	await page.getByRole('textbox', { name: 'Decide by' }).fill(agreed);
	await page.getByRole('button', { name: 'Record the agreed day' }).click();
	await expect(page.getByText('70 days left').first()).toBeVisible();
	await expect(page.getByText(`Extension of time until ${dayWords(agreed)}`)).toBeVisible();
	await expect(decideBy).toContainText('Kept: another day holds');

	await page.getByRole('button', { name: 'Record the publicity' }).click();
	await expect(page.getByRole('region', { name: 'Not to be decided before' })).toBeVisible();
	await accessible(page, 'Clocks');
	await fits(page, 'Clocks');

	await jo.context.setOffline(false);
	await everythingReceived(page);
	const kept = atTheCouncil(story, ({ register }) =>
		register.caseFile(filed.caseId).get('clock', filed.caseId)
	);
	expect(kept).toMatchObject({ validFrom: today, agreements: [{ until: agreed, insteadOf: due }] });
});

test('an officer narrows the list by time left, keeps the filter, and follows the clocks in a calendar', async ({
	story
}) => {
	const jo = story.person('Jo', desk);
	const page = await signIn(jo, 'jo');
	const cases = page.getByRole('region', { name: 'Cases' }).getByRole('listitem');
	await page.getByLabel('Time left').selectOption({ label: 'Overdue (0)' });
	await expect(page.getByText('No case here: “Overdue”.')).toBeVisible();
	await page.getByLabel('Time left').selectOption({ label: 'Due today or in 7 days (3)' });
	await page.getByRole('button', { name: 'Save this filter' }).click();
	await page.getByLabel('Name of the filter').fill('This week');
	await page.getByRole('button', { name: 'Save it' }).click();
	await page.getByLabel('Time left').selectOption({ label: 'Any (3)' });
	await page.reload();
	const saved = page.getByRole('list', { name: 'Saved filters' });
	await saved.getByRole('button', { name: 'This week' }).click();
	await expect(page.getByLabel('Time left')).toHaveValue('week');
	await expect(cases.filter({ hasText: 'Validate by' })).toHaveCount(3);
	await accessible(page, 'My work with clocks');

	await page.getByRole('link', { name: 'Put your clocks in your calendar' }).click();
	await page.getByRole('button', { name: 'Make an address' }).click();
	const address = await page.getByLabel('Address, shown this once').inputValue();
	await accessible(page, 'Calendar');
	const fetched = await fetch(address);
	expect(fetched.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
	const text = await fetched.text();
	expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3);
	expect(text).toContain(`Validate by: ${story.cases[0]?.reference ?? ''}`);

	const coming = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Download the calendar file' }).click();
	expect((await coming).suggestedFilename()).toBe('bops-clocks.ics');
	await page.getByRole('button', { name: 'Revoke the address' }).click();
	await page.getByRole('button', { name: 'Revoke it' }).click();
	await expect(page.getByText('You have no such address.')).toBeVisible();
	expect((await fetch(address)).status).toBe(404);
});
