import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { copiedBuild } from './support/copied-build.ts';
import { everythingReceived, onSite } from './support/on-case.ts';
import { tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { takePhotographs } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

const versions = (page: Page) =>
	page.evaluate(async () =>
		(await caches.keys()).filter((name) => name.startsWith('bops-application-'))
	);

test('guarantee-15 a version of which one file is missing never takes over, and the one before goes on', async ({
	story
}) => {
	// the file that is not there
	story.watch.expect(/never-there|bad-precaching-response|404/);
	const page = await signIn(story.person('Jo', tablet), 'jo');
	const [before] = await versions(page);
	let named = '';
	const broken = copiedBuild(story.folder, 'broken-version', (worker) =>
		worker.replace(/_app\/immutable\/chunks\/[\w-]+\.js/, (name) => {
			named = name;
			return '_app/immutable/chunks/never-there.js';
		})
	);
	expect(named).not.toBe('');
	await story.server.kill();
	await story.server.start(broken);

	// asks for the new version, and waits until the browser has made up its mind about it
	const became = await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.getRegistration();
		if (registration === undefined) return 'no registration';
		const found = new Promise<ServiceWorker | null>((resolve) => {
			registration.addEventListener('updatefound', () => resolve(registration.installing), {
				once: true
			});
		});
		await registration.update().catch(() => undefined);
		const worker = await found;
		if (worker === null) return 'nothing to install';
		while (worker.state === 'installing')
			await new Promise((resolve) =>
				worker.addEventListener('statechange', resolve, { once: true })
			);
		return worker.state;
	});
	expect(became).toBe('redundant');
	await expect(page.getByRole('region', { name: 'New version' })).toHaveCount(0);
	expect(await versions(page)).toContain(before);

	await story.server.kill();
	await page.reload();
	await expect(page.getByRole('heading', { name: 'My work', level: 1 })).toBeVisible();
	expect(await page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
});

test('guarantee-15 no answer that needed a sign-in is in a cache, and a replaced build’s files are still there', async ({
	story
}) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const page = await signIn(story.person('Jo', tablet), 'jo');
	await onSite(page, filed);
	await takePhotographs(page, ['Crack above the lintel']);
	await everythingReceived(page);
	await page.goto('/ledger');
	await expect(page.getByRole('heading', { name: 'What this tablet holds' })).toBeVisible();

	const kept = await page.evaluate(async () => {
		const found: { path: string; words: string }[] = [];
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const request of await cache.keys()) {
				const answer = await cache.match(request);
				const words = (await answer?.text()) ?? '';
				found.push({ path: new URL(request.url).pathname, words });
			}
		}
		return found;
	});
	expect(kept.length).toBeGreaterThan(20);
	expect(
		kept
			.filter(({ path }) => /^\/(api|tiles|health|metrics)(\/|$)/.test(path))
			.map(({ path }) => path)
	).toEqual([]);
	const secrets = [filed.reference, filed.address, 'Crack above the lintel', 'Jo Bloggs'];
	expect(
		kept
			.filter(({ words }) => secrets.some((secret) => words.includes(secret)))
			.map(({ path }) => path)
	).toEqual([]);

	// the operator puts another build in place: one part of this build is not in it
	const next = copiedBuild(story.folder, 'next-version');
	const chunks = join(next, 'build/client/_app/immutable/chunks');
	const [gone] = readdirSync(chunks).filter((name) => name.endsWith('.js'));
	for (const twin of ['', '.br', '.gz']) rmSync(join(chunks, `${gone}${twin}`), { force: true });
	await story.server.kill();
	await story.server.start(next);
	const asked = await fetch(`${story.server.origin}/_app/immutable/chunks/${gone}`);
	expect(asked.status).toBe(200);
	expect(asked.headers.get('content-type')).toBe('text/javascript');
	expect((await asked.text()).length).toBeGreaterThan(0);
	expect((await fetch(`${story.server.origin}/_app/immutable/chunks/never-there.js`)).status).toBe(
		404
	);
});
