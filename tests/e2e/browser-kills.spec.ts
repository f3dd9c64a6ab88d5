import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { amount, reported, runSeed } from '../reliability/report.ts';
import { Chance } from '../sync/random.ts';
import { onSite } from './support/on-case.ts';
import { tablet, type Person } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { measure } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

/** A browser is killed this often. `BROWSER_KILLS=50 npx playwright test browser-kills`. */
const kills = Number(process.env['BROWSER_KILLS'] ?? amount(5, 50));
/** A round is killed after one to so many things were said to be saved, while the next one is. */
const savedBefore = 3;
/** From the last of them to the kill at most, milliseconds: about as long as one takes. */
const longest = 600;

/**
 * Tells this process what the page says is saved, as soon as it says so: photographs by their
 * number, measurements by their name. What the page had no time to tell does not count.
 */
async function listen(page: Page, told: Set<string>): Promise<void> {
	await page.exposeBinding('toldSaved', (_source, words: string) => told.add(words));
	await page.evaluate(() => {
		const say = Reflect.get(window, 'toldSaved') as (words: string) => Promise<void>;
		new MutationObserver(() => {
			for (const status of document.querySelectorAll('[role=status]')) {
				const words = status.textContent ?? '';
				const [, photograph] = /(JB-\d+) saved on this tablet/.exec(words) ?? [];
				const [, measured] = /Saved on this tablet: (wall \d+),/.exec(words) ?? [];
				const saved = photograph ?? measured;
				if (saved !== undefined) void say(saved);
			}
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
}

/** Asks of every write which durability the browser gave it. */
async function watchWrites(person: Person): Promise<Set<string>> {
	const given = new Set<string>();
	await person.context.exposeBinding('toldDurability', (_source, how: string) => given.add(how));
	await person.context.addInitScript(() => {
		const begin = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')
			?.value as IDBDatabase['transaction'];
		IDBDatabase.prototype.transaction = function (...asked) {
			const transaction = begin.apply(this, asked);
			const tell = Reflect.get(window, 'toldDurability') as (how: string) => Promise<void>;
			if (transaction.mode === 'readwrite' && this.name.startsWith('bops-'))
				void tell(transaction.durability);
			return transaction;
		};
	});
	return given;
}

/** What is in the tables of the only officer here: words, bytes and places in the queue, by command. */
const tables = (page: Page) =>
	page.evaluate(async () => {
		const name = (await indexedDB.databases())
			.map((one) => one.name ?? '')
			.find((one) => /^bops-[0-9a-f]{8}-/.test(one));
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const opening = indexedDB.open(name ?? '');
			opening.onsuccess = () => resolve(opening.result);
			opening.onerror = () => reject(new Error('not opened'));
		});
		const all = <Row>(table: string) =>
			new Promise<Row[]>((resolve, reject) => {
				const reading = db.transaction(table).objectStore(table).getAll();
				reading.onsuccess = () => resolve(reading.result as Row[]);
				reading.onerror = () => reject(new Error(`${table} not read`));
			});
		const commands = await all<{ id: string; deviceSeq: number }>('outbox');
		const captures = await all<{ key: string; commandId: string; body: ArrayBuffer }>('captures');
		const uploads = await all<{ key: string; commandId: string; size: number }>('uploads');
		db.close();
		return {
			commands: commands.map(({ id }) => id),
			numbers: commands.map(({ deviceSeq }) => deviceSeq).sort((a, b) => a - b),
			captures: captures.map(({ key, commandId, body }) => ({
				key,
				commandId,
				size: body.byteLength
			})),
			uploads: uploads.map(({ key, commandId, size }) => ({ key, commandId, size }))
		};
	});

test('guarantee-01 whatever the screen called saved is there after the browser was killed, and nothing is there by half', async ({
	story
}) => {
	test.setTimeout(60_000 + kills * 30_000);
	// a browser that dies within half a minute of signing in has not written its cookie down
	story.watch.expect(/status of 401/);
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const jo = story.person('Jo', tablet);
	const visit = await onSite(await signIn(jo, 'jo'), filed);
	await story.server.kill();

	const size = { width: 900, height: 900, channels: 3 } as const;
	const picture = await sharp(randomBytes(size.width * size.height * size.channels), { raw: size })
		.jpeg({ quality: 90 })
		.toBuffer();
	const chance = new Chance(runSeed);
	const told = new Set<string>();
	let measured = 0;

	const photograph = async (page: Page) => {
		const before = told.size;
		const buffer = Buffer.concat([picture, randomBytes(16)]);
		await page
			.getByLabel('Choose pictures')
			.setInputFiles({ name: 'wall.jpg', mimeType: 'image/jpeg', buffer });
		await expect.poll(() => told.size).toBeGreaterThan(before);
	};
	const work = async (page: Page, round: number, died: AbortSignal) => {
		try {
			while (!died.aborted)
				if (round % 3 === 2) await measure(page, `wall ${(measured += 1)}`, '2.4');
				else await photograph(page);
		} catch (error) {
			// it was killed under this very tap
			if (!died.aborted) throw error;
		}
	};

	await reported({ guarantee: 1, name: 'browser-kills', seed: runSeed }, async (counts) => {
		const durabilities = new Set<string>();
		Object.assign(counts, { kills: 0, 'said to be saved': 0, lost: 0, 'there by half': 0 });
		let after = jo.page;
		for (let round = 0; round < kills; round += 1) {
			const page = after;
			const given = await watchWrites(jo);
			await page.goto(`${visit}/on-site`);
			await expect(page.getByRole('heading', { name: /^On site/ })).toBeVisible();
			await listen(page, told);
			const died = new AbortController();
			const working = work(page, round, died.signal);
			const enough = told.size + 1 + chance.below(savedBefore);
			await expect.poll(() => told.size, { timeout: 60_000 }).toBeGreaterThanOrEqual(enough);
			await wait(chance.below(longest));
			died.abort();
			await jo.kill();
			await working;
			for (const how of given) durabilities.add(how);
			counts['kills'] = round + 1;

			after = await jo.open(visit);
			await expect(after.getByRole('heading', { name: /^Visit on/ })).toBeVisible();
			const there = await tables(after);
			for (const what of told) {
				const shown = what.startsWith('JB-')
					? after.getByRole('button', { name: `Open photograph ${what}`, exact: true })
					: after.getByText(what, { exact: false }).or(after.locator(`input[value="${what}"]`));
				await expect(shown.first(), `${what} after kill ${round + 1}`).toBeAttached();
			}
			expect(
				there.uploads.filter(
					(one) =>
						!there.commands.includes(one.commandId) ||
						!there.captures.some(({ key, size }) => key === one.key && size >= one.size)
				),
				'bytes, their words and their place in the queue are there together'
			).toEqual([]);
			expect(there.captures).toHaveLength(there.uploads.length);
			expect(there.numbers, 'numbers without a gap').toEqual(there.numbers.map((_, n) => n + 1));
			counts['said to be saved'] = told.size;
		}
		expect([...durabilities]).toEqual(['strict']);
	});
});
