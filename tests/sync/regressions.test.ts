import { afterEach, describe, expect, test } from 'vitest';
import { plainCodec } from '#lib/local/codec.ts';
import { perform } from '#lib/local/perform.ts';
import { shownCase } from '#lib/local/shown-case.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { Council } from './council.ts';
import { checkAccepted } from './oracle.ts';
import { Chance } from './random.ts';
import { Tablet } from './tablet.ts';
import { memoryStorage } from './tablet-storage.ts';
import { caseId, jo, ria, sam, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

/*
 * What the simulator has found, each told again as a short story, so that it stays found
 * whatever later becomes of the seeds. The seed is the one it was found with.
 */

const ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

function council(onDisk = false): Council {
	const made = new Council(onDisk);
	ends.push(() => made.close());
	made.fileCases(1, [jo.id]);
	for (const officer of [sam, ria]) {
		made.as(officer.id, { name: 'pin-case', caseId: caseId(1), payload: { active: true } });
	}
	return made;
}

let ids = 0;
async function tabletOf(at: Council, officer: Officer): Promise<Tablet> {
	const tablet = new Tablet({
		name: officer.initials,
		officer,
		council: at,
		wire: new Wire(at, officer, new Chance(1), fair),
		codec: plainCodec,
		newId: () => uuid(400, ++ids),
		storage: memoryStorage
	});
	await tablet.openTab();
	ends.push(() => tablet.closeTabs());
	await tablet.tab.round.words();
	return tablet;
}

async function done(tablet: Tablet, name: string, payload: Record<string, unknown>) {
	const made = await perform(tablet.device, name, caseId(1), payload);
	if ('refused' in made) throw new Error(made.refused);
	return made.id;
}

const isShown = async ({ device }: Tablet, commandId: string): Promise<boolean> => {
	const shown = await shownCase(device, caseId(1));
	return (
		shown !== undefined &&
		(shown.file.get('event', commandId) !== undefined ||
			shown.troubles.some(({ id }) => id === commandId))
	);
};

describe('found by the simulator:', () => {
	test('S15 an act the register accepted on top of somebody else’s stays on screen until that comes (seed 4)', async () => {
		const at = council();
		const [mine, other] = [await tabletOf(at, jo), await tabletOf(at, jo)];
		const visit = { id: uuid(9, ++ids) };
		const plan = { plannedFor: '2026-03-10', plannedTime: '', purpose: '', access: '' };
		await done(mine, 'plan-visit', { ...visit, ...plan });
		await mine.tab.round.words();
		await other.tab.round.words();
		await done(other, 'start-visit', visit);
		await other.tab.round.words();
		// here the visit is started too; the register says it has been, and takes the finish
		await done(mine, 'start-visit', visit);
		const finish = await done(mine, 'finish-visit', { ...visit, outcome: 'completed' });
		expect(await isShown(mine, finish)).toBe(true);
		await mine.tab.round.pusher.all();
		expect((await mine.device.db.outbox.get(finish))?.outcome).toBe('applied');
		expect(await isShown(mine, finish)).toBe(true);
		await mine.tab.round.words();
		expect(await isShown(mine, finish)).toBe(true);
	});

	test('S11 S14 work set aside is tried again when the tablet’s clock is set back meanwhile', async () => {
		const at = council();
		const tablet = await tabletOf(at, jo);
		const note = await done(tablet, 'write-note', {
			id: uuid(9, ++ids),
			visitId: null,
			text: 'Kept meanwhile'
		});
		tablet.wire.weather = { 'register at fault': 1 };
		for (let n = 0; n < 3; n++) await tablet.tab.round.pusher.all();
		expect(tablet.tab.round.pusher.aside).toHaveLength(1);
		tablet.wire.weather = fair;
		await tablet.tab.round.pusher.all();
		expect((await tablet.device.db.outbox.get(note))?.state).toBe('queued');
		tablet.skew = -24 * 3_600_000;
		await tablet.tab.round.pusher.all();
		expect((await tablet.device.db.outbox.get(note))?.outcome).toBe('applied');
	});

	test('S17 S18 an edit that comes back after a restore beneath a later one stays in the timeline (seed 1011)', async () => {
		const at = council(true);
		const [first, second] = [await tabletOf(at, jo), await tabletOf(at, jo)];
		at.backup();
		const edit = (tablet: Tablet, base: string | null, value: string) =>
			done(tablet, 'edit-record', {
				kind: 'case',
				id: caseId(1),
				fields: { description: { base, value } }
			});
		const earlier = await edit(first, null, 'First words');
		await first.tab.round.words();
		await second.tab.round.words();
		const later = await edit(second, earlier, 'Later words');
		await second.tab.round.words();
		at.restore();
		// the first time each hears of the new history, the second time it sends
		for (const tablet of [second, second, first, first, second]) await tablet.tab.round.words();
		expect((await first.device.db.outbox.get(earlier))?.outcome).toBe('superseded');
		for (const file of [
			at.register.caseFile(caseId(1)),
			(await shownCase(first.device, caseId(1)))?.file,
			(await shownCase(second.device, caseId(1)))?.file
		]) {
			expect(file?.case?.description).toBe('Later words');
			expect(file?.case?.writers['description']).toBe(later);
			expect(file?.get('event', earlier)).toMatchObject({
				type: 'edit-superseded',
				by: jo.id,
				detail: { superseded: { description: 'First words' } }
			});
		}
	});

	test('S18 an edit that a team leader declines while its note is still away stays declined (seed 2445)', async () => {
		const at = council(true);
		const [author, editor] = [await tabletOf(at, jo), await tabletOf(at, jo)];
		at.backup();
		const id = uuid(9, ++ids);
		const words = async () => at.register.caseFile(caseId(1)).get('note', id)?.text;
		await done(author, 'write-note', { id, visitId: null, text: 'First words' });
		await author.tab.round.words();
		await editor.tab.round.words();
		const edit = await done(editor, 'edit-record', {
			kind: 'note',
			id,
			fields: { text: { base: null, value: 'Better words' } }
		});
		await editor.tab.round.words();
		expect(await words()).toBe('Better words');
		at.restore();
		const accepted = new Map([[edit, 'edit-record']]);
		// the note is still on its author's tablet alone
		for (let n = 0; n < 2; n++) await editor.tab.round.words();
		const [waits] = at.register.quarantined();
		expect(waits).toMatchObject({ commandId: edit, code: 'record-unknown' });
		expect(() => checkAccepted(at, accepted, [])).toThrow('S18');
		at.register.declineQuarantined(waits?.id ?? '', ria, 'Not needed');
		for (const tablet of [author, author, editor, editor]) await tablet.tab.round.words();
		expect(await words()).toBe('First words');
		expect(await isShown(editor, edit)).toBe(true);
		checkAccepted(at, accepted, []);
	});
});
