import type { Page } from 'playwright';
import type { PulledRecord } from '#lib/commands/protocol.ts';
import type { FloorServer } from './floor.ts';

declare global {
	interface Window {
		Dexie: typeof import('dexie').Dexie;
	}
}

/** Opens the bare page. */
export async function openFloor(page: Page, floor: FloorServer): Promise<void> {
	await page.goto(floor.origin);
	await page.waitForFunction(() => 'Dexie' in window);
}

/** Fetches recorded answers and puts their records with one bulk put. Milliseconds. */
export const fetchAndPut = (page: Page, paths: readonly string[]): Promise<number> =>
	page.evaluate(async (addresses) => {
		const db = new window.Dexie(`floor-${crypto.randomUUID()}`, {
			chromeTransactionDurability: 'strict',
			cache: 'disabled'
		});
		db.version(1).stores({ records: 'key, caseId, kind', sync: 'key' });
		// as on a tablet, where something has been written before
		await db.table('sync').put({ key: 'deviceId', value: crypto.randomUUID() });
		const began = performance.now();
		const rows: unknown[] = [];
		for (const address of addresses) {
			const answer = (await (await fetch(address)).json()) as {
				result: { data: { cursor: { epoch: string }; records: PulledRecord[] } };
			};
			const { data } = answer.result;
			for (const { kind, record, seq } of data.records) {
				const key = `${kind}:${record.id}`;
				const { epoch } = data.cursor;
				rows.push({ key, kind, caseId: record.caseId, seq, epoch, body: record });
			}
		}
		if (rows.length > 0) await db.table('records').bulkPut(rows);
		const took = performance.now() - began;
		await db.delete();
		return took;
	}, paths);

/** Writes so many photographs into IndexedDB, each durably. Milliseconds. */
export const writeDurably = (page: Page, count: number): Promise<number> =>
	page.evaluate(async (photographs) => {
		const name = `raw-${crypto.randomUUID()}`;
		const db = await new Promise<IDBDatabase>((resolve, reject) => {
			const opening = indexedDB.open(name, 1);
			opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
			opening.onsuccess = () => resolve(opening.result);
			opening.onerror = () => reject(new Error(String(opening.error)));
		});
		const all: ArrayBuffer[] = [];
		for (let nth = 0; nth < photographs; nth += 1)
			all.push(await (await fetch('/photograph')).arrayBuffer());
		const began = performance.now();
		for (const [nth, bytes] of all.entries())
			await new Promise<void>((resolve, reject) => {
				const written = db.transaction('bytes', 'readwrite', { durability: 'strict' });
				written.objectStore('bytes').put(bytes, nth);
				written.oncomplete = () => resolve();
				written.onerror = () => reject(new Error(String(written.error)));
			});
		const took = performance.now() - began;
		db.close();
		indexedDB.deleteDatabase(name);
		return took;
	}, count);

/** Sends so many photographs, one after the other, to a server that writes each durably. Milliseconds. */
export const putPlainly = (page: Page, count: number): Promise<number> =>
	page.evaluate(async (photographs) => {
		const bytes = await (await fetch('/photograph')).arrayBuffer();
		const began = performance.now();
		for (let nth = 0; nth < photographs; nth += 1)
			await fetch('/photographs', { method: 'PUT', body: bytes });
		return performance.now() - began;
	}, count);
