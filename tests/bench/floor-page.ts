import type { Page } from 'playwright';
import { pinRounds } from '#lib/local/data-key.ts';
import type { PulledRecord } from '#lib/commands/protocol.ts';
import type { FloorServer } from './floor.ts';

/** What the page of the floor offers (floor.ts). */
interface FloorTools {
	/** AES-256-GCM as a tablet seals: a nonce of its own for each body, the row's name authenticated */
	seal(bytes: BufferSource, name: string): Promise<ArrayBuffer>;
	/** as an officer's PIN is stretched */
	stretch(rounds: number): Promise<ArrayBuffer>;
}

declare global {
	interface Window {
		Dexie: typeof import('dexie').Dexie;
		floor: FloorTools;
	}
}

/** Opens the bare page. */
export async function openFloor(page: Page, floor: FloorServer): Promise<void> {
	await page.goto(floor.origin);
	await page.waitForFunction(() => 'floor' in window);
}

/** Fetches recorded answers and puts their records, sealed or not, with one bulk put. Milliseconds. */
export const fetchAndPut = (
	page: Page,
	paths: readonly string[],
	sealed: boolean
): Promise<number> =>
	page.evaluate(
		async ({ addresses, sealed }) => {
			const db = new window.Dexie(`floor-${crypto.randomUUID()}`, {
				chromeTransactionDurability: 'strict',
				cache: 'disabled'
			});
			db.version(1).stores({ records: 'key, caseId, kind', sync: 'key' });
			// as on a tablet, where something has been written before
			await db.table('sync').put({ key: 'deviceId', value: crypto.randomUUID() });
			const began = performance.now();
			const rows: Promise<unknown>[] = [];
			for (const address of addresses) {
				const answer = (await (await fetch(address)).json()) as {
					result: { data: { cursor: { epoch: string }; records: PulledRecord[] } };
				};
				const { data } = answer.result;
				for (const { kind, record, seq } of data.records) {
					const key = `${kind}:${record.id}`;
					const { epoch } = data.cursor;
					const row = { key, kind, caseId: record.caseId, seq, epoch };
					const body = () => new TextEncoder().encode(JSON.stringify(record));
					rows.push(
						sealed
							? window.floor.seal(body(), key).then((body) => ({ ...row, body }))
							: Promise.resolve({ ...row, body: record })
					);
				}
			}
			if (rows.length > 0) await db.table('records').bulkPut(await Promise.all(rows));
			const took = performance.now() - began;
			await db.delete();
			return took;
		},
		{ addresses: paths, sealed }
	);

/** Writes so many photographs into IndexedDB, sealed or not, each durably. Milliseconds. */
export const writeDurably = (page: Page, count: number, sealed: boolean): Promise<number> =>
	page.evaluate(
		async ({ photographs, sealed }) => {
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
			// the next ones are sealed while one is written
			const bodies = all.map((bytes, nth) =>
				sealed ? window.floor.seal(bytes, String(nth)) : Promise.resolve(bytes)
			);
			for (const [nth, sealing] of bodies.entries()) {
				const body = await sealing;
				await new Promise<void>((resolve, reject) => {
					const written = db.transaction('bytes', 'readwrite', { durability: 'strict' });
					written.objectStore('bytes').put(body, nth);
					written.oncomplete = () => resolve();
					written.onerror = () => reject(new Error(String(written.error)));
				});
			}
			const took = performance.now() - began;
			db.close();
			indexedDB.deleteDatabase(name);
			return took;
		},
		{ photographs: count, sealed }
	);

/** Sends so many photographs, one after the other, to a server that writes each durably. Milliseconds. */
export const putPlainly = (page: Page, count: number): Promise<number> =>
	page.evaluate(async (photographs) => {
		const bytes = await (await fetch('/photograph')).arrayBuffer();
		const began = performance.now();
		for (let nth = 0; nth < photographs; nth += 1)
			await fetch('/photographs', { method: 'PUT', body: bytes });
		return performance.now() - began;
	}, count);

/** Stretches a PIN, without which no copy can be opened. Milliseconds. */
export const stretchPin = (page: Page): Promise<number> =>
	page.evaluate(async (rounds) => {
		const began = performance.now();
		await window.floor.stretch(rounds);
		return performance.now() - began;
	}, pinRounds);
