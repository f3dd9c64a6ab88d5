import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessible } from './support/accessible.ts';
import { onSite, statusLine } from './support/on-case.ts';
import { desk, tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { note, takePhotographs } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

const words = 'The key hangs behind the blue gutter.';

test.use({ council: { cases: 1, assigned: { who: 'jo', first: 1 } } });

test('guarantee-12 with no way through, what was recorded leaves the tablet in a file and goes in at a desk', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	const visit = await onSite(page, filed);
	await expect(statusLine(page)).toContainText('has been received');
	// from here on her tablet reaches nobody, and never will again
	await jo.context.setOffline(true);
	await takePhotographs(page, ['Crack above the lintel']);
	await note(page, words);

	await page.goto('/');
	await page.locator('summary', { hasText: 'Jo Bloggs' }).click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Save a rescue file…' }).click();
	const downloading = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Save the file' }).click();
	const download = await downloading;
	expect(download.suggestedFilename()).toMatch(/^bops-rescue-jo-bloggs-.*\.bops$/);
	const file = join(story.folder, download.suggestedFilename());
	await download.saveAs(file);
	await expect(dialog.getByText('Everything is still on this tablet too')).toBeVisible();
	await accessible(page, 'Sign out, a rescue file saved');
	await dialog.getByRole('button', { name: 'Stay signed in' }).click();
	await page.goto('/ledger');
	await expect(page.getByRole('button', { name: 'Save a rescue file…' })).toBeVisible();
	expect(readFileSync(file).includes(words)).toBe(false);

	const priya = await signIn(story.person('Priya', desk), 'priya');
	await priya.goto('/intake/rescue');
	const cut = join(story.folder, 'cut.bops');
	writeFileSync(cut, readFileSync(file).subarray(0, 2_000));
	const choose = priya.getByLabel('Choose rescue files (.bops)');
	await choose.setInputFiles(cut);
	await expect(priya.getByText('The file ends too early')).toBeVisible();
	await choose.setInputFiles(file);
	const whole = priya.getByRole('article', { name: download.suggestedFilename() });
	await expect(whole.getByText('All of it is with the council')).toBeVisible();
	await whole.getByText(/^Went in: /).click();
	await expect(whole.getByText('Photograph JB-1: its picture')).toBeVisible();
	await accessible(priya, 'Rescue files, one taken in');
	await priya.goto(visit);
	await expect(priya.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(words);

	// found again, the tablet sends nothing twice
	await jo.context.setOffline(false);
	await page.getByRole('button', { name: 'Send now' }).click();
	await expect(statusLine(page)).toContainText('has been received', { timeout: 60_000 });
	await priya.goto('/intake/rescue');
	await choose.setInputFiles(file);
	await expect(whole.getByText(/^0 went in/)).toBeVisible();
});
