import { accessible } from './support/accessible.ts';
import { staff } from './support/council.ts';
import { openCase, statusLine } from './support/on-case.ts';
import { desk, tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { expect, test } from './support/story.ts';

test.use({ council: { cases: 1, assigned: { who: 'jo', first: 1 } } });

const words = 'The key hangs behind the blue gutter.';

test('guarantee-14 a lost tablet hands over what nobody else has, and is wiped', async ({
	story
}) => {
	story.watch.expect(/status of 401/);
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await openCase(page, filed);
	await jo.context.setOffline(true);
	await page.getByLabel('New note').fill(words);
	await page.getByRole('button', { name: 'Add note' }).click();
	await expect(statusLine(page)).toContainText('1 item waits on this tablet');

	const ada = await signIn(story.person('Ada', desk), 'ada');
	await ada.goto('/devices');
	const row = ada.getByRole('row').filter({ hasText: staff.jo.name });
	await row.getByRole('button', { name: /^Seal and wipe/ }).click();
	await ada.getByRole('button', { name: 'Seal and wipe this device' }).click();
	await expect(row).toContainText('To be wiped');
	await row.getByText(/^What was done/).click();
	await expect(row).toContainText('Seal and wipe ordered by Ada Mensah');
	await accessible(ada, 'Devices, one to be wiped');
	// with no contact nothing happens to it
	await expect(page.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(words);

	await jo.context.setOffline(false);
	await expect(page.getByRole('heading', { name: /Sign in/ })).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText(filed.address)).toHaveCount(0);
	const databases = () =>
		page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
	await expect.poll(databases).toEqual(['bops-known-officers']);
	await ada.reload();
	await expect(row).toContainText('Wiped');
	await row.getByText(/^What was done/).click();
	await expect(row).toContainText(/It handed over \d+ things?, each answered for/);

	const priya = await signIn(story.person('Priya', desk), 'priya');
	await priya.goto('/intake/set-aside');
	const item = priya.getByRole('article').filter({ hasText: words });
	await expect(item).toContainText('recorded by Jo Bloggs');
	await expect(item).toContainText('sealed and wiped');
	await item.getByRole('button', { name: 'Accept onto the case' }).click();
	await expect(item).toContainText('Accepted');
	await openCase(priya, filed);
	await expect(priya.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(words);
});
