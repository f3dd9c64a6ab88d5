import { describe, expect, test } from 'vitest';
import { caseStatus } from '#lib/domain/case-status.ts';
import type { CaseStatus } from '#lib/domain/case-status.ts';
import {
	act,
	ada,
	aFile,
	envelope,
	fileWith,
	jo,
	perform,
	sam,
	tess,
	uuid
} from '../one-case.fixture.ts';
import type { CaseFile } from '../case-file.ts';

const visitId = uuid(6, 1);
const sha = (letter: string) => letter.repeat(64);

const captures = {
	'take-photo': {
		id: uuid(7, 1),
		visitId,
		number: 'JB-1',
		caption: 'Rear, looking east',
		sha256: sha('a'),
		mime: 'image/jpeg',
		size: 1_500_000,
		width: 4000,
		height: 3000,
		position: null,
		heading: null,
		origin: 'camera',
		method: 'takePhoto',
		thumbnailSha256: sha('b')
	},
	'take-measurement': {
		id: uuid(7, 2),
		visitId,
		what: 'Depth of extension',
		value: 3.42,
		method: 'laser',
		tolerance: 0.01,
		remark: ''
	},
	'write-note': { id: uuid(7, 3), visitId, text: 'Neighbour at number 5 was told' },
	'add-document': {
		id: uuid(7, 4),
		name: 'plan.pdf',
		tags: [],
		description: '',
		drawingNumber: null,
		receivedOn: '2026-03-03',
		sha256: sha('c'),
		mime: 'application/pdf',
		size: 10
	}
} as const;
type Capture = keyof typeof captures;
const names = Object.keys(captures) as Capture[];

const withVisit = (file: CaseFile, ...states: string[]): CaseFile => {
	const plan = { id: visitId, plannedFor: '2026-03-03', plannedTime: '', purpose: '', access: '' };
	let after = act(file, 'plan-visit', plan).file;
	for (const state of states)
		after = act(
			after,
			`${state}-visit`,
			{
				id: visitId,
				...(state === 'finish' ? { outcome: 'completed' } : {}),
				...(state === 'cancel' ? { reason: 'Rain' } : {})
			},
			jo
		).file;
	return after;
};

describe('what was seen on site is kept whatever the case or the visit has become', () => {
	const visits: [string, string[]][] = [
		['no visit of ours', ['none']],
		['a planned visit', []],
		['a visit in progress', ['start']],
		['a finished visit', ['start', 'finish']],
		['a cancelled visit', ['cancel']]
	];
	const table = caseStatus.options.flatMap((status) =>
		visits.flatMap(([words, states]) => names.map((name) => ({ status, words, states, name })))
	);
	test.each(table)('$name on $words of a case at $status', ({ status, states, name }) => {
		const file = states[0] === 'none' ? aFile({ status }) : withVisit(aFile({ status }), ...states);
		const result = act(file, name, captures[name]);
		expect(result.outcome).toBe('applied');
		expect(result.changes.map(({ kind }) => kind)).toContain('event');
	});
});

describe('what the rules would refuse goes to a person instead', () => {
	test.each(names)('%s on a case that has passed to another officer', (name) => {
		const result = act(aFile({ assignedTo: sam.id }), name, captures[name], jo);
		expect([result.outcome, result.code]).toEqual(['quarantined', 'no-longer-assigned']);
	});

	test.each(names)('%s by somebody whose role has it not', (name) => {
		expect(act(aFile(), name, captures[name], ada).outcome).toBe('quarantined');
	});

	test.each(names)('%s on a case that the register does not have', (name) => {
		const result = act(fileWith(), name, captures[name], tess);
		expect([result.outcome, result.code]).toEqual(['quarantined', 'case-unknown']);
	});

	test('what a newer version recorded, or nobody can read', () => {
		const newer = envelope('write-note', captures['write-note'], jo, { v: 99 });
		expect(perform(aFile(), newer).code).toBe('version-unknown');
		expect(act(aFile(), 'smell-gas', {}).code).toBe('payload-not-understood');
		expect(act(aFile(), 'write-note', { text: 7 }).code).toBe('payload-not-understood');
		expect(act(aFile(), 'write-note', captures['write-note'], uuid(3, 99)).code).toBe(
			'officer-unknown'
		);
	});
});

describe('a capture', () => {
	test.each(names)('%s that comes twice is there once', (name) => {
		const sent = envelope(name, captures[name]);
		const { file } = perform(aFile(), sent);
		expect(perform(file, sent).changes).toEqual([]);
	});

	test('names the bytes that belong to it', async () => {
		const { commands } = await import('../index.ts');
		const blobs = (name: Capture) => commands.get(name)?.blobs?.(captures[name]) ?? [];
		expect(blobs('take-photo')).toEqual([sha('a'), sha('b')]);
		expect(blobs('add-document')).toEqual([sha('c')]);
		expect(blobs('write-note')).toEqual([]);
	});

	test('taken back stays, struck through, with who and why', () => {
		const { file } = act(aFile(), 'take-photo', captures['take-photo']);
		const back = { kind: 'photo', id: captures['take-photo'].id, reason: 'Wrong house' };
		const result = act(file, 'withdraw-capture', back);
		expect(result.file.get('photo', back.id)).toMatchObject({
			number: 'JB-1',
			withdrawn: { by: jo.id, reason: 'Wrong house' }
		});
		expect(act(result.file, 'withdraw-capture', back).code).toBe('already-withdrawn');
	});

	test('of a closed case may still be taken back', () => {
		const status: CaseStatus = 'closed';
		const { file } = act(aFile({ status }), 'write-note', captures['write-note']);
		const back = { kind: 'note', id: captures['write-note'].id, reason: 'Other case' };
		expect(act(file, 'withdraw-capture', back).outcome).toBe('applied');
	});
});
