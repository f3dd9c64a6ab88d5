import type { Page } from '@playwright/test';
import { tablet } from './support/person.ts';
import { keptForOffline, signIn } from './support/screens.ts';
import { secondBuild } from './support/second-build.ts';
import { note, planVisit, startVisit } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

test.setTimeout(240_000);

const lookForUpdate = (page: Page) =>
	page.evaluate(async () => {
		await (await navigator.serviceWorker.getRegistration())?.update();
	});
const prompt = (page: Page) => page.getByRole('region', { name: 'New version' });
const versions = (page: Page) =>
	page.evaluate(async () =>
		(await caches.keys()).filter((name) => name.startsWith('bops-application-'))
	);

test('guarantee-15 a new version waits until nobody is on site, and takes nothing away', async ({
	story
}) => {
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await page
		.getByRole('link', { name: story.cases[0]?.reference ?? '' })
		.first()
		.click();
	await planVisit(page, 'Ring first');
	await startVisit(page);
	await note(page, 'Half a sentence about the boundary wall.');
	const office = await jo.newWindow('/ledger');
	await keptForOffline(office);
	const [before] = await versions(office);

	const next = secondBuild(story.folder);
	await story.server.kill();
	await story.server.start(next);
	await lookForUpdate(office);

	// offered where it disturbs nobody; taking it is refused while the other window is on site
	await expect(prompt(office)).toBeVisible();
	await expect(prompt(page)).toBeHidden();
	await prompt(office).getByRole('button', { name: 'Update now' }).click();
	await expect(prompt(office).getByText(/on site/)).toBeVisible();
	await expect.poll(() => versions(office)).toContain(before);

	await page.getByRole('link', { name: 'Back to the visit' }).click();
	await expect(prompt(page)).toBeVisible();
	await prompt(page).getByRole('button', { name: 'Update now' }).click();

	// both windows now run the new version, the old one's files are gone, the note is not
	for (const window of [page, office]) {
		await expect(prompt(window)).toBeHidden();
		await expect.poll(() => versions(window)).toEqual(['bops-application-next-version']);
	}
	await expect(page.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(
		'Half a sentence about the boundary wall.'
	);
	await story.server.kill();
	await page.goto('/ledger');
	await expect(page.getByRole('heading', { name: 'What this tablet holds' })).toBeVisible();
});
