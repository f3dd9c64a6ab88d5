import { describe, expect, test } from 'vitest';
import { keepLetter, openDevice, type Device } from '#lib/local/device.ts';
import { draft, dropDraft, keepDraft } from '#lib/local/drafts.ts';
import { dryRun, perform } from '#lib/local/perform.ts';
import { bytesOf, nextPhotoNumber, sha256Of } from '#lib/local/captures.ts';
import { caseByReference, recordName, shownCase, shownCases } from '#lib/local/shown-case.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { aCase, caseId, jo, newStorage, sam, uuid } from './town.ts';

async function put(device: Device, ...records: TypedRecord[]) {
	for (const { kind, record } of records) {
		const key = `${kind}:${record.id}`;
		const body = await device.codec.seal(record, recordName(key));
		const { caseId } = record;
		await device.db.records.put({ key, kind, caseId, seq: 1, epoch: 'e', body });
		await device.db.held.put({ caseId, round: 'r', leaving: 0 });
	}
}

const deviceWithCase = async () => {
	const storage = newStorage();
	const device = await openDevice({ officer: jo, indexedDB: storage });
	await put(device, {
		kind: 'case',
		record: { ...aCase(1, jo.id), reference: '26-00001-HAPP', previousReferences: ['26-00001-PA'] }
	});
	return { device, storage };
};

describe('this device’s copy', () => {
	test('S1 a note is on the case at once, with no network anywhere', async () => {
		const { device } = await deviceWithCase();
		const id = uuid(9, 1);
		const done = await perform(device, 'write-note', caseId(1), { id, visitId: null, text: 'Wet' });
		expect(done).toMatchObject({ outcome: 'applied' });
		const shown = await shownCase(device, caseId(1));
		expect(shown?.file.get('note', id)?.text).toBe('Wet');
		expect(shown?.unsent.get(id)).toBe('on-this-tablet');
		expect(await shownCases(device)).toMatchObject([{ unsentCount: 1, needsMe: false }]);
	});

	test('S1 a case is found by id, by reference and by an earlier reference', async () => {
		const { device } = await deviceWithCase();
		expect(await caseByReference(device, caseId(1))).toBe(caseId(1));
		expect(await caseByReference(device, '26-00001-happ')).toBe(caseId(1));
		expect(await caseByReference(device, '26-00001-PA')).toBe(caseId(1));
		expect(await caseByReference(device, '26-00002-HAPP')).toBeUndefined();
	});

	test('S2 a photograph and its bytes are there after the app starts again', async () => {
		const { device, storage } = await deviceWithCase();
		const visit = uuid(9, 2);
		await perform(device, 'plan-visit', caseId(1), {
			id: visit,
			plannedFor: '2026-03-04',
			plannedTime: '',
			purpose: '',
			access: ''
		});
		const bytes = new Uint8Array([1, 2, 3]).buffer;
		const sha256 = await sha256Of(bytes);
		const id = uuid(9, 3);
		const number = await nextPhotoNumber(device, visit);
		expect(number).toBe('JB-1');
		await perform(
			device,
			'take-photo',
			caseId(1),
			{
				id,
				visitId: visit,
				number,
				caption: '',
				sha256,
				mime: 'image/jpeg',
				size: 3,
				width: 1,
				height: 1,
				position: null,
				heading: null,
				origin: 'camera',
				method: 'takePhoto',
				thumbnailSha256: null
			},
			[{ sha256, of: 'original', id, mime: 'image/jpeg', bytes }]
		);
		device.close();
		const again = await openDevice({ officer: jo, indexedDB: storage });
		expect(again.deviceId).toBe(device.deviceId);
		expect((await shownCase(again, caseId(1)))?.file.get('photo', id)?.number).toBe('JB-1');
		expect(await bytesOf(again, sha256)).toEqual(new Uint8Array([1, 2, 3]));
		expect(await nextPhotoNumber(again, visit)).toBe('JB-2');
	});

	test('S10 a tab that was open before the letter came numbers photographs with it', async () => {
		const storage = newStorage();
		const visit = uuid(5, 1);
		const carrying = await openDevice({ officer: jo, indexedDB: storage });
		const other = await openDevice({ officer: jo, indexedDB: storage });
		await keepLetter(carrying, 'B');
		expect(await nextPhotoNumber(other, visit)).toBe('JB-B1');
		expect(await nextPhotoNumber(carrying, visit)).toBe('JB-B2');
	});

	test('S2 a command without the bytes it names is not kept', async () => {
		const { device } = await deviceWithCase();
		const sha256 = await sha256Of(new Uint8Array([9]));
		await expect(
			perform(device, 'add-document', caseId(1), {
				id: uuid(9, 1),
				name: 'plan.pdf',
				tags: [],
				description: '',
				drawingNumber: null,
				receivedOn: null,
				sha256,
				mime: 'application/pdf',
				size: 1
			})
		).rejects.toThrow('not given');
		expect(await device.db.outbox.count()).toBe(0);
	});

	test('S6 what the rules refuse is said at once and not kept; what was seen is kept and marked', async () => {
		const storage = newStorage();
		const device = await openDevice({ officer: jo, indexedDB: storage });
		await put(device, { kind: 'case', record: aCase(1, sam.id) });
		const id = uuid(9, 1);
		expect(await dryRun(device, 'start-visit', caseId(1), { id })).toMatchObject({
			refused: 'not-your-case'
		});
		expect(await perform(device, 'assign-case', caseId(1), { officerId: jo.id })).toMatchObject({
			refused: 'needs-register'
		});
		expect(await device.db.outbox.count()).toBe(0);
		const kept = await perform(device, 'write-note', caseId(1), { id, visitId: null, text: 'Wet' });
		expect(kept).toMatchObject({
			outcome: 'quarantined',
			because: { refused: 'no-longer-assigned' }
		});
		const shown = await shownCase(device, caseId(1));
		expect(shown?.file.get('note', id)?.text).toBe('Wet');
		expect(shown?.marks.get(id)).toBeDefined();
		expect(shown?.troubles).toHaveLength(1);
	});

	test('S5 a payload above 128 KiB is refused in words', async () => {
		const { device } = await deviceWithCase();
		const text = 'é'.repeat(70_000);
		expect(
			await perform(device, 'write-note', caseId(1), { id: uuid(9, 1), visitId: null, text })
		).toMatchObject({ refused: 'payload-too-large' });
	});

	test('S2 commands of one device are counted without gaps, whatever is done at once', async () => {
		const { device } = await deviceWithCase();
		await Promise.all(
			Array.from({ length: 20 }, (_, n) =>
				perform(device, 'write-note', caseId(1), { id: uuid(9, n), visitId: null, text: `${n}` })
			)
		);
		const counted = (await device.db.outbox.orderBy('deviceSeq').keys()) as number[];
		expect(counted).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
	});

	test('S2 words being typed are kept until they are a command', async () => {
		const { device } = await deviceWithCase();
		await keepDraft(device, 'case:1:description', 'Half a sen', caseId(1));
		expect(await draft(device, 'case:1:description')).toBe('Half a sen');
		await dropDraft(device, 'case:1:description');
		expect(await draft(device, 'case:1:description')).toBeUndefined();
	});
});
