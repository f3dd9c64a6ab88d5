import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import { epochGap } from './epoch.ts';
import { caseOf, jo, robin, sam, TestDevice, withOfficers } from './fixtures.ts';
import { ReceiptKeys } from './receipt.ts';
import { Register } from './register.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let register: Register;
let caseId: string;
let keys: ReceiptKeys;
const at = (name: string) => join(folder, name);
const open = () =>
	Register.open(at('register.sqlite'), {
		keys,
		epochFile: at('epoch.json'),
		auditHeadFile: at('head.json')
	});

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-epoch-'));
	keys = new ReceiptKeys([randomBytes(32)]);
	register = withOfficers(open());
	caseId = caseOf(register, jo);
});
afterEach(() => {
	register.close();
	rmSync(folder, { recursive: true });
});

/** What an operator keeps; `restore` puts it back as after a lost disk. */
function backup(): { restore: (withEpochFile?: boolean) => void } {
	register.connection.sqlite.exec(`vacuum into '${at('backup.sqlite')}'`);
	copyFileSync(at('epoch.json'), at('backup-epoch.json'));
	return {
		restore: (withEpochFile = false) => {
			register.close();
			for (const suffix of ['', '-wal', '-shm'])
				rmSync(at(`register.sqlite${suffix}`), { force: true });
			copyFileSync(at('backup.sqlite'), at('register.sqlite'));
			if (withEpochFile) copyFileSync(at('backup-epoch.json'), at('epoch.json'));
			register = open();
			devices.forEach((device) => Object.assign(device, { register }));
		}
	};
}
const devices: TestDevice[] = [];
const aDevice = (officer: typeof jo) => {
	const device = new TestDevice(register, officer);
	devices.push(device);
	return device;
};
interface Kept {
	envelope: Envelope;
	answer: Answer;
}
const keep = (device: TestDevice, envelope: Envelope): Kept => ({
	envelope,
	answer: device.answer(envelope)
});
const again = (device: TestDevice, ...kept: Kept[]) =>
	device.answers(
		kept.map((one) => one.envelope),
		kept.map((one) => one.answer.receipt)
	);

describe('an epoch', () => {
	test('stays over a restart and a crash', () => {
		const { epoch } = register;
		register.close();
		register = open();
		expect(register.epoch).toBe(epoch);
		// after a crash the file beside the register lags behind
		const lagging = readFileSync(at('epoch.json'));
		caseOf(register, jo);
		register.close();
		writeFileSync(at('epoch.json'), lagging);
		register = open();
		expect(register.epoch).toBe(epoch);
	});

	test('is new when the register is behind what the file beside it remembers', () => {
		const { epoch } = register;
		const kept = backup();
		caseOf(register, jo);
		const head = register.head();
		kept.restore();
		expect(register.epoch).not.toBe(epoch);
		expect(register.head()).toBeGreaterThanOrEqual(head + epochGap);
		expect(JSON.parse(readFileSync(at('epoch.json'), 'utf8'))).toEqual({
			epoch: register.epoch,
			seq: register.head(),
			caseNumber: expect.any(Number) as number
		});
	});

	test('is new when the register is of another epoch, and when nothing remembers it', () => {
		const first = register.epoch;
		const kept = backup();
		caseOf(register, jo);
		kept.restore();
		const second = register.epoch;
		kept.restore();
		const third = register.epoch;
		register.close();
		rmSync(at('epoch.json'));
		register = open();
		expect(new Set([first, second, third, register.epoch]).size).toBe(4);
	});

	test('is new when a device holds a receipt for work that is not here', () => {
		const device = aDevice(jo);
		const kept = backup();
		const note = keep(device, device.note(caseId, 'after the backup'));
		const { epoch } = register;
		kept.restore(true);
		expect(register.epoch).toBe(epoch);
		const answer = device.send([note.envelope], { receipts: [note.answer.receipt] });
		expect(register.epoch).not.toBe(epoch);
		expect(answer).toEqual({ epochChanged: register.epoch });
		expect(register.head()).toBeGreaterThanOrEqual(note.answer.seq + epochGap);
		expect(again(device, note)).toMatchObject([{ outcome: 'applied' }]);
	});

	test('a made-up receipt changes nothing', () => {
		const device = aDevice(jo);
		const { epoch } = register;
		const forged = `${epoch}.99999999.99999999.applied.${randomBytes(32).toString('base64url')}`;
		const note = device.note(caseId, 'x');
		expect(device.answers([note], [forged])).toMatchObject([{ outcome: 'applied' }]);
		expect(register.epoch).toBe(epoch);
	});
});

describe('after a restore, a case number that was given out', () => {
	const numberOf = (id: string) => Number(register.caseFile(id).case?.reference?.slice(3, 8));

	test('is not given again when the file beside the register remembers it', () => {
		const kept = backup();
		register.connection.sqlite.exec(
			`update counter set value = value + 5000 where name = 'case-number'`
		);
		const last = numberOf(caseOf(register, null));
		kept.restore();
		expect(numberOf(caseOf(register, null))).toBeGreaterThan(last);
	});

	test('is not given again when that file was restored too and only a receipt shows the loss', () => {
		const device = aDevice(jo);
		const kept = backup();
		const last = numberOf(caseOf(register, jo));
		const note = keep(device, device.note(caseId, 'after the backup'));
		kept.restore(true);
		device.send([note.envelope], { receipts: [note.answer.receipt] });
		expect(numberOf(caseOf(register, null))).toBeGreaterThan(last);
	});
});

describe('after a restore, work that was accepted once', () => {
	test('is accepted again although the officer has lost the case meanwhile', () => {
		const device = aDevice(jo);
		const kept = backup();
		const notes = ['one', 'two'].map((text) => keep(device, device.note(caseId, text)));
		kept.restore();
		register.performAs('system', [{ name: 'assign-case', caseId, payload: { officerId: sam.id } }]);
		expect(again(device, ...notes).map((one) => one.outcome)).toEqual(['applied', 'applied']);
		expect(device.answer(device.note(caseId, 'new'))).toMatchObject({ code: 'no-longer-assigned' });
	});

	test('of two officers ends as it was, whoever sends first, without a conflict', () => {
		const [first, second] = [aDevice(jo), aDevice(robin)] as const;
		const kept = backup();
		const one = keep(first, first.edit(caseId, 'accessNote', 'Key at no. 3', null));
		const two = keep(second, second.edit(caseId, 'accessNote', 'Dog', one.envelope.id));
		kept.restore();
		expect(again(second, two)).toMatchObject([{ outcome: 'applied' }]);
		expect(again(first, one)).toMatchObject([{ outcome: 'superseded' }]);
		const file = register.caseFile(caseId);
		expect(file.case?.accessNote).toBe('Dog');
		expect(file.all('conflict')).toEqual([]);
	});

	test('keeps its place when the register is lost and restored a second time', () => {
		const [first, second] = [aDevice(jo), aDevice(robin)] as const;
		const kept = backup();
		let one = keep(first, first.edit(caseId, 'accessNote', 'Key at no. 3', null));
		let two = keep(second, second.edit(caseId, 'accessNote', 'Dog', one.envelope.id));
		const resend = (device: TestDevice, work: Kept): Kept => ({
			envelope: work.envelope,
			answer: again(device, work)[0] as Answer
		});
		for (const order of ['second first', 'first first', 'second first']) {
			kept.restore();
			if (order === 'second first') two = resend(second, two);
			one = resend(first, one);
			if (order === 'first first') two = resend(second, two);
			const file = register.caseFile(caseId);
			expect(file.case?.accessNote, order).toBe('Dog');
			expect(file.all('conflict')).toEqual([]);
		}
	});

	test('waits for what it rests on, then goes in by itself', () => {
		const [tablet, desk] = [aDevice(jo), aDevice(robin)] as const;
		const kept = backup();
		const note = keep(tablet, tablet.note(caseId, 'Wrong plot'));
		const noteId = (note.envelope.payload as { id: string }).id;
		const withdrawn = keep(
			desk,
			desk.envelope('withdraw-capture', caseId, { kind: 'note', id: noteId, reason: 'Wrong plot' })
		);
		expect(withdrawn.answer.outcome).toBe('applied');
		kept.restore();
		expect(again(desk, withdrawn)).toMatchObject([
			{ outcome: 'quarantined', code: 'record-unknown' }
		]);
		expect(again(tablet, note)).toMatchObject([{ outcome: 'applied' }]);
		expect(register.caseFile(caseId).get('note', noteId)?.withdrawn).toMatchObject({
			by: robin.id
		});
		expect(register.quarantined()).toEqual([]);
	});

	test('that cannot go in harms neither what it rests on nor what comes after', () => {
		const [tablet, desk] = [aDevice(jo), aDevice(robin)] as const;
		const other = caseOf(register, jo);
		const kept = backup();
		const note = keep(tablet, tablet.note(caseId, 'Wrong plot'));
		const noteId = (note.envelope.payload as { id: string }).id;
		const withdrawn = keep(
			desk,
			desk.envelope('withdraw-capture', caseId, { kind: 'note', id: noteId, reason: 'Wrong plot' })
		);
		kept.restore();
		again(desk, withdrawn);
		// the id of its timeline entry is taken on another case
		register.connection.sqlite
			.prepare(
				'update timeline_event set id = ? where id = (select id from timeline_event where case_id = ? limit 1)'
			)
			.run(withdrawn.envelope.id, other);
		const later = desk.envelope('withdraw-capture', caseId, {
			kind: 'note',
			id: noteId,
			reason: 'Said again'
		});
		const answers = tablet.answers(
			[note.envelope, tablet.note(caseId, 'Right plot')],
			[note.answer.receipt, null]
		);
		expect(answers).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
		expect(register.caseFile(caseId).all('note')).toHaveLength(2);
		expect(register.quarantined().map((row) => row.commandId)).toEqual([withdrawn.envelope.id]);
		expect(desk.answer(later)).toMatchObject({ outcome: 'applied' });
		expect(register.caseFile(caseId).get('note', noteId)?.withdrawn?.reason).toBe('Said again');
	});

	test('a receipt for a refusal vouches for nothing', () => {
		const device = aDevice(jo);
		const kept = backup();
		const act = keep(device, device.envelope('assign-case', caseId, { officerId: sam.id }));
		expect(act.answer.outcome).toBe('refused');
		kept.restore();
		expect(again(device, act)).toMatchObject([{ outcome: 'refused', code: 'not-permitted' }]);
	});

	test('a conflict stays a conflict', () => {
		const [first, second] = [aDevice(jo), aDevice(robin)] as const;
		const kept = backup();
		const one = keep(first, first.edit(caseId, 'description', 'Extension, 3 m', null));
		const two = keep(second, second.edit(caseId, 'description', 'Extension, 4 m', null));
		expect(two.answer.outcome).toBe('conflict');
		kept.restore();
		expect(again(first, one)).toMatchObject([{ outcome: 'applied' }]);
		expect(again(second, two)).toMatchObject([{ outcome: 'conflict' }]);
		expect(register.caseFile(caseId).all('conflict')).toMatchObject([
			{ standing: { value: 'Extension, 3 m' }, second: { value: 'Extension, 4 m' } }
		]);
	});
});

describe('a receipt', () => {
	const subject = { id: 'a', payloadHash: 'b', actor: 'c' };
	const said = { epoch: 'e', seq: 7, place: 5, outcome: 'applied' } as const;

	test('is known by its key, by an older key, and by no other', () => {
		const [older, newer] = [randomBytes(32), randomBytes(32)];
		const receipt = new ReceiptKeys([older]).receipt(subject, said);
		expect(new ReceiptKeys([newer, older]).read(receipt, subject)).toEqual(said);
		expect(new ReceiptKeys([newer]).read(receipt, subject)).toBeNull();
	});

	test('is of this command, content, author, number and outcome only', () => {
		const receipt = keys.receipt(subject, said);
		expect(keys.read(receipt, subject)).toEqual(said);
		for (const other of [{ id: 'x' }, { payloadHash: 'x' }, { actor: 'x' }])
			expect(keys.read(receipt, { ...subject, ...other })).toBeNull();
		expect(keys.read(receipt.replace('.7.', '.8.'), subject)).toBeNull();
		expect(keys.read(receipt.replace('.5.', '.4.'), subject)).toBeNull();
		expect(keys.read(receipt.replace('applied', 'merged'), subject)).toBeNull();
		for (const odd of ['', '....', receipt.slice(0, -1), `${receipt}.x`])
			expect(keys.read(odd, subject)).toBeNull();
	});

	test('is not taken for another by moving a letter from one part to the next', () => {
		expect(keys.sign(['ab', 'c'])).not.toBe(keys.sign(['a', 'bc']));
	});
});
