import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { accessible } from './support/accessible.ts';
import { staff, type Who } from './support/council.ts';
import { everythingReceived, openCase } from './support/on-case.ts';
import { done } from './support/operator.ts';
import { desk, tablet } from './support/person.ts';
import { enter, signIn } from './support/screens.ts';
import { expect, test } from './support/story.ts';

test.use({ council: { cases: 2, assigned: { who: 'jo', first: 2 } } });

/** @param received notes of this case that the council has then */
async function write(page: Page, words: string, received: number): Promise<void> {
	await page.getByLabel('New note').fill(words);
	await page.getByRole('button', { name: 'Add note' }).click();
	await expect(page.getByText('Received by the council', { exact: true })).toHaveCount(received);
	await everythingReceived(page);
}

/** A restore signs everybody out; what is on the tablet stays there. */
async function signInAgain(page: Page, who: Who): Promise<void> {
	await page.getByRole('link', { name: `sign in again as ${staff[who].name}` }).click();
	await enter(page, who);
}

test('what is backed up, what a restore lost, and what came back are said in words', async ({
	story
}, info) => {
	story.watch.expect(/status of 401/);
	const target = join(story.folder, 'backups');
	const jo = await signIn(story.person('Jo', tablet), 'jo');
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('There is no case.');
	await openCase(jo, filed);
	await write(jo, 'Written before the backup.', 1);
	await jo.goto('/ledger');
	await expect(jo.getByText('Backup not set up.')).toBeVisible();

	const ada = await signIn(story.person('Ada', desk), 'ada');
	await ada.getByRole('link', { name: 'Devices' }).click();
	const table = ada.getByRole('table', { name: 'Devices of the council’s officers' });
	await expect(table.getByRole('row', { name: /^Jo Bloggs/ })).toContainText(
		'This tablet numbered 1 item; nothing of it is missing.'
	);
	await expect(ada.getByText('Backup not set up')).toBeVisible();

	await done(story.server.dataDir, ['backup', '--to', target]);
	await jo.getByRole('button', { name: 'Send now' }).click();
	await expect(jo.getByText('Last verified backup of the council’s register')).toBeVisible();
	await expect(jo.getByText('on the same machine')).toBeVisible();
	await expect(jo.getByText('Backed up', { exact: true })).toBeVisible();
	await info.attach('ledger', { body: await jo.screenshot(), contentType: 'image/png' });

	await openCase(jo, filed);
	await write(jo, 'Written after the backup.', 2);
	await story.server.kill();
	await done(story.server.dataDir, ['restore', '--backup', 'latest', '--from', target]);
	await story.server.start();

	await signInAgain(ada, 'ada');
	await ada.goto('/devices');
	await expect(ada.getByText(/Restored to .*; 0 items from 0 tablets recovered/)).toBeVisible();
	await signInAgain(jo, 'jo');
	await openCase(jo, filed);
	await everythingReceived(jo);
	await expect(jo.getByRole('textbox', { name: 'Note', exact: true })).toHaveCount(2);
	await expect(async () => {
		await ada.reload();
		await expect(
			ada.getByText(
				/Restored to .*; 1 item from 1 tablet recovered; every tablet has been seen since\./
			)
		).toBeVisible({ timeout: 2_000 });
	}).toPass();
	await expect(table.getByRole('row', { name: /^Jo Bloggs/ })).toContainText(
		'This tablet numbered 2 items; nothing of it is missing.'
	);
	await accessible(ada, 'Devices');
	await ada.screenshot({ path: join(info.outputDir, 'devices-desk.png'), fullPage: true });
	await ada.setViewportSize({ width: 820, height: 1180 });
	await ada.screenshot({ path: join(info.outputDir, 'devices-tablet.png'), fullPage: true });
});
