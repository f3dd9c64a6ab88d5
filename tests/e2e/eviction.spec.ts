import { rmSync } from 'node:fs';
import { reported } from '../reliability/report.ts';
import { everythingReceived, onSite, openCase, statusLine } from './support/on-case.ts';
import { tablet } from './support/person.ts';
import { pass, signIn } from './support/screens.ts';
import { note, takePhotographs } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

test('guarantee-03 a browser that has thrown its databases away says so, and how many things were never received', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const jo = story.person('Jo', tablet);
	let page = await signIn(jo, 'jo');
	await onSite(page, filed);
	await note(page, 'This one arrives.');
	// its own line first: the status line may still speak of what was before it
	await expect(page.getByText('Received by the council', { exact: true })).toHaveCount(1);
	await everythingReceived(page);
	await story.server.kill();
	await note(page, 'The gutter is blocked.');
	await note(page, 'The fence has gone.');
	await takePhotographs(page, ['Crack above the lintel']);
	await expect(statusLine(page)).toContainText('3 items wait on this tablet');
	// what the canary holds is written just after the line on the screen
	await expect
		.poll(() => page.evaluate(() => Object.values(localStorage).join(' ')))
		.toContain('"pictures":["');
	await jo.close();

	await reported({ guarantee: 3, name: 'databases-thrown-away', seed: null }, async (counts) => {
		rmSync(jo.databases, { recursive: true });
		page = await jo.open('/');
		const banner = page
			.getByRole('alert')
			.filter({ hasText: 'This browser has thrown away what was kept here' });
		await expect(banner).toContainText('Sign in');

		await story.server.start();
		await page.reload();
		// the session holds, but the key of what was kept went with it
		await pass(page);
		await expect(banner).toContainText(/3 things of the \d+ that this tablet had numbered/);
		counts['things thrown away'] = 3;
		counts['things said to be lost'] = 3;

		// the browser is another device now, and goes on working
		await banner.getByRole('button', { name: 'I have read this' }).click();
		await expect(banner).toHaveCount(0);
		await openCase(page, filed);
		await page.getByLabel('New note').fill('Recorded again.');
		await page.getByRole('button', { name: 'Add note' }).click();
		await everythingReceived(page);
		await page.reload();
		await expect(banner).toHaveCount(0);
	});
});
