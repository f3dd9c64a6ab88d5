import { IDBDatabase } from 'fake-indexeddb';
import { describe, expect, test, vi } from 'vitest';
import { photographRoom } from '#lib/domain/photograph-room.ts';
import { blockSize, giveRoomBack, keepRoom } from '#lib/local/ballast.ts';
import { askToPersist, openDevice } from '#lib/local/device.ts';
import { DeviceProblem, Healing } from '#lib/local/healing.ts';
import { KnownOfficers } from '#lib/local/known-officers.ts';
import { perform } from '#lib/local/perform.ts';
import { evictCopies } from '#lib/local/release.ts';
import { copyOf, heldHashes, keepCopy, sha256Of, type CaptureBytes } from '#lib/local/captures.ts';
import { draft, keepDraft } from '#lib/local/drafts.ts';
import { caseId, jo, newStorage, sam, uuid } from './town.ts';

const error = (name: string, inner?: Error) => Object.assign(new Error(name), { name, inner });

describe('the device’s storage', () => {
	test('S2 a connection the browser has dropped is opened again, and the work is done', async () => {
		const device = await openDevice({ officer: jo, indexedDB: newStorage() });
		await keepDraft(device, 'a', 'before', caseId(1));
		device.db.close();
		await keepDraft(device, 'b', 'after', caseId(1));
		expect(await draft(device, 'a')).toBe('before');
		expect(await draft(device, 'b')).toBe('after');
		const noted = await device.db.journal.toArray();
		expect(noted.map((row) => row.what)).toContain('reopened');
	});

	test('guarantee-01 words that the storage does not take outlive a reload, until they are kept', async () => {
		const memory = new Map<string, string>();
		vi.stubGlobal('sessionStorage', {
			getItem: (name: string) => memory.get(name) ?? null,
			setItem: (name: string, words: string) => memory.set(name, words),
			removeItem: (name: string) => memory.delete(name)
		});
		try {
			const storage = newStorage();
			const device = await openDevice({ officer: jo, indexedDB: storage });
			await keepDraft(device, 'a', 'Half a', caseId(1));
			expect(memory.size).toBe(0);
			let broken = true;
			device.db.drafts.hook('updating', () => {
				if (broken) throw error('UnknownError');
			});
			const keeping = keepDraft(device, 'a', 'Half a sentence', caseId(1));
			await expect(keeping).rejects.toMatchObject({ kind: 'broken' });

			const reloaded = await openDevice({ officer: jo, indexedDB: storage });
			expect(await draft(reloaded, 'a')).toBe('Half a sentence');
			expect(await draft(await openDevice({ officer: sam, indexedDB: storage }), 'a')).toBe(
				undefined
			);
			broken = false;
			await keepDraft(device, 'a', 'Half a sentence about', caseId(1));
			expect(memory.size).toBe(0);
			expect(await draft(reloaded, 'a')).toBe('Half a sentence about');
		} finally {
			vi.unstubAllGlobals();
		}
	});

	test('S2 work that fails on a broken connection is tried again, and a bound is kept', async () => {
		const device = await openDevice({ officer: jo, indexedDB: newStorage() });
		const healing = new Healing(device.db, () => undefined);
		let times = 0;
		const flaky = () =>
			++times < 3 ? Promise.reject(error('UnknownError')) : Promise.resolve('ok');
		expect(await healing.run(flaky)).toBe('ok');
		expect(times).toBe(3);
		times = -10;
		await expect(healing.run(flaky)).rejects.toMatchObject({ kind: 'broken' });
		expect(times).toBe(-6);
	});

	test('S2 a full tablet is said in a sentence, wherever the browser hides the reason', async () => {
		const device = await openDevice({ officer: jo, indexedDB: newStorage() });
		const full = error('AbortError', error('QuotaExceededError'));
		const failing = device.run(() => Promise.reject(full));
		await expect(failing).rejects.toThrow('This tablet is full. What you made is still on screen');
		await expect(failing).rejects.toBeInstanceOf(DeviceProblem);
		// a disk without a byte left, in Chromium's words
		const disk = Object.assign(new Error('Failed to write blobs (IOError)'), { name: 'DataError' });
		await expect(device.run(() => Promise.reject(error('AbortError', disk)))).rejects.toMatchObject(
			{ kind: 'full' }
		);
		await expect(device.run(() => Promise.reject(error('TypeError')))).rejects.toThrow('TypeError');
	});

	test('guarantee-01 every write asks for the strict durability of the disk', async () => {
		const asked = new Set<string | undefined>();
		const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
		const device = await openDevice({ officer: jo, indexedDB: newStorage() });
		await keepDraft(device, 'a', 'words', caseId(1));
		for (const [, mode, options] of begin.mock.calls)
			if (mode === 'readwrite') asked.add(options?.durability);
		begin.mockRestore();
		expect([...asked]).toEqual(['strict']);
	});

	test('S2 the journal is a ring', async () => {
		const device = await openDevice({ officer: jo, indexedDB: newStorage() });
		const { journal } = await import('#lib/local/device.ts');
		for (let n = 0; n < 620; n++) await journal(device, 'test', String(n));
		const kept = await device.db.journal.count();
		expect(kept).toBeGreaterThanOrEqual(500);
		expect(kept).toBeLessThanOrEqual(550);
	});

	test('S8 copies may be evicted, oldest first', async () => {
		let now = 0;
		const clock = () => new Date(++now);
		const device = await openDevice({ officer: jo, indexedDB: newStorage(), clock });
		const hashes: string[] = [];
		for (let n = 0; n < 4; n++) {
			const bytes = new Uint8Array(10).fill(n).buffer;
			const sha256 = await sha256Of(bytes);
			hashes.push(sha256);
			await keepCopy(device, { sha256, caseId: caseId(1), mime: 'image/png', bytes });
		}
		await evictCopies(device, 25);
		expect([...(await heldHashes(device, hashes))].sort()).toEqual(hashes.slice(2).sort());
		expect((await copyOf(device, hashes[3] ?? ''))?.mime).toBe('image/png');
		const wrong = new Uint8Array([1]).buffer;
		await expect(
			keepCopy(device, { sha256: hashes[0] ?? '', caseId: caseId(1), mime: 'x', bytes: wrong })
		).rejects.toThrow('not the ones');
	});

	test('S2 a full tablet gives up its oldest copies for what was just made, and never a capture', async () => {
		const device = await openDevice({ officer: jo, indexedDB: newStorage() });
		const { db } = device;
		const hashes: string[] = [];
		for (let n = 0; n < 3; n++) {
			const bytes = new Uint8Array(10).fill(n).buffer;
			hashes.push(await sha256Of(bytes));
			const sha256 = hashes.at(-1) ?? '';
			await keepCopy(device, { sha256, caseId: caseId(1), mime: 'image/png', bytes });
		}
		let room = 0;
		db.captures.hook('creating', () => {
			if (room-- <= 0) throw error('AbortError', error('QuotaExceededError'));
		});
		db.copies.hook('deleting', () => {
			room = 1;
		});
		const save = async (n: number) => {
			const bytes = new Uint8Array(10).fill(100 + n).buffer;
			const sha256 = await sha256Of(bytes);
			const id = uuid(77, n);
			return perform(device, 'write-note', caseId(1), { id, visitId: null, text: 'Plan' }, [
				{ sha256, of: 'document', id, mime: 'application/pdf', bytes }
			]);
		};
		expect(await save(1)).toHaveProperty('outcome');
		expect(await db.captures.count()).toBe(1);
		expect(await db.outbox.count()).toBe(1);
		expect((await heldHashes(device, hashes)).size).toBe(0);

		// no copies are left to give up
		await expect(save(2)).rejects.toMatchObject({ kind: 'full' });
		expect(await db.captures.count()).toBe(1);
		expect(await db.outbox.count()).toBe(1);
	});

	test('guarantee-02 room kept for a visit is exchanged for photographs, block by block, and given back', async () => {
		const device = await openDevice({ officer: jo, indexedDB: newStorage() });
		const { db } = device;
		expect(await keepRoom(device, 'a visit', 2)).toBe(2);
		const blocks = await db.ballast.count();
		expect(blocks * blockSize).toBeGreaterThanOrEqual(2 * photographRoom.bytes);
		// what is there already counts
		expect(await keepRoom(device, 'a visit', 2)).toBe(2);
		expect(await db.ballast.count()).toBe(blocks);

		const bytes = new Uint8Array(blockSize + 1).fill(7).buffer;
		const sha256 = await sha256Of(bytes);
		const words = { id: uuid(78, 1), visitId: null, text: 'Plan' };
		const save = (...captured: CaptureBytes[]) =>
			perform(device, 'write-note', caseId(1), words, captured);
		const mime = 'application/pdf';
		await save({ sha256, of: 'document', id: words.id, mime, bytes });
		expect(await db.ballast.count()).toBe(blocks - 2);

		// words meet a full tablet: a block goes, and they are saved
		let full = true;
		db.outbox.hook('creating', () => {
			if (full) throw error('AbortError', error('QuotaExceededError'));
		});
		db.ballast.hook('deleting', () => {
			full = false;
		});
		words.id = uuid(78, 2);
		expect(await save()).toHaveProperty('outcome');
		expect(await db.ballast.count()).toBe(blocks - 3);

		await giveRoomBack(device, 'another visit');
		expect(await db.ballast.count()).toBe(blocks - 3);
		await giveRoomBack(device, 'a visit');
		expect(await db.ballast.count()).toBe(0);
	});

	test('S1 the officers who worked here are known with no network', async () => {
		const known = new KnownOfficers(newStorage());
		await known.remember(jo, 'Milltown', 1);
		await known.remember(sam, 'Milltown', 2);
		expect((await known.all()).map((one) => one.name)).toEqual([sam.name, jo.name]);
		expect((await known.current())?.officerId).toBe(sam.id);
		await known.signedOut(sam.id);
		expect(await known.current()).toBeUndefined();
		// who signed out is still known: what they recorded waits here, locked
		expect(await known.all()).toHaveLength(2);
		await known.wiped(sam.id);
		expect(await known.all()).toHaveLength(1);
	});

	test('S2 where the browser cannot be asked to keep our storage, that is what is kept', async () => {
		const device = await openDevice({ officer: jo, indexedDB: newStorage() });
		expect(await askToPersist(device)).toBeNull();
		expect(await device.remembered('persisted')).toBeNull();
	});
});
