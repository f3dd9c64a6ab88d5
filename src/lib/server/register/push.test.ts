import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { caseOf, jo, robin, sam, TestDevice, withOfficers } from './fixtures.ts';
import { Register } from './register.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let register: Register;
let tablet: TestDevice;
let caseId: string;

beforeEach(() => {
	register = withOfficers(Register.open(':memory:'));
	tablet = new TestDevice(register, jo);
	caseId = caseOf(register, jo);
});
afterEach(() => register.close());

describe('S3 the register applies a command id once', () => {
	test('guarantee-09 a repeat gets the stored outcome and receipt, and nothing is written', () => {
		const note = tablet.note(caseId, 'Party wall is cracked');
		const first = tablet.answer(note);
		const head = register.head();
		expect(first).toMatchObject({ outcome: 'applied', seq: head });
		expect(tablet.answer(note)).toEqual(first);
		expect(register.head()).toBe(head);
		expect(register.caseFile(caseId).all('note')).toHaveLength(1);
	});

	test('guarantee-09 the same id with other content is kept beside the first', () => {
		const note = tablet.note(caseId, 'Gate is locked');
		tablet.answer(note);
		const other = { ...note, payload: { ...(note.payload as object), text: 'Gate is open' } };
		const answer = tablet.answer(other);
		expect(answer).toMatchObject({ outcome: 'quarantined', code: 'id-used-twice' });
		expect(tablet.answer(other as typeof note)).toEqual(answer);
		const [kept, ...rest] = register.quarantined();
		expect(rest).toEqual([]);
		expect(JSON.parse(kept?.envelope ?? '')).toEqual(other);

		expect(register.acceptQuarantined(kept?.id ?? '', robin)).toHaveProperty('seq');
		expect(
			register
				.caseFile(caseId)
				.all('note')
				.map((one) => one.text)
				.sort()
		).toEqual(['Gate is locked', 'Gate is open']);
	});

	test('nothing is applied when the device knows another epoch', () => {
		const answer = tablet.send([tablet.note(caseId, 'x')], { epoch: uuidv7() });
		expect(answer).toEqual({ epochChanged: register.epoch });
		expect(register.caseFile(caseId).all('note')).toEqual([]);
	});
});

describe('one command never harms its neighbours', () => {
	test('a command on which the register fails is rolled back alone and kept whole', () => {
		const notes = ['before', 'trip', 'after'].map((text) => tablet.note(caseId, text));
		// the note itself is written by then: only the savepoint takes it back
		register.connection.sqlite.exec(
			`create trigger trip before insert on timeline_event when new.id = '${notes[1]?.id}'
			begin select raise(abort, 'tripped'); end`
		);
		const answers = tablet.answers(notes);
		expect(answers.map((one) => one.outcome)).toEqual(['applied', 'quarantined', 'applied']);
		expect(
			register
				.caseFile(caseId)
				.all('note')
				.map((one) => one.text)
		).toEqual(['before', 'after']);
		expect(register.quarantined()).toMatchObject([
			{ commandId: notes[1]?.id, code: 'payload-not-understood', state: 'waiting' }
		]);
		expect(register.caseFile(caseId).get('event', notes[1]?.id ?? '')).toBeUndefined();

		register.connection.sqlite.exec('drop trigger trip');
		const kept = register.quarantined()[0]?.id ?? '';
		expect(register.acceptQuarantined(kept, robin)).toHaveProperty('seq');
		expect(register.caseFile(caseId).all('note')).toHaveLength(3);
		expect(register.caseFile(caseId).get('event', `${kept}:decided`)).toMatchObject({
			type: 'capture-accepted',
			by: robin.id
		});
	});

	test('trouble of the machine undoes the whole push, and asking again works', () => {
		const { sqlite } = register.connection;
		const pages = sqlite.pragma('page_count', { simple: true }) as number;
		sqlite.pragma(`max_page_count = ${pages + 8}`);
		const notes = Array.from({ length: 20 }, () => tablet.note(caseId, 'x'.repeat(9_000)));
		const head = register.head();
		expect(() => tablet.send(notes)).toThrow(/full/);
		expect(register.head()).toBe(head);
		expect(register.caseFile(caseId).all('note')).toEqual([]);
		expect(register.quarantined()).toEqual([]);
		sqlite.pragma('max_page_count = 100000');
		expect(tablet.answers(notes).every((one) => one.outcome === 'applied')).toBe(true);
	});

	test('what cannot even be read is kept as it came', () => {
		const odd = { id: uuidv7(), v: 1, words: 'from another world' };
		const answer = register.push(jo, {
			epoch: register.epoch,
			device: tablet.id,
			commands: [
				{ envelope: odd, receipt: null },
				{ envelope: tablet.note(caseId, 'beside it'), receipt: null }
			]
		});
		expect(answer).toMatchObject({
			answers: [{ outcome: 'quarantined', code: 'payload-not-understood' }, { outcome: 'applied' }]
		});
		expect(JSON.parse(register.quarantined()[0]?.envelope ?? '')).toEqual(odd);
	});

	test('a version the register does not know is kept for later', () => {
		const answer = tablet.answer(tablet.note(caseId, 'x', { v: 99 }));
		expect(answer).toMatchObject({ outcome: 'quarantined', code: 'version-unknown' });
	});

	test('a record id of another case is never overwritten', () => {
		const otherCase = caseOf(register, jo);
		const note = tablet.note(caseId, 'mine');
		const noteId = (note.payload as { id: string }).id;
		const intruder = tablet.envelope('write-note', otherCase, {
			id: noteId,
			visitId: null,
			text: 'other'
		});
		expect(tablet.answers([note, intruder]).map((one) => one.outcome)).toEqual([
			'applied',
			'quarantined'
		]);
		expect(register.caseFile(caseId).get('note', noteId)?.text).toBe('mine');
		expect(register.caseFile(otherCase).all('note')).toEqual([]);
		const kept = register.quarantined()[0]?.id ?? '';
		expect(register.acceptQuarantined(kept, robin)).toHaveProperty('seq');
		expect(register.caseFile(otherCase).all('note')).toMatchObject([{ text: 'other' }]);
	});
});

describe('who may', () => {
	test('an envelope in another officer’s name is kept for a person, not applied', () => {
		const forged = tablet.note(caseId, 'x', { actor: sam.id });
		expect(tablet.answer(forged)).toMatchObject({ outcome: 'quarantined', code: 'not-permitted' });
		expect(register.caseFile(caseId).all('note')).toEqual([]);
	});

	test('an envelope from another officer’s device is kept for a person', () => {
		const samsTablet = new TestDevice(register, sam);
		register.registerDevice(sam, samsTablet.id);
		const note = tablet.note(caseId, 'x', { device: samsTablet.id });
		expect(tablet.answer(note)).toMatchObject({ outcome: 'quarantined', code: 'not-permitted' });
	});

	test('an act that the role does not allow is refused in words', () => {
		const answer = tablet.answer(tablet.envelope('assign-case', caseId, { officerId: sam.id }));
		expect(answer).toMatchObject({ outcome: 'refused', code: 'not-permitted' });
		expect(register.caseFile(caseId).case?.assignedTo).toBe(jo.id);
	});

	test('nobody sends what only the register does', () => {
		const answer = tablet.answer(
			tablet.envelope('confirm-bytes', caseId, {
				of: 'original',
				id: uuidv7(),
				sha256: '0'.repeat(64)
			})
		);
		expect(answer).toMatchObject({ outcome: 'refused', code: 'not-permitted' });
	});

	test('a capture on a case that has moved on waits for the team leader, who accepts or declines', () => {
		register.performAs('system', [{ name: 'assign-case', caseId, payload: { officerId: sam.id } }]);
		const notes = [tablet.note(caseId, 'keep me'), tablet.note(caseId, 'not me')];
		expect(tablet.answers(notes).map((one) => one.code)).toEqual([
			'no-longer-assigned',
			'no-longer-assigned'
		]);
		const waiting = register.quarantined();
		const idOf = (envelopeId: string | undefined) =>
			waiting.find((one) => one.commandId === envelopeId)?.id ?? '';
		expect(register.acceptQuarantined(idOf(notes[0]?.id), jo)).toEqual({
			refused: 'not-permitted'
		});
		expect(register.acceptQuarantined(idOf(notes[0]?.id), robin)).toHaveProperty('seq');
		expect(register.declineQuarantined(idOf(notes[1]?.id), robin, '')).toEqual({
			refused: 'reason-missing'
		});
		expect(register.declineQuarantined(idOf(notes[1]?.id), robin, 'Wrong site')).toHaveProperty(
			'seq'
		);
		expect(register.acceptQuarantined(idOf(notes[1]?.id), robin)).toEqual({
			refused: 'already-resolved'
		});
		expect(register.caseFile(caseId).all('note')).toMatchObject([
			{ text: 'keep me', writtenBy: jo.id }
		]);
		expect(
			register
				.quarantined(null)
				.map((one) => one.state)
				.sort()
		).toEqual(['accepted', 'declined']);
	});
});

describe('devices', () => {
	test('the first device of some initials has no letter, the next have B, C …', () => {
		const twin = { ...sam, id: uuidv7(), initials: 'JB' };
		register.putOfficer(twin);
		const letters = [jo, jo, twin].map(
			(officer) => register.registerDevice(officer, uuidv7())?.letter
		);
		expect(letters).toEqual(['', 'B', 'C']);
		const id = uuidv7();
		expect(register.registerDevice(jo, id)).toEqual({ letter: 'D' });
		expect(register.registerDevice(jo, id)).toEqual({ letter: 'D' });
		expect(register.registerDevice(sam, id)).toBeNull();
	});

	test('guarantee-03 numbers that have not arrived show as a gap until they do; a count that restarts is noted', () => {
		const row = () => register.devicesOf(jo.id)[0];
		tablet.answers([1, 2, 5, 6].map((deviceSeq) => tablet.note(caseId, 'x', { deviceSeq })));
		expect(row()).toMatchObject({ lastDeviceSeq: 6, missing: [[3, 4]], restartedAt: null });
		tablet.answer(tablet.note(caseId, 'x', { deviceSeq: 3 }));
		expect(row()?.missing).toEqual([[4, 4]]);
		tablet.answer(tablet.note(caseId, 'x', { deviceSeq: 4 }));
		expect(row()).toMatchObject({ missing: [], restartedAt: null });
		tablet.answer(tablet.note(caseId, 'x', { deviceSeq: 1 }));
		expect(row()?.restartedAt).not.toBeNull();
	});

	test('guarantee-03 of what a lost browser had numbered, the register says how many never arrived', () => {
		const never = (device: string, numbers: [number, number][]) =>
			register.neverReceived(device, { numbers, pictures: [] }).commands;
		tablet.answers([1, 2, 5, 6].map((deviceSeq) => tablet.note(caseId, 'x', { deviceSeq })));
		expect(never(tablet.id, [[1, 2]])).toBe(0);
		expect(never(tablet.id, [[2, 8]])).toBe(4);
		expect(
			never(tablet.id, [
				[3, 3],
				[6, 9]
			])
		).toBe(4);
		expect(never(uuidv7(), [[1, 3]])).toBe(3);
	});
});
