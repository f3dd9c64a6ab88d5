import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBegin, readFrom, readItems, type TakenIn } from '#lib/commands/rescue-file.ts';
import { keepDraft } from '#lib/local/drafts.ts';
import { planRescue, rescueFile, type RescueChoice } from '#lib/local/rescue.ts';
import { handIn } from '#lib/sync/hand-in.ts';
import { takeIn } from '#lib/server/rescue/take-in.ts';
import { Council } from './council.ts';
import { SealedTablet, servedAs } from './sealed-tablet.ts';
import { caseId, jo, ria } from './town.ts';

let on: SealedTablet;
beforeEach(async () => {
	on = await new SealedTablet().open();
});
afterEach(() => on.close());

async function saved(choice: RescueChoice = 'unsent', keys = on.keys): Promise<Buffer> {
	const { db } = on.tablet.device;
	const plan = await planRescue(db, choice);
	const parts: Uint8Array[] = [];
	const madeAt = '2026-03-03T12:00:00.000Z';
	for await (const part of rescueFile(db, plan, 0, { keys, council: 'Milltown', app: '1', madeAt }))
		parts.push(part);
	return Buffer.concat(parts);
}

/** As the screen does it: pieces, each read and taken in by the register. */
async function imported(file: Buffer, council = on.served): Promise<TakenIn[]> {
	const taken: TakenIn[] = [];
	const read = readFrom(file);
	const { begin, at } = await readBegin(read, file.byteLength);
	const post = async (parts: Uint8Array<ArrayBuffer>[]) => {
		const piece = readFrom(Buffer.concat(parts));
		const size = parts.reduce((sum, one) => sum + one.byteLength, 0);
		const inside = await readBegin(piece, size);
		const options = { by: ria.id, held: null, now: new Date(on.council.now) };
		return takeIn(council, inside.begin, readItems(piece, inside.at, size), options);
	};
	for await (const one of handIn(begin, readItems(read, at, file.byteLength), post))
		taken.push(one);
	return taken;
}

const counted = (taken: readonly TakenIn[]) =>
	Object.fromEntries(
		[...new Set(taken.map(({ came }) => came))].map((came) => [
			came,
			taken.filter((one) => one.came === came).length
		])
	);
const commandRow = (id: string) =>
	on.council.register.connection.sqlite
		.prepare<[string], Record<string, unknown>>('select * from command_log where id = ?')
		.get(id);

describe('a rescue file', () => {
	test('guarantee-12 goes in under its author, device and ids, and a second time nothing happens', async () => {
		const note = await on.note('The wall is 2.1 m high.');
		const photograph = await on.photograph();
		const before = await on.tablet.device.db.outbox.toArray();
		const file = await saved();
		expect(await on.tablet.device.db.outbox.toArray()).toEqual(before);
		expect(file.includes('The wall')).toBe(false);

		expect(counted(await imported(file))).toEqual({ in: 4 });
		expect(on.file.all('note')[0]).toMatchObject({ text: 'The wall is 2.1 m high.' });
		expect(commandRow(note.id)).toMatchObject({
			actor: jo.id,
			device: on.keys.deviceId,
			outcome: 'applied'
		});
		const [photo] = on.file.all('photo');
		expect(photo?.originalReceivedAt).not.toBeNull();
		expect(photo?.sha256).toBe(photograph.bytes[0]?.sha256);

		const head = on.council.register.head();
		expect(counted(await imported(file))).toEqual({ already: 4 });
		expect(on.council.register.head()).toBe(head);
		// the tablet gets through after all, and hears what was answered
		await on.tablet.tab.round.words();
		expect(on.file.all('note')).toHaveLength(1);
		expect(await on.tablet.device.db.outbox.where('state').equals('queued').count()).toBe(0);
	});

	test('holds what is unsent, or all that is still kept, and words that were being typed', async () => {
		await on.note('Sent.');
		await on.photograph();
		await on.tablet.tab.round.words();
		await on.tablet.tab.round.bytes();
		await on.note('Not sent.');
		await keepDraft(on.tablet.device, 'note:new', 'Half a sen', caseId(1));
		const unsent = await imported(await saved());
		expect(counted(unsent)).toEqual({ in: 1, waits: 1 });
		const [waiting] = on.council.register.quarantined();
		expect(waiting).toMatchObject({ code: 'never-finished', actor: jo.id, sentBy: ria.id });
		expect(waiting?.envelope).toContain('Half a sen');
		// visit, note, note, photograph with its two pictures, and the words
		const { length } = await imported(await saved('everything'));
		expect(length).toBe(7);
	});

	test('a file cut anywhere gives all that is whole in it, and says that it ends too early', async () => {
		for (const words of ['One.', 'Two.', 'Three.']) await on.note(words);
		const whole = await saved();
		const third = Math.floor(whole.byteLength * 0.8);
		await expect(imported(whole.subarray(0, third))).rejects.toThrow('The file ends too early');
		const went = on.file.all('note').length;
		expect(went).toBeGreaterThan(0);
		expect(went).toBeLessThan(3);
		expect(counted(await imported(whole))).toEqual({ already: went, in: 3 - went });
		for (const at of [0, 3, 20, 40])
			await expect(imported(whole.subarray(0, at))).rejects.toThrow(/not a rescue file|too early/);
	});

	test('a byte changed anywhere never changes what goes in: that thing is named, and the others go', async () => {
		await on.note('One.');
		await on.photograph();
		await on.note('Two.');
		const whole = await saved();
		const items: { at: number; size: number }[] = [];
		const read = readFrom(whole);
		const { at } = await readBegin(read, whole.byteLength);
		for await (const { size, body } of readItems(read, at, whole.byteLength))
			items.push({ at: whole.indexOf(await body(), at), size });
		const spoilt = (which: typeof items) => {
			const bad = Buffer.from(whole);
			for (const { at, size } of which) bad[at + (size >> 1)] = (bad[at + (size >> 1)] ?? 0) ^ 1;
			return bad;
		};
		const why = (taken: readonly TakenIn[]) =>
			taken.filter(({ came }) => came === 'not').map((one) => one.why?.match(/damaged|words/)?.[0]);
		const nothing = await imported(spoilt(items));
		expect(why(nothing)).toEqual(['damaged', 'damaged', 'damaged', 'words', 'words']);
		expect([...on.file.all('note'), ...on.file.all('photo')]).toEqual([]);
		const words = await imported(spoilt(items.slice(3)));
		expect(why(words)).toEqual(['damaged', 'damaged']);
		expect(on.file.all('note').map(({ text }) => text)).toEqual(['One.', 'Two.']);
		expect(on.file.all('photo')[0]?.originalReceivedAt).toBeNull();
		expect(counted(await imported(whole))).toEqual({ already: 3, in: 2 });
	});

	test('another council’s, or one for a sealing key that is gone, is told apart and changes nothing', async () => {
		await on.note('One.');
		const file = await saved();
		const head = on.council.register.head();
		const other = new Council();
		// its sealing key is its own
		await expect(imported(file, servedAs(other, 'Southby'))).rejects.toThrow(
			'made for Milltown, and this is Southby'
		);
		await expect(imported(file, servedAs(other, 'Milltown'))).rejects.toThrow(
			'sealing key does not open it'
		);
		await other.close();
		await expect(imported(randomBytes(500))).rejects.toThrow('not a rescue file');
		expect(on.council.register.head()).toBe(head);
	});

	test('one whose box the register never vouched for waits for a team leader, whole', async () => {
		await on.note('Who says that Jo wrote this?');
		const photograph = await on.photograph();
		const taken = await imported(await saved('unsent', { ...on.keys, voucher: 'made-up' }));
		expect(counted(taken)).toEqual({ waits: 2, in: 2 });
		expect(on.file.all('note')).toEqual([]);
		for (const row of on.council.register.quarantined()) {
			expect(row.code).toBe('not-proven');
			on.council.register.acceptQuarantined(row.id, ria);
		}
		expect(on.file.all('note')).toHaveLength(1);
		expect(on.file.all('photo')[0]?.sha256).toBe(photograph.bytes[0]?.sha256);
	});
});
