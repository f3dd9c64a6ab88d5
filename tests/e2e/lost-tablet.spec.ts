import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { leaseFor } from '#lib/commands/council-box.ts';
import { accessible } from './support/accessible.ts';
import { staff } from './support/council.ts';
import { everythingReceived, onSite, statusLine } from './support/on-case.ts';
import { desk, tablet } from './support/person.ts';
import { signIn, unlock } from './support/screens.ts';
import { note } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

test.use({ council: { cases: 1, assigned: { who: 'jo', first: 1 } } });

const words = 'The key hangs behind the blue gutter.';
const locked = (page: Page) => page.getByRole('heading', { name: 'Enter your PIN' });

/** The files under a folder that hold these bytes. */
const holding = (folder: string, wanted: Buffer): string[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
		const file = join(folder, name);
		return statSync(file).isFile() && readFileSync(file).includes(wanted);
	});
const inAnyForm = (folder: string, text: string) =>
	(['utf8', 'utf16le'] as const).flatMap((form) => holding(folder, Buffer.from(text, form)));

test('guarantee-14 a copied profile shows no word and no picture without the PIN, and nothing at all after the lease', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const jo = story.person('Jo', { ...tablet, camera: false });
	const page = await signIn(jo, 'jo');
	const visit = await onSite(page, filed);
	const grain = { width: 300, height: 200, channels: 3 } as const;
	const picture = await sharp(randomBytes(300 * 200 * 3), { raw: grain })
		.png()
		.toBuffer();
	await page.getByLabel('Choose pictures').setInputFiles({
		name: 'gutter.png',
		mimeType: 'image/png',
		buffer: picture
	});
	await expect(page.getByText(/JB-1 saved on this tablet/)).toBeVisible();
	await note(page, words);
	await story.server.kill();
	await jo.close();

	const thief = story.person('Thief', tablet);
	thief.remembersPin = false;
	cpSync(jo.profile, thief.profile, { recursive: true });
	const stored = join(thief.profile, 'Default');
	expect(inAnyForm(stored, words), 'the note').toEqual([]);
	expect(inAnyForm(stored, filed.address), 'the address').toEqual([]);
	expect(holding(stored, picture.subarray(1_000, 1_064)), 'the picture').toEqual([]);
	// what lies in the open is found in this way
	expect(inAnyForm(stored, staff.jo.name), 'the name on the start page').not.toEqual([]);

	const stolen = await thief.open(`/cases/${filed.caseId}`);
	await expect(locked(stolen)).toBeVisible();
	await accessible(stolen, 'Enter your PIN');
	await unlock(stolen, 'garden1111');
	await expect(
		stolen.getByText(/This is not the PIN. You can try 9 more times/).first()
	).toBeVisible();
	await expect(stolen.getByText(filed.address)).toHaveCount(0);

	// eight days later the right PIN opens nothing either
	await stolen.clock.install({ time: Date.now() + leaseFor + 24 * 60 * 60 * 1000 });
	await stolen.reload();
	await expect(stolen.getByText(/Connect once to go on/)).toBeVisible();
	await expect(stolen.getByLabel('PIN', { exact: true })).toHaveCount(0);
	await thief.close();

	// its officer, within the lease and with no signal, has everything
	await jo.open(visit);
	await expect(jo.page.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(words);
	await story.server.start();
	await everythingReceived(jo.page);
});

test('guarantee-14 an administrator locks a lost tablet, and opens it again when it is found', async ({
	story
}) => {
	story.watch.expect(/status of 401/);
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	const second = await jo.newWindow('/help');
	await onSite(page, filed);
	await page.getByRole('button', { name: 'Note' }).first().click();
	await page.getByLabel('New note').fill(words);
	await expect(statusLine(page)).toBeVisible();

	const ada = await signIn(story.person('Ada', desk), 'ada');
	await ada.goto('/devices');
	const row = ada.getByRole('row').filter({ hasText: staff.jo.name });
	await row.getByRole('button', { name: /^Lock/ }).click();
	await ada.getByRole('button', { name: 'Lock this device' }).click();
	await expect(row).toContainText('Locked');
	await accessible(ada, 'Devices, one locked');

	const away = page.getByRole('heading', {
		name: 'This tablet has been locked by an administrator'
	});
	await expect(away).toBeVisible();
	await expect(
		second.getByRole('heading', { name: 'This tablet has been locked by an administrator' })
	).toBeVisible();
	await expect(page.getByText(filed.address)).toHaveCount(0);

	await row.getByRole('button', { name: /^Unlock/ }).click();
	await expect(row).not.toContainText('Locked');
	await page.getByRole('button', { name: 'Try again' }).click();
	await page.getByLabel('E-mail address').fill('jo@lambeth.example');
	await page.getByLabel('Password').fill('correct-horse-battery');
	await page.getByRole('button', { name: 'Sign in' }).click();
	// the PIN is given; the half-written note was kept
	await page.getByRole('button', { name: 'Note' }).first().click();
	await expect(page.getByLabel('New note')).toHaveValue(words);
});
