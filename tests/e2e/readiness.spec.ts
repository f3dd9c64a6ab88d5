import type { Page } from '@playwright/test';
import { openCase } from './support/on-case.ts';
import { tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { planVisit } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

const answer = (page: Page, name: string) =>
	page
		.getByRole('region', { name: 'Is this tablet ready?' })
		.locator('dl > div')
		.filter({ hasText: name })
		.locator('dd');

async function check(page: Page, title: string): Promise<void> {
	await page.getByLabel('Keep room for how many photographs').selectOption('10');
	await page.getByRole('button', { name: 'Check this tablet' }).click();
	await expect(page.getByRole('status').filter({ hasText: title })).toBeVisible({
		timeout: 60_000
	});
}

test('before a visit the tablet answers eight questions, and is not ready while one of them is open', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await openCase(page, filed);
	await planVisit(page, 'Ring first');

	await check(page, 'Not ready yet');
	await expect(answer(page, 'The case, its plans and its map')).toContainText('Not taken to site');
	for (const name of ['Clock', 'Camera and position', 'Sign-in', 'Version of the app'])
		await expect(answer(page, name)).toContainText('Ready');
	await expect(answer(page, 'Room for photographs')).toContainText('Room for 10 photographs');
	// a browser on a test machine promises nothing, and that is said
	await expect(answer(page, 'Storage is kept')).toContainText('has refused');

	await page.getByRole('button', { name: 'Take to site' }).click();
	await expect(page.getByRole('button', { name: 'Take to site again' })).toBeVisible();
	await check(page, 'Ready, as far as this tablet can tell');
	await expect(answer(page, 'The case, its plans and its map')).toContainText('Ready');

	// a tablet that cannot ask does not say that all is well
	await story.server.kill();
	await check(page, 'Ready, as far as this tablet can tell');
	await expect(answer(page, 'Version of the app')).toContainText('Look at this');
	await expect(answer(page, 'Sign-in')).toContainText('Look at this');

	await page.getByRole('button', { name: 'Give the room back' }).click();
	await expect(page.getByRole('button', { name: 'Give the room back' })).toHaveCount(0);
});
