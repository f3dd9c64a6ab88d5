import { afterEach, describe, expect, test } from 'vitest';
import { Unreachable, type Transport, type UploadMetadata } from '#lib/commands/protocol.ts';
import { sha256Of } from '#lib/local/captures.ts';
import { plainCodec } from '#lib/local/codec.ts';
import { dismiss, ledger } from '#lib/local/ledger.ts';
import { waitingOn } from '#lib/local/waiting.ts';
import { Uploader } from '#lib/sync/upload.ts';
import { Council } from './council.ts';
import { Work } from './facts.ts';
import { Chance } from './random.ts';
import { Tablet } from './tablet.ts';
import { caseId, jo, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

/** A tablet with a visit and so many photographs on it. */
async function photographs(count: number) {
	const council = new Council();
	ends.push(() => council.close());
	council.fileCases(1, [jo.id]);
	const chance = new Chance(5);
	let ids = 0;
	const tablet = new Tablet({
		name: 'JB',
		officer: jo,
		council,
		wire: new Wire(council, jo, chance, fair),
		codec: plainCodec,
		newId: () => uuid(301, ++ids)
	});
	await tablet.openTab();
	ends.push(() => tablet.closeTabs());
	await tablet.tab.round.words();
	const work = new Work(chance);
	const plan = {
		id: work.newId(),
		plannedFor: '2026-03-10',
		plannedTime: '',
		purpose: '',
		access: ''
	};
	await work.do(tablet, tablet.device, caseId(1), { name: 'plan-visit', payload: plan });
	for (let n = 0; n < count; n++) await work.something('photo', tablet, tablet.device);
	return { council, tablet };
}

const received = (council: Council) =>
	council.register
		.caseFile(caseId(1))
		.all('photo')
		.filter((photo) => photo.originalReceivedAt !== null).length;

describe('bytes', () => {
	test('S8 words first, then thumbnails, then originals, oldest first', async () => {
		const { council, tablet } = await photographs(3);
		const sent: string[] = [];
		const noting: Transport = {
			push: (request) => tablet.wire.push(request),
			pull: (request) => tablet.wire.pull(request),
			upload: (metadata: UploadMetadata, ...rest) => {
				sent.push(`${metadata.of} ${metadata.id}`);
				return tablet.wire.upload(metadata, ...rest);
			}
		};
		const uploader = new Uploader(tablet.device, noting);
		expect(await uploader.all()).toBe(0);
		expect(sent).toEqual([]);
		await tablet.tab.round.words();
		expect(await uploader.all()).toBe(6);
		const taken = (await tablet.device.db.uploads.toArray())
			.sort((a, b) => a.deviceSeq - b.deviceSeq)
			.map((row) => row.id);
		const inOrder = [...new Set(taken)];
		expect(sent).toEqual([
			...inOrder.map((id) => `thumbnail ${id}`),
			...inOrder.map((id) => `original ${id}`)
		]);
		expect(received(council)).toBe(3);
	});

	test('S8 an upload that was cut goes on where it stopped', async () => {
		const { council, tablet } = await photographs(1);
		await tablet.tab.round.words();
		tablet.wire.weather = { ...fair, 'upload cut': 1 };
		for (let n = 0; n < 3; n++) await expect(tablet.tab.round.bytes()).rejects.toThrow(Unreachable);
		expect(received(council)).toBe(0);
		expect((await ledger(tablet.device)).byKind.photo).toMatchObject({
			onThisTablet: 1,
			received: 0
		});
		tablet.wire.weather = fair;
		await tablet.tab.round.bytes();
		expect(received(council)).toBe(1);
		expect((await ledger(tablet.device)).byKind.photo).toMatchObject({
			onThisTablet: 0,
			received: 1
		});
	});

	test('S8 bytes that were damaged on the way are sent again from the kept ones', async () => {
		const { council, tablet } = await photographs(1);
		await tablet.tab.round.words();
		tablet.wire.weather = { ...fair, 'upload damaged': 1 };
		expect(await tablet.tab.round.bytes()).toBe(0);
		expect(tablet.tab.round.uploader.heldUp).toHaveLength(2);
		tablet.wire.weather = fair;
		expect(await tablet.tab.round.bytes()).toBe(0);
		council.now += 16_000;
		expect(await tablet.tab.round.bytes()).toBe(2);
		expect(received(council)).toBe(1);
	});

	test('S8 a receipt for other bytes is not believed', async () => {
		const { tablet } = await photographs(1);
		await tablet.tab.round.words();
		const sha256 = await sha256Of(new Uint8Array([1]));
		const lying: Transport = {
			push: (request) => tablet.wire.push(request),
			pull: (request) => tablet.wire.pull(request),
			upload: () => Promise.resolve({ sha256, seq: 1, receipt: 'of something else' })
		};
		expect(await new Uploader(tablet.device, lying).all()).toBe(0);
		expect((await ledger(tablet.device)).byKind.photo.received).toBe(0);
	});

	test('S8 bytes that went bad on the tablet are not sent as if they were good', async () => {
		const { council, tablet } = await photographs(1);
		await tablet.tab.round.words();
		await tablet.device.db.captures
			.where('key')
			.startsWith('original:')
			.modify({ body: new Uint8Array([0]).buffer });
		expect(await tablet.tab.round.bytes()).toBe(1);
		expect(received(council)).toBe(0);
		const noted = await tablet.device.db.journal.toArray();
		expect(noted.map((row) => row.what)).toContain('bytes damaged');
		expect(tablet.tab.round.uploader.heldUp[0]?.reason).toContain(
			'not the ones that were recorded'
		);
	});

	test('S6 bytes that went bad on the tablet need their author, who is told what is kept', async () => {
		const { council, tablet } = await photographs(1);
		const { device } = tablet;
		await tablet.tab.round.words();
		const [original] = await device.db.captures.where('key').startsWith('original:').toArray();
		if (original === undefined) throw new Error('there is no original');
		await device.db.captures.update(original.key, { body: new Uint8Array([0]).buffer });
		await tablet.tab.round.bytes();
		const [trouble, ...others] = (await ledger(device)).needsMe;
		expect(others).toEqual([]);
		expect(trouble).toMatchObject({ outcome: 'damaged', caseId: caseId(1), dismissible: true });
		expect(trouble?.what).toMatch(/^Photograph /);
		expect(trouble?.sentence).toMatch(/no longer the one that was recorded.*are kept.*again/);
		expect((await waitingOn(device)).needsMe).toBe(1);

		await dismiss(device, trouble?.id ?? '');
		council.now += 60_000;
		await tablet.tab.round.bytes();
		expect((await ledger(device)).needsMe).toEqual([]);
		expect((await ledger(device)).byKind.photo.onThisTablet).toBe(1);

		await device.db.captures.put(original);
		council.now += 60_000;
		await tablet.tab.round.bytes();
		expect(received(council)).toBe(1);
	});
});
