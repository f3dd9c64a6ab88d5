import { createServer } from 'node:http';
import { once } from 'node:events';
import type { Page } from '@playwright/test';
import { tablet, desk } from './support/person.ts';
import { hasCases, signIn } from './support/screens.ts';
import { expect, test } from './support/story.ts';

test('the browser finds nothing that stands in the way of installing the app', async ({
	story
}) => {
	const page = await signIn(story.person('Jo', tablet), 'jo');
	const devtools = await page.context().newCDPSession(page);
	const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
	expect(installabilityErrors).toEqual([]);
	const manifest = await devtools.send('Page.getAppManifest');
	expect(manifest.errors).toEqual([]);
	expect(JSON.parse(manifest.data ?? '{}')).toMatchObject({
		id: '/',
		start_url: '/',
		display: 'standalone'
	});
});

const hasOwnWindow = (page: Page): Promise<boolean> =>
	page.evaluate(() => matchMedia('(display-mode: standalone)').matches);

test('the app starts in its own window, and there with the server gone too', async ({ story }) => {
	const jo = story.person('Jo', tablet);
	const inTab = await signIn(jo, 'jo');
	expect(await hasOwnWindow(inTab)).toBe(false);
	await jo.close();
	const references = story.cases.map(({ reference }) => reference);
	for (const withServer of [true, false]) {
		if (!withServer) await story.server.kill();
		const app = await jo.openApp();
		await expect(app.getByRole('heading', { name: 'My work', level: 1 })).toBeVisible();
		await hasCases(app, references);
		expect(await hasOwnWindow(app)).toBe(true);
		await jo.close();
	}
});

test('with the server gone and the browser started anew, a case never opened before opens at its address', async ({
	story
}) => {
	const jo = story.person('Jo', tablet);
	let page = await signIn(jo, 'jo');
	const [first, , third] = story.cases;
	if (first === undefined || third === undefined) throw new Error('The council has three cases.');
	await hasCases(
		page,
		story.cases.map(({ reference }) => reference)
	);
	await story.server.kill();
	await jo.close();

	page = await jo.open(`/cases/${third.caseId}?from=a-letter#top`);
	await expect(page.getByText(third.address).first()).toBeVisible();
	await page.goto(`/cases/${encodeURIComponent(first.reference)}/timeline`);
	await expect(page.getByText(first.address).first()).toBeVisible();
	await page.goto('/');
	await hasCases(
		page,
		story.cases.map(({ reference }) => reference)
	);
});

test('a hotel’s sign-in page in place of the server changes nothing on the tablet', async ({
	story
}) => {
	story.watch.expect(/MIME type|Failed to load resource|text\/html/);
	const jo = story.person('Jo', tablet);
	const page = await signIn(jo, 'jo');
	const references = story.cases.map(({ reference }) => reference);
	await hasCases(page, references);
	await story.server.kill();

	const hotel = createServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'text/html' });
		response.end('<h1>Welcome to the Grand Hotel. Please accept our terms.</h1>');
	}).listen(story.server.port);
	await once(hotel, 'listening');
	try {
		await page.goto('/');
		await hasCases(page, references);
		await page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			await registration?.update().catch(() => undefined);
		});
		await page.goto(`/cases/${story.cases[0]?.caseId}`);
		await expect(page.getByText(story.cases[0]?.address ?? '').first()).toBeVisible();
		await expect(page.getByText('Grand Hotel')).toHaveCount(0);
	} finally {
		hotel.closeAllConnections();
		hotel.close();
	}

	await story.server.start();
	await page.goto('/');
	await hasCases(page, references);
});

test('nobody is asked for anything but a sign-in before they have signed in', async ({ story }) => {
	const stranger = story.person('A stranger', desk);
	const page = await stranger.open(`/cases/${story.cases[0]?.caseId}`);
	await expect(page.getByRole('heading', { name: /Sign in/ })).toBeVisible();
	await expect(page.getByText(story.cases[0]?.address ?? 'no case')).toHaveCount(0);
});
