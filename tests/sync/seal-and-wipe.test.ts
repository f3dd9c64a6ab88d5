import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
	entryHead,
	readBegin,
	readFrom,
	readItems,
	rescueMark
} from '#lib/commands/rescue-file.ts';
import { withTables } from '#lib/local/device.ts';
import { keepDraft } from '#lib/local/drafts.ts';
import { beginOf } from '#lib/local/rescue.ts';
import { mayTry } from '#lib/local/unlock.ts';
import { NotTaken } from '#lib/sync/send-pieces.ts';
import { sealAndWipe, type Orders, type Wiping } from '#lib/sync/seal-and-wipe.ts';
import { takeInBeforeWiping } from '#lib/server/rescue/before-wiping.ts';
import { DeviceLocks } from '#lib/server/sealing/device-locks.ts';
import { SealedTablet } from './sealed-tablet.ts';
import { caseId, jo, ria } from './town.ts';

const ada = ria;
let on: SealedTablet;
beforeEach(async () => {
	on = await new SealedTablet().open();
});
afterEach(() => on.close());

const locks = () => new DeviceLocks(on.council.register);
const now = () => new Date(on.council.now);
const order = () => locks().set(on.keys.deviceId, 'wipe', ada.id, now());

/** The register as the tablet reaches it, that is cut off before or after its nth answer. */
function register(cutAt = Infinity, after = false): Orders & { calls: number } {
	const orders = {
		calls: 0,
		standing: () => reach(async () => locks().standing(on.keys.deviceId)).catch(() => null),
		handOver: (parts: Uint8Array<ArrayBuffer>[]) =>
			reach(async () => {
				const whole = Buffer.concat(parts);
				const read = readFrom(whole);
				const { begin, at } = await readBegin(read, whole.byteLength);
				const items = readItems(read, at, whole.byteLength);
				return takeInBeforeWiping(on.served, on.keys.deviceId, { begin, items }, now());
			}),
		did: (what: 'handed-over' | 'not-all', count: { things: number; not: number }) =>
			reach(async () => void locks().did(on.keys.deviceId, what, now(), count)),
		wiped: () => reach(async () => void locks().did(on.keys.deviceId, 'wiped', now()))
	};
	async function reach<T>(work: () => Promise<T>): Promise<T> {
		const cut = orders.calls++ === cutAt;
		if (cut && !after) throw new NotTaken(null, 'cut off');
		const answer = await work();
		if (cut) throw new NotTaken(null, 'cut off');
		return answer;
	}
	return orders;
}

const obey = (orders: Orders): Promise<Wiping> =>
	sealAndWipe(
		on.known,
		jo.id,
		orders,
		{ council: 'Milltown', app: '1', now },
		on.storage.openWith(jo.id)
	);

/** Rows of the officer's copy that are still on the tablet. */
const left = () =>
	withTables({ officer: jo, ...on.storage.openWith(jo.id) }, async (db) => {
		const counts = await Promise.all(
			[db.records, db.outbox, db.captures, db.uploads, db.drafts, db.copies].map((one) =>
				one.count()
			)
		);
		return counts.reduce((sum, one) => sum + one, 0);
	});

/** Five things that nobody else has: two notes, a photograph with its pictures, half a sentence. */
async function unsent() {
	await on.note('One.');
	const photograph = await on.photograph();
	await on.note('Two.');
	await keepDraft(on.tablet.device, 'note:new', 'Half a sen', caseId(1));
	on.tablet.closeTabs();
	return photograph;
}

describe('sealing and wiping', () => {
	test('guarantee-14 what is unsent waits for a team leader before anything is removed, and is accepted whole', async () => {
		const photograph = await unsent();
		order();
		expect(await obey(register())).toBe('wiped');
		expect(await left()).toBe(0);
		expect(await on.known.keys(jo.id)).toBeUndefined();
		expect(locks().standing(on.keys.deviceId)).toBe('wiped');
		expect(locks().of(on.keys.deviceId)?.steps).toMatchObject([
			{ what: 'wipe-ordered', by: ada.id },
			// the visit that had been sent, two notes, a photograph, two pictures, half a sentence
			{ what: 'handed-over', things: 7, not: 0 },
			{ what: 'wiped' }
		]);

		expect(on.file.all('note')).toEqual([]);
		const waiting = on.council.register.quarantined();
		expect(waiting.map(({ code }) => code).sort()).toEqual([
			'from-wiped-tablet',
			'from-wiped-tablet',
			'from-wiped-tablet',
			'never-finished'
		]);
		for (const { id, code } of waiting)
			if (code !== 'never-finished') on.council.register.acceptQuarantined(id, ria);
		expect(
			on.file
				.all('note')
				.map(({ text }) => text)
				.sort()
		).toEqual(['One.', 'Two.']);
		expect(on.file.all('photo')[0]?.sha256).toBe(photograph.bytes[0]?.sha256);
	});

	test.each([
		['before', false],
		['after', true]
	])('guarantee-14 cut off %s any answer, it goes on and loses nothing', async (_, after) => {
		await unsent();
		order();
		let cuts = 0;
		while ((await obey(register(cuts, after))) !== 'wiped') {
			cuts++;
			expect(mayTry((await on.known.keys(jo.id)) ?? on.keys)).toEqual({ is: 'wiping' });
		}
		// its standing, three pieces of words and two questions and two pictures, and two steps
		expect(cuts).toBeGreaterThan(3);
		expect(on.council.register.quarantined()).toHaveLength(4);
		expect(await left()).toBe(0);
		expect(locks().standing(on.keys.deviceId)).toBe('wiped');
	});

	test('what another window writes while the rest is handed over is handed over too', async () => {
		await unsent();
		order();
		const orders = register();
		let late = 0;
		const did: Orders['did'] = async (what, count) => {
			await orders.did(what, count);
			if (late++ > 0) return;
			await withTables({ officer: jo, ...on.storage.openWith(jo.id) }, async (db) => {
				const [row] = await db.drafts.toArray();
				if (row !== undefined) await db.drafts.put({ ...row, key: 'note:late' });
			});
		};
		// its body is another row's and so does not open: it is not lost by that, but named
		expect(await obey({ ...orders, did })).toBe('not-all');
		expect(await left()).toBeGreaterThan(0);
	});

	test('without contact, or when the order is taken back, nothing is removed', async () => {
		await unsent();
		const before = await left();
		order();
		expect(await obey(register(0))).toBe('later');
		expect(await left()).toBe(before);
		locks().set(on.keys.deviceId, 'locked', ada.id, now());
		expect(await obey(register())).toBe('withdrawn');
		expect(await left()).toBe(before);
		expect(await on.known.keys(jo.id)).toMatchObject({ standing: 'locked', lease: null });
		await expect(register().handOver([new Uint8Array(onePiece())])).rejects.toThrow(
			'Nobody has ordered'
		);
	});

	test('what cannot be handed over stays on the tablet, sealed, and the administrator reads it', async () => {
		await unsent();
		await withTables({ officer: jo, ...on.storage.openWith(jo.id) }, async (db) => {
			const [row] = await db.outbox.where('state').equals('queued').toArray();
			if (row !== undefined) await db.outbox.update(row.id, { body: new ArrayBuffer(64) });
		});
		const before = await left();
		order();
		expect(await obey(register())).toBe('not-all');
		expect(await left()).toBe(before);
		expect(locks().standing(on.keys.deviceId)).toBe('wipe');
		expect(locks().of(on.keys.deviceId)?.steps.at(-1)).toMatchObject({ what: 'not-all', not: 1 });
	});

	test('a copy that comes back from before it was wiped goes the same way', async () => {
		await unsent();
		const keys = await on.known.keys(jo.id);
		order();
		expect(await obey(register())).toBe('wiped');
		if (keys !== undefined) await on.known.addKeys(keys);
		expect(await obey(register())).toBe('wiped');
		expect(await on.known.keys(jo.id)).toBeUndefined();
	});
});

/** A piece that says it is of this tablet, with nothing in it. */
function onePiece(): Uint8Array {
	const who = { keys: on.keys, council: 'Milltown', app: '1', madeAt: now().toISOString() };
	const begin = entryHead(beginOf(who, { part: 1, parts: 1, entries: 0 }), 0);
	return Buffer.concat([rescueMark, begin, entryHead({ is: 'end' }, 0)]);
}
