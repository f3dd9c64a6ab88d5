import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { everythingReceived, onSite, openCase, statusLine } from './support/on-case.ts';
import { tablet } from './support/person.ts';
import { enter, signIn } from './support/screens.ts';
import { measure, note, retype, takePhotographs } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

const theCase = (story: { cases: { caseId: string; reference: string; address: string }[] }) => {
	const [first] = story.cases;
	if (first === undefined) throw new Error('The council has a case.');
	return first;
};

test('guarantee-12 signing out is not offered while something recorded here is nowhere else', async ({
	story
}) => {
	// the register ends the session before the page has closed its copy
	story.watch.expect(/status of 401/);
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await openCase(page, theCase(story));
	await story.server.kill();
	await page.getByLabel('New note').fill('The hedge is two metres high.');
	await page.getByRole('button', { name: 'Add note' }).click();
	await expect(statusLine(page)).toContainText('1 item waits on this tablet');

	await page.locator('summary', { hasText: 'Jo Bloggs' }).click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByText('on this tablet and nowhere else')).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Sign out' })).toHaveCount(0);

	// nobody is there to take it
	await dialog.getByRole('button', { name: 'Send now' }).click();
	await expect(dialog.getByRole('button', { name: 'Send now' })).toBeVisible();
	await story.server.start();
	await dialog.getByRole('button', { name: 'Sign out' }).click({ timeout: 60_000 });
	await expect(page.getByRole('heading', { name: /Sign in/ })).toBeVisible();

	// who signed out does not come back in without the register
	await story.server.kill();
	await page.goto(`/cases/${theCase(story).caseId}`);
	await expect(page.getByRole('heading', { name: /Sign in/ })).toBeVisible();
	await expect(page.getByText(theCase(story).address)).toHaveCount(0);
});

test('guarantee-06 two windows show the same work, and either carries it when the other has died', async ({
	story
}) => {
	const jo = story.person('Jo', tablet);
	const first = await signIn(jo, 'jo');
	await openCase(first, theCase(story));
	const second = await jo.newWindow(`/cases/${theCase(story).caseId}`);
	await expect(second.getByRole('heading', { name: 'Proposal and site' })).toBeVisible();
	await story.server.kill();

	for (const [page, words] of [
		[first, 'Written in the first window.'],
		[second, 'Written in the second window.']
	] as const) {
		await page.getByLabel('New note').fill(words);
		await page.getByRole('button', { name: 'Add note' }).click();
		for (const window of [first, second])
			await expect(
				window.getByRole('textbox', { name: 'Note', exact: true }).filter({ visible: true }).first()
			).toBeVisible();
	}
	for (const window of [first, second])
		await expect(window.getByRole('textbox', { name: 'Note', exact: true })).toHaveCount(2);
	// it dies as a window dies, and lets go of its turn without a word
	const died = new Promise((resolve) => first.once('crash', resolve));
	const devtools = await jo.context.newCDPSession(first);
	void devtools.send('Page.crash').catch(() => undefined);
	await died;
	await story.server.start();
	await everythingReceived(second);
});

test('with camera and position refused, pictures are chosen and nothing is invented', async ({
	story
}) => {
	const page = await signIn(story.person('Jo', { ...tablet, camera: false, position: null }), 'jo');
	await onSite(page, theCase(story));
	await expect(page.getByText(/camera is refused/)).toBeVisible();
	await expect(page.getByText(/position is refused/)).toBeVisible();
	await page.getByLabel('Choose pictures').setInputFiles({
		name: 'wall.png',
		mimeType: 'image/png',
		buffer: readFileSync('static/icons/icon-512.png')
	});
	await expect(page.getByText(/JB-1 saved on this tablet/)).toBeVisible();
	await expect(page.getByText(/Position not recorded/i).first()).toBeVisible();
	await everythingReceived(page);
	await expect(page.getByText('1 of 1 received by the council.')).toBeVisible();
});

test('a picture whose bytes are changed on the wire is not received until they are right', async ({
	story
}) => {
	story.watch.expect(/api\/uploads/);
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await onSite(page, theCase(story));
	let spoilt = 0;
	await jo.context.route('**/api/uploads/**', async (route) => {
		const body = route.request().postDataBuffer();
		if (route.request().method() !== 'PATCH' || body === null || spoilt >= 2)
			return route.continue();
		spoilt += 1;
		const changed = Buffer.from(body);
		changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
		return route.continue({ postData: changed });
	});
	await takePhotographs(page, ['Crack above the lintel']);
	await expect.poll(() => spoilt, { timeout: 30_000 }).toBe(2);
	await expect(page.getByText('0 of 1 received by the council.')).toBeVisible();
	await page.goto('/ledger');
	await page.getByRole('button', { name: 'Send now' }).click();
	await expect(page.getByText('1 of 1 photographs received')).toBeVisible({ timeout: 90_000 });
});

test('guarantee-02 a full tablet says so, keeps the picture on screen, and saves it when there is room', async ({
	story
}) => {
	const jo = story.person('Jo', tablet);
	const page = await jo.open('about:blank');
	const devtools = await jo.context.newCDPSession(page);
	const room = (quotaSize: number) =>
		devtools.send('Storage.overrideQuotaForOrigin', { origin: jo.origin, quotaSize });
	await room(30_000_000);
	await page.goto('/');
	await enter(page, 'jo');
	await onSite(page, theCase(story));
	await story.server.kill();

	const size = { width: 2000, height: 2000, channels: 3 } as const;
	const large = await sharp(randomBytes(size.width * size.height * size.channels), { raw: size })
		.jpeg({ quality: 95 })
		.toBuffer();
	const alert = page.getByRole('alert').filter({ hasText: 'Not saved yet' });
	let chosen = 0;
	while (chosen < 30 && (await alert.count()) === 0) {
		chosen += 1;
		// no two alike, as no two photographs are
		const buffer = Buffer.concat([large, randomBytes(16)]);
		await page
			.getByLabel('Choose pictures')
			.setInputFiles({ name: `wall-${chosen}.jpg`, mimeType: 'image/jpeg', buffer });
		await expect(
			page.getByText(new RegExp(`JB-${chosen} saved on this tablet`)).or(alert)
		).toBeVisible();
	}
	await expect(alert).toContainText(/full|space|room/i);
	const saved = page.getByRole('button', { name: /^Open photograph JB-/ });
	await expect(saved).toHaveCount(chosen - 1);

	await room(10_000_000_000);
	await page.getByRole('button', { name: /^Save picture 1 again/ }).click();
	await expect(saved).toHaveCount(chosen);
});

test('guarantee-16 a sign-in that has ended loses nothing: the work is sent after signing in again', async ({
	story
}) => {
	story.watch.expect(/status of 401/);
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await openCase(page, theCase(story));
	await jo.context.clearCookies();
	await page.getByLabel('New note').fill('Written after the sign-in had ended.');
	await page.getByRole('button', { name: 'Add note' }).click();
	await expect(page.getByText('Your sign-in has ended').first()).toBeVisible();
	await expect(statusLine(page)).toContainText('1 item waits on this tablet');
	await page.getByRole('link', { name: /sign in again as Jo Bloggs/ }).click();
	await enter(page, 'jo');
	await everythingReceived(page);
});

test('guarantee-04 a tablet whose clock is an hour wrong loses nothing and is believed about nothing', async ({
	story
}) => {
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	await story.server.kill();
	await jo.context.clock.install({ time: Date.now() + 3_600_000 });
	await onSite(page, theCase(story));
	await measure(page, 'Height to eaves', '2.4');
	await note(page, 'Written an hour ahead.');
	await story.server.start();
	await page.goto('/ledger');
	await page.getByRole('button', { name: 'Send now' }).click();
	await everythingReceived(page);
	await expect(page.getByText(/Needs you/)).toHaveCount(0);
});

test('guarantee-01 words typed and not left are there after the browser has died', async ({
	story
}) => {
	// a browser that dies within half a minute of signing in has not written its cookie down
	story.watch.expect(/status of 401/);
	const jo = story.person('Jo', tablet);
	let page = await signIn(jo, 'jo');
	await openCase(page, theCase(story));
	await page.getByLabel('New note').fill('Half a sentence about the');
	await page.getByLabel('Access note').fill('Gate code 47');
	await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
	await page.waitForTimeout(500);
	await jo.kill();
	page = await jo.open(`/cases/${theCase(story).caseId}`);
	await expect(page.getByLabel('New note')).toHaveValue('Half a sentence about the');
	await expect(page.getByLabel('Access note')).toHaveValue('Gate code 47');
	await retype(page.getByLabel('Access note'), 'Gate code 4711');
	await expect(page.getByText('Saved on this tablet.')).toBeVisible();
});
