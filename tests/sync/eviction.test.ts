import { describe, expect, test } from 'vitest';
import { openDevice, type Device } from '#lib/local/device.ts';
import {
	forgetCanary,
	noteLoss,
	unreadLosses,
	writeDown,
	type CanaryStore
} from '#lib/local/eviction.ts';
import { perform } from '#lib/local/perform.ts';
import { waitingOn } from '#lib/local/waiting.ts';
import { caseId, jo, newStorage, uuid } from './town.ts';

function newStore(): CanaryStore {
	const kept = new Map<string, string>();
	return {
		getItem: (name) => kept.get(name) ?? null,
		setItem: (name, words) => void kept.set(name, words),
		removeItem: (name) => void kept.delete(name)
	};
}

async function record(device: Device, n: number): Promise<void> {
	const words = { id: uuid(60, n), visitId: null, text: 'A crack above the lintel.' };
	expect(await perform(device, 'write-note', caseId(1), words)).toHaveProperty('outcome');
	await writeDown(device, await waitingOn(device));
}

describe('a browser that throws its databases away', () => {
	test('guarantee-03 it is noticed at the next start, with the numbers that nobody else has', async () => {
		const canary = newStore();
		const before = await openDevice({ officer: jo, indexedDB: newStorage(), canary });
		for (const n of [1, 2, 3]) await record(before, n);
		// the second has been answered
		await before.db.outbox.where({ deviceSeq: 2 }).modify({ state: 'done' });
		await writeDown(before, await waitingOn(before));
		before.close();

		const storage = newStorage();
		const after = await openDevice({ officer: jo, indexedDB: storage, canary });
		expect(after.deviceId).not.toBe(before.deviceId);
		const [lost, ...more] = await unreadLosses(after);
		expect(more).toEqual([]);
		expect(lost).toMatchObject({
			device: before.deviceId,
			whole: true,
			numbered: 3,
			waiting: [
				[1, 1],
				[3, 3]
			],
			missing: null
		});
		after.close();

		// said until it has been read, and not again
		const again = await openDevice({ officer: jo, indexedDB: storage, canary });
		expect(await unreadLosses(again)).toHaveLength(1);
		if (lost !== undefined) await noteLoss(again, lost, { seen: 1 });
		await record(again, 4);
		again.close();
		const later = await openDevice({ officer: jo, indexedDB: storage, canary });
		expect(await unreadLosses(later)).toEqual([]);
		expect(later.deviceId).toBe(after.deviceId);
	});

	test('guarantee-03 storage that has gone back in time never gives a number twice', async () => {
		const canary = newStore();
		const storage = newStorage();
		const device = await openDevice({ officer: jo, indexedDB: storage, canary });
		for (const n of [1, 2, 3, 4]) await record(device, n);
		const late = await device.db.outbox.where('deviceSeq').above(2).primaryKeys();
		// as a tablet restored from an earlier copy of itself
		await device.db.transaction('rw', [device.db.outbox, device.db.sync], async () => {
			await device.db.outbox.bulkDelete(late);
			await device.put('counter', 2);
		});
		device.close();
		const restored = await openDevice({ officer: jo, indexedDB: storage, canary });
		const [lost] = await unreadLosses(restored);
		expect(lost).toMatchObject({ whole: false, waiting: [[3, 4]] });
		await record(restored, 5);
		expect(await restored.db.outbox.orderBy('deviceSeq').lastKey()).toBe(5);
	});

	test('guarantee-03 a new browser, and a copy removed on purpose, are no loss', async () => {
		const canary = newStore();
		const first = await openDevice({ officer: jo, indexedDB: newStorage(), canary });
		expect(await unreadLosses(first)).toEqual([]);
		await record(first, 1);
		forgetCanary(jo.id, canary);
		const next = await openDevice({ officer: jo, indexedDB: newStorage(), canary });
		expect(await unreadLosses(next)).toEqual([]);
	});
});
