import type { BrowserContext, Page } from 'playwright';

/** What the measured page has noted by its own clock, milliseconds. */
interface Marks {
	/** commits of the device's copy: when, and to which tables */
	commits: { at: number; tables: string[] }[];
	/** when pictures were last handed to the page */
	picked: number;
	/** when the PIN was asked for, and when a form was last sent: the PIN's, when it was given */
	asked: number | null;
	given: number;
	/** when the list of all assigned cases was on screen */
	listed: number | null;
}

declare global {
	interface Window {
		marks: Marks;
	}
}

/** Dexie tells every window of each commit in this event. */
const committed = 'x-storagemutated-1';

/** Lets every page of a browser note when things happen in it. The application is not touched. */
export async function noteMoments(context: BrowserContext, listedWhen: string): Promise<void> {
	await context.addInitScript(
		({ event, words }) => {
			performance.setResourceTimingBufferSize(100_000);
			const marks: Marks = { commits: [], picked: 0, asked: null, given: 0, listed: null };
			window.marks = marks;
			addEventListener(event, (told) => {
				const parts = (told as CustomEvent<Record<string, unknown>>).detail;
				// idb://database/table/index
				const tables = Object.keys(parts).map((key) => key.split('/')[3] ?? '');
				marks.commits.push({ at: performance.now(), tables });
			});
			addEventListener('change', () => (marks.picked = performance.now()), true);
			addEventListener('submit', () => (marks.given = performance.now()), true);
			new MutationObserver((_, observer) => {
				if (marks.asked === null && document.getElementById('pin') !== null)
					marks.asked = performance.now();
				const choice = document.querySelector('.bops-choice')?.textContent ?? '';
				if (!choice.includes(words) || document.querySelector('.bops-row') === null) return;
				marks.listed = performance.now();
				observer.disconnect();
			}).observe(document, { childList: true, subtree: true, characterData: true });
		},
		{ event: committed, words: listedWhen }
	);
}

/** When the PIN was asked for, milliseconds since 1970, and how long it took from giving it to the list. */
export async function startTook(page: Page): Promise<{ asked: number; unlocking: number }> {
	await page.waitForFunction(() => window.marks.listed !== null);
	return page.evaluate(() => {
		const { asked, given, listed } = window.marks;
		return { asked: performance.timeOrigin + (asked ?? NaN), unlocking: (listed ?? NaN) - given };
	});
}

/** Time since 1970 at which a page that runs nothing of the application was loaded. */
export const loadedAt = (page: Page): Promise<number> =>
	page.evaluate(() => {
		const [entry] = performance.getEntriesByType('navigation');
		return performance.timeOrigin + (entry as PerformanceNavigationTiming).loadEventStart;
	});

/** Waits for the list, and gives the times from the first pull to the last record on disk, and to the list. */
export async function firstSyncTook(page: Page): Promise<{ queried: number; shown: number }> {
	await page.waitForFunction(() => window.marks.listed !== null);
	return page.evaluate(() => {
		const { commits, listed } = window.marks;
		const pull = performance
			.getEntriesByType('resource')
			.find(({ name }) => name.includes('/sync.pull'));
		const began = pull?.startTime ?? NaN;
		const shown = listed ?? NaN;
		const kept = commits.filter(({ at, tables }) => at <= shown && tables.includes('records'));
		return { queried: (kept.at(-1)?.at ?? NaN) - began, shown: shown - began };
	});
}

/** Does something, and gives the time from the pull that follows it to the last record on disk. */
export async function syncTook(page: Page, act: () => Promise<void>): Promise<number> {
	const since = await page.evaluate(() => performance.now());
	await act();
	await page.waitForFunction(
		(from) =>
			window.marks.commits.some(({ at, tables }) => at > from && tables.includes('records')),
		since
	);
	// a second transaction of the same sync may follow
	await page.waitForTimeout(700);
	return page.evaluate((from) => {
		const last = window.marks.commits
			.filter(({ at, tables }) => at > from && tables.includes('records'))
			.at(-1)?.at;
		const pull = performance
			.getEntriesByType('resource')
			.filter(({ name, startTime }) => name.includes('/sync.pull') && startTime < (last ?? 0))
			.at(-1);
		return (last ?? NaN) - (pull?.startTime ?? NaN);
	}, since);
}

/** Asks for a sync that finds nothing new, which writes nothing: the time of its pull, answer included. */
export async function emptySyncTook(page: Page): Promise<number> {
	const since = await page.evaluate(() => {
		const now = performance.now();
		window.dispatchEvent(new Event('online'));
		return now;
	});
	const took = await page.waitForFunction((from) => {
		const pull = performance
			.getEntriesByType('resource')
			.find(
				(entry): entry is PerformanceResourceTiming =>
					entry.name.includes('/sync.pull') && entry.startTime >= from
			);
		return pull !== undefined && pull.responseEnd > 0 ? pull.duration : null;
	}, since);
	return Number(await took.jsonValue());
}

/** Waits until so many pictures are on the disk of the tablet, and gives the time since they were handed over. */
export async function savingTook(page: Page, pictures: number): Promise<number> {
	await page.waitForFunction(
		(wanted) =>
			window.marks.commits.filter(
				({ at, tables }) => at > window.marks.picked && tables.includes('captures')
			).length >= wanted,
		pictures
	);
	return page.evaluate(() => {
		const last = window.marks.commits.filter(({ tables }) => tables.includes('captures')).at(-1);
		return (last?.at ?? NaN) - window.marks.picked;
	});
}

/** Tells the page that it is connected, and gives the time until the register has received all bytes. */
export const sendingTook = (page: Page): Promise<number> =>
	page.evaluate(async () => {
		const known = await indexedDB.databases();
		const name = known.find((one) => one.name?.startsWith('bops-'))?.name ?? '';
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const opening = indexedDB.open(name);
			opening.onsuccess = () => resolve(opening.result);
			opening.onerror = () => reject(new Error(String(opening.error)));
		});
		const waiting = () =>
			new Promise<number>((resolve, reject) => {
				const uploads = db.transaction('uploads').objectStore('uploads');
				const counting = uploads.index('state').count('waiting');
				counting.onsuccess = () => resolve(counting.result);
				counting.onerror = () => reject(new Error(String(counting.error)));
			});
		if ((await waiting()) === 0) throw new Error('Nothing waits to be sent.');
		const began = performance.now();
		window.dispatchEvent(new Event('online'));
		while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
		const took = performance.now() - began;
		db.close();
		return took;
	});
