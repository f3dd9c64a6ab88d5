import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitingOn } from '#lib/local/waiting.ts';
import { shownCase } from '#lib/local/shown-case.ts';
import { eraseRecordsOf } from '#lib/server/erasure/erase-records.ts';
import { SealedTablet } from './sealed-tablet.ts';
import { caseId, ria } from './town.ts';

let on: SealedTablet;
beforeEach(async () => {
	on = await new SealedTablet().open();
});
afterEach(() => on.close());

const idOf = ({ payload }: { payload: unknown }) => (payload as { id: string }).id;
const keys = async () => {
	const { db } = on.tablet.device;
	return {
		outbox: await db.outbox.toCollection().primaryKeys(),
		captures: await db.captures.toCollection().primaryKeys(),
		uploads: await db.uploads.toCollection().primaryKeys()
	};
};

describe('what the register has erased', () => {
	test('S28 leaves the tablet that recorded it, sent or not, and nothing else does', async () => {
		const note = await on.note('About somebody.');
		const photograph = await on.photograph();
		await on.tablet.tab.round.words();
		// the words are with the register, the pictures are still to come
		const other = await on.note('About a wall.');
		const things = [
			{ kind: 'note' as const, id: idOf(note) },
			{ kind: 'photo' as const, id: idOf(photograph) }
		];
		const act = { caseId: caseId(1), things, reason: 'Asked for.', now: new Date(on.council.now) };
		expect(eraseRecordsOf(on.council.register, ria, act)).toEqual({ erased: 2 });

		await on.tablet.tab.round.words();
		const left = await keys();
		expect(left.outbox).not.toContain(note.id);
		expect(left.outbox).not.toContain(photograph.id);
		expect(left.outbox).toContain(other.id);
		expect([...left.captures, ...left.uploads]).toEqual([]);
		const shown = await shownCase(on.tablet.device, caseId(1));
		expect(shown?.file.get('note', idOf(note))?.text).toBe('');
		expect(shown?.file.get('note', idOf(other))?.text).toBe('About a wall.');
		expect((await waitingOn(on.tablet.device)).count).toBe(0);
	});
});
