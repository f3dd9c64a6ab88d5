import { describe, expect, test } from 'vitest';
import { DeviceDatabase, type OutboxRow, type UploadRow } from '#lib/local/tables.ts';
import { MemoryStorage } from './memory/storage.ts';
import { newStorage } from './town.ts';

/*
 * What the device's code relies on in its database. The simulator runs most of its work over a
 * store in memory; this suite holds that store equal to Dexie's, one behaviour after another.
 */

const stores: Record<string, () => () => DeviceDatabase> = {
	Dexie: () => {
		const storage = newStorage();
		return () => new DeviceDatabase('device', storage);
	},
	'the store in memory': () => {
		const storage = new MemoryStorage();
		return () => storage.open('device');
	}
};

const command = (n: number, more: Partial<OutboxRow> = {}): OutboxRow => ({
	id: `command-${n}`,
	caseId: `case-${n % 2}`,
	deviceSeq: n,
	state: 'queued',
	arrived: 0,
	outcome: null,
	seq: null,
	epoch: null,
	dismissed: 0,
	archived: 0,
	madeAt: n,
	size: 1,
	body: { words: [`words ${n}`] },
	answer: null,
	...more
});

const upload = (n: number): UploadRow => ({
	key: `original:${n}`,
	caseId: 'case-1',
	commandId: `command-${n}`,
	deviceSeq: n,
	sha256: 'ab',
	of: 'original',
	id: `${n}`,
	mime: 'image/jpeg',
	size: 1,
	state: 'waiting',
	url: null,
	receipt: null,
	seq: null,
	epoch: null,
	archived: 0
});

const nameOf = (error: unknown) => (error as Error).name;
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

for (const [name, newStore] of Object.entries(stores))
	describe(`${name} keeps rows as the device’s code expects:`, () => {
		const filled = async (count = 12) => {
			const db = newStore()();
			for (let n = count; n > 0; n--) await db.outbox.put(command(n));
			return db;
		};

		test('a row is read as it was written, and nobody’s later change reaches it', async () => {
			const db = newStore()();
			const row = command(1, { body: new Uint8Array([1, 2, 3]).buffer, answer: undefined });
			await db.outbox.put(row);
			row.state = 'done';
			const read = await db.outbox.get(row.id);
			expect(read).toEqual({ ...row, state: 'queued' });
			if (read !== undefined) read.state = 'trouble';
			new Uint8Array((read?.body as ArrayBuffer) ?? new ArrayBuffer(1)).fill(9);
			expect((await db.outbox.get(row.id))?.state).toBe('queued');
			const again = (await db.outbox.get(row.id))?.body as ArrayBuffer;
			expect([...new Uint8Array(again)]).toEqual([1, 2, 3]);
		});

		test('nested words written are a copy', async () => {
			const db = newStore()();
			const words = ['as written'];
			await db.outbox.put(command(1, { body: { words } }));
			words[0] = 'changed since';
			expect((await db.outbox.get('command-1'))?.body).toEqual({ words: ['as written'] });
		});

		test('rows come in the order of their keys, of an index in its order and then theirs', async () => {
			const db = await filled();
			const byKey = ['1', '10', '11', '12', '2', '3', '4', '5', '6', '7', '8', '9'];
			expect(await db.outbox.toCollection().primaryKeys()).toEqual(
				byKey.map((n) => `command-${n}`)
			);
			expect(ids(await db.outbox.orderBy('deviceSeq').toArray())[9]).toBe('command-10');
			expect(ids(await db.outbox.where({ caseId: 'case-0' }).toArray())).toEqual(
				byKey.filter((n) => Number(n) % 2 === 0).map((n) => `command-${n}`)
			);
			expect(ids(await db.outbox.where({ state: 'queued' }).sortBy('deviceSeq'))[1]).toBe(
				'command-2'
			);
			expect((await db.outbox.orderBy('deviceSeq').reverse().first())?.deviceSeq).toBe(12);
			expect((await db.outbox.orderBy('deviceSeq').last())?.deviceSeq).toBe(12);
			expect((await db.outbox.orderBy('deviceSeq').limit(3).toArray()).length).toBe(3);
		});

		test('rows are found by one value, several, none of it, a beginning, a bound and a test', async () => {
			const db = await filled(6);
			await db.outbox.update('command-2', { state: 'done' });
			await db.outbox.update('command-5', { state: 'answered' });
			const { outbox } = db;
			expect(await outbox.where('state').anyOf('queued', 'done').count()).toBe(5);
			expect(ids(await outbox.where('state').anyOf(['done', 'answered']).toArray())).toEqual([
				'command-5',
				'command-2'
			]);
			expect(await outbox.where('state').notEqual('queued').primaryKeys()).toEqual([
				'command-5',
				'command-2'
			]);
			expect(await outbox.where('id').startsWith('command-').count()).toBe(6);
			expect(await outbox.where('deviceSeq').belowOrEqual(2).count()).toBe(2);
			expect(await outbox.where('deviceSeq').above(4).count()).toBe(2);
			expect(await outbox.filter((row) => row.deviceSeq > 3).primaryKeys()).toEqual([
				'command-4',
				'command-5',
				'command-6'
			]);
			expect(await outbox.where({ state: 'queued', caseId: 'case-0' }).count()).toBe(2);
			expect(await outbox.count()).toBe(6);
			expect(await outbox.get('nobody')).toBeUndefined();
			expect((await outbox.bulkGet(['command-1', 'nobody'])).map((row) => row?.id)).toEqual([
				'command-1',
				undefined
			]);
		});

		test('changing rows changes those alone, and their indexes', async () => {
			const db = await filled(4);
			const changed = await db.outbox.where({ caseId: 'case-1' }).modify((row) => {
				row.state = 'done';
			});
			expect(changed).toBe(2);
			expect(await db.outbox.where({ state: 'done' }).primaryKeys()).toEqual([
				'command-1',
				'command-3'
			]);
			expect(await db.outbox.where({ state: 'queued' }).delete()).toBe(2);
			expect(await db.outbox.update('nobody', { state: 'done' })).toBe(0);
			await db.outbox.bulkDelete(['command-1', 'nobody']);
			expect(await db.outbox.toCollection().primaryKeys()).toEqual(['command-3']);
			await db.outbox.clear();
			expect(await db.outbox.count()).toBe(0);
		});

		test('a compound index is walked without reading rows, a row without its parts is not in it', async () => {
			const db = newStore()();
			for (const [n, keptAt] of [3, 1, 2].entries())
				await db.copies.put({
					sha256: `hash-${n}`,
					caseId: 'case-1',
					mime: 'image/png',
					size: 10 + n,
					keptAt,
					body: new ArrayBuffer(1)
				});
			await db.copies.put({ sha256: 'none', caseId: 'case-1' } as never);
			const walked: unknown[] = [];
			await db.copies
				.orderBy('[keptAt+size]')
				.reverse()
				.eachKey((key, { primaryKey }) => walked.push([key, primaryKey]));
			expect(walked).toEqual([
				[[3, 10], 'hash-0'],
				[[2, 12], 'hash-2'],
				[[1, 11], 'hash-1']
			]);
		});

		test('rows that count themselves are numbered upwards, never twice', async () => {
			const db = newStore()();
			const row = { at: 1, what: 'w', detail: '' };
			expect(await db.journal.add({ ...row })).toBe(1);
			expect(await db.journal.add({ ...row })).toBe(2);
			await db.journal.delete(2);
			expect(await db.journal.add({ ...row })).toBe(3);
			await db.journal.where('n').belowOrEqual(1).delete();
			expect(await db.journal.toCollection().primaryKeys()).toEqual([3]);
		});

		test('a key, and a unique number, are given once', async () => {
			const db = await filled(2);
			await expect(db.outbox.add(command(1))).rejects.toSatisfy(
				(error) => nameOf(error) === 'ConstraintError'
			);
			await expect(db.outbox.put(command(9, { deviceSeq: 2 }))).rejects.toSatisfy(
				(error) => nameOf(error) === 'ConstraintError'
			);
			expect(await db.outbox.count()).toBe(2);
		});

		test('a transaction that fails leaves nothing behind, in any table', async () => {
			const db = await filled(2);
			const failed = db.transaction('rw', [db.outbox, db.uploads], async () => {
				await db.outbox.put(command(3));
				await db.uploads.put(upload(3));
				await db.outbox.delete('command-1');
				await db.outbox.where({ id: 'command-2' }).modify({ state: 'done' });
				throw new RangeError('stopped');
			});
			await expect(failed).rejects.toSatisfy((error) => nameOf(error) === 'RangeError');
			expect(ids(await db.outbox.toArray())).toEqual(['command-1', 'command-2']);
			expect(await db.outbox.where({ state: 'queued' }).count()).toBe(2);
			expect(await db.uploads.count()).toBe(0);
		});

		test('a transaction sees its own changes, and may not touch a table it did not name', async () => {
			const db = await filled(1);
			const seen = await db.transaction('rw', db.outbox, async () => {
				await db.outbox.put(command(2));
				return db.outbox.count();
			});
			expect(seen).toBe(2);
			await expect(
				db.transaction('rw', db.outbox, () => db.uploads.put(upload(1)))
			).rejects.toThrow();
			await expect(
				db.transaction('r', db.outbox, () => db.outbox.put(command(3)))
			).rejects.toThrow();
			expect(await db.outbox.count()).toBe(2);
		});

		test('what fails inside and is caught inside does not undo the rest', async () => {
			const db = await filled(1);
			await db.transaction('rw', db.outbox, async () => {
				await db.outbox.put(command(2));
				await db.outbox.add(command(1)).catch(() => undefined);
			});
			expect(await db.outbox.count()).toBe(2);
		});

		test('two tabs that count in one table never give the same number', async () => {
			const open = newStore();
			const tabs = [open(), open()];
			const count = (db: DeviceDatabase) =>
				db.transaction('rw', db.sync, async () => {
					const next = (((await db.sync.get('counter'))?.value as number | undefined) ?? 0) + 1;
					await db.sync.put({ key: 'counter', value: next });
					return next;
				});
			const given = await Promise.all(
				Array.from({ length: 20 }, (_, n) => count(tabs[n % 2] as DeviceDatabase))
			);
			expect(new Set(given).size).toBe(20);
			expect((await tabs[0]?.sync.get('counter'))?.value).toBe(20);
		});

		test('a reader in another tab sees all of a change or nothing of it', async () => {
			const open = newStore();
			const [here, there] = [open(), open()];
			const writing = here.transaction('rw', [here.outbox, here.uploads], async () => {
				await here.outbox.put(command(1));
				await here.outbox.get('command-1');
				await here.uploads.put(upload(1));
			});
			const seen = await there.transaction('r', [there.outbox, there.uploads], () =>
				Promise.all([there.outbox.count(), there.uploads.count()])
			);
			await writing;
			expect([0, 1]).toContain(seen[0]);
			expect(seen[0]).toBe(seen[1]);
		});

		test('a closed database says so, and serves again when it is opened', async () => {
			const open = newStore();
			const db = open();
			await db.outbox.put(command(1));
			db.close();
			await expect(db.outbox.count()).rejects.toSatisfy(
				(error) => nameOf(error) === 'DatabaseClosedError'
			);
			await db.open();
			expect(await db.outbox.count()).toBe(1);
			db.close();
			expect(await open().outbox.count()).toBe(1);
		});
	});
