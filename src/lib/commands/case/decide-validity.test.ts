import { expect, test } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { validFrom } from '#lib/domain/workflow/valid-from.ts';
import { proposedReasons } from '#lib/domain/workflow/proposed-reasons.ts';
import type { CaseFile } from '../case-file.ts';
import { caseRecords } from '../case-records.ts';
import { act, aFile, caseId, jo, rae, statusOf, tess, uuid } from '../one-case.fixture.ts';

const statute = { kind: 'statute', citation: 'DMPO 2015 article 7(1)(c)(i)', adoptedOn: null };
const local = (adoptedOn: string | null) => ({
	kind: 'local-list',
	citation: 'Local list, entry 4',
	adoptedOn
});
const reason = (basis: object = statute, words = 'The red line leaves out the drive.') => ({
	from: 'boundary',
	words,
	basis,
	remedy: 'Send a plan with the drive inside the red line.'
});
const seen = (over: object = {}) => ({
	base: null,
	reasons: [],
	shown: ['boundary: not-started'],
	proposedFrom: '2026-03-02',
	working: [],
	...over
});
const valid = (file: CaseFile, over: object = {}, by: Officer = tess) =>
	act(
		file,
		'record-act',
		{ act: 'validate', effectiveOn: '2026-03-02', reason: '', validity: seen(), ...over },
		by
	);
const invalid = (file: CaseFile, reasons: object[], over: object = {}, by: Officer = tess) =>
	act(
		file,
		'record-act',
		{
			act: 'invalidate',
			effectiveOn: '2026-03-03',
			reason: '',
			validity: seen({ reasons }),
			...over
		},
		by
	);
const finding = (task: string, outcome: string, note = ''): TypedRecord => ({
	kind: 'finding',
	record: {
		id: `${caseId}:${task}`,
		caseId,
		task,
		value: { outcome: outcome as 'right', note, seen: '' },
		writers: {}
	}
});
const plan = (receivedOn: string): TypedRecord => ({
	kind: 'document',
	record: {
		id: uuid(5, 7),
		caseId,
		name: 'location-plan.pdf',
		tags: ['locationPlan'],
		description: '',
		drawingNumber: null,
		sourceUrl: null,
		receivedOn,
		sha256: null,
		mime: null,
		size: null,
		bytesReceivedAt: null,
		fetchProblem: null,
		publicRegisterStatus: 'not-assessed',
		writers: {}
	}
});
const records = (file: CaseFile) => {
	const found = caseRecords(file);
	if (found === null) throw new Error('no case');
	return found;
};

test('what was shown when it was decided is kept with the decision', () => {
	const { file, outcome } = valid(aFile());
	expect(outcome).toBe('applied');
	expect(file.all('event')[0]?.detail).toMatchObject({ validity: seen() });
});

test('only the law, or an adopted local list in date, makes an application invalid', () => {
	expect(invalid(aFile(), [reason()]).outcome).toBe('applied');
	expect(invalid(aFile(), [reason(local('2024-03-02'))]).outcome).toBe('applied');
	for (const [reasons, said] of [
		[[], /only for reasons that rest on the law/],
		[[reason({ ...statute, citation: ' ' })], /needs its basis/],
		[[reason(statute, '  ')], /Write what is missing/],
		[[reason(local(null))], /give the day on which the list was adopted/],
		[[reason(), reason(local('2024-03-01'))], /not in date/],
		[[reason(local('2026-03-03'))], /not in date/]
	] as const) {
		const refused = invalid(aFile(), [...reasons]);
		expect([refused.outcome, refused.code]).toEqual(['refused', 'basis-missing']);
		if (reasons.length > 0) expect(refused.detail).toMatch(said);
	}
	const old = { act: 'invalidate', effectiveOn: '2026-03-03', reason: 'Because' };
	expect(act(aFile(), 'record-act', old, tess).code).toBe('basis-missing');
});

test('two officers decide at the same moment: the second learns what the first decided', () => {
	const first = valid(aFile(), {}, tess);
	for (const second of [valid(first.file, {}, rae), invalid(first.file, [reason()], {}, rae)]) {
		expect(second.code).toBe('changed-meanwhile');
		expect(second.detail).toBe('Tess Fry decided that it is valid from Monday 2 March 2026.');
		expect(statusOf(second.file)).toBe('in-assessment');
	}
	const made = invalid(aFile(), [reason()], {}, tess);
	const late = valid(made.file, { reason: 'All was there' }, rae);
	expect(late.detail).toBe('Tess Fry decided that it is invalid from Tuesday 3 March 2026.');
	expect(statusOf(late.file)).toBe('invalid');
});

test('a check that is not right stands in the way of "valid", and gives the reason for "invalid"', () => {
	const file = aFile().with([finding('boundary', 'not-right', 'The drive is left out.')]);
	const refused = valid(file);
	expect([refused.code, refused.detail]).toEqual([
		'check-not-right',
		'Check the red line: The red line has changed since it was checked.'
	]);
	const [proposed] = proposedReasons(records(file));
	expect(proposed).toMatchObject({ from: 'boundary', words: 'The drive is left out.' });
	expect(proposed?.basis.citation).toMatch(/article 7\(1\)\(c\)\(i\)/);
	expect(invalid(file, [proposed as object]).outcome).toBe('applied');
});

test('invalid, then valid from the day on which the last missing item arrived', () => {
	const received = records(aFile());
	expect(validFrom(received).on).toBe('2026-03-02');
	const made = invalid(aFile(), [reason()], { effectiveOn: '2026-03-02' });
	const base = made.file.all('event')[0]?.id ?? '';
	expect(validFrom(records(made.file))).toMatchObject({ on: null });
	const unexplained = valid(made.file, { effectiveOn: '2026-03-03', validity: seen({ base }) });
	expect([unexplained.code, unexplained.detail]).toEqual([
		'reason-missing',
		'Say what arrived on that day, and made the application complete.'
	]);
	const mended = made.file.with([plan('2026-03-03')]);
	expect(validFrom(records(mended))).toMatchObject({
		on: '2026-03-03',
		working: [
			expect.stringContaining('34(4)'),
			'It was invalid from Monday 2 March 2026.',
			'The last document, “location-plan.pdf”, arrived on Tuesday 3 March 2026.'
		]
	});
	const other = valid(mended, { validity: seen({ base }) });
	expect(other.detail).toBe(
		'Say why it is valid from Monday 2 March 2026, and not from Tuesday 3 March 2026.'
	);
	expect(
		valid(mended, { validity: seen({ base }), reason: 'It had come by post before' }).outcome
	).toBe('applied');
	const { file } = valid(mended, { effectiveOn: '2026-03-03', validity: seen({ base }) });
	expect(statusOf(file)).toBe('in-assessment');
});

test('a day to come, or before receipt, is refused with its sentence', () => {
	expect(valid(aFile(), { effectiveOn: '2026-03-04' }).code).toBe('date-in-future');
	expect(valid(aFile(), { effectiveOn: '2026-03-01' }).code).toBe('date-before-received');
	expect(invalid(aFile(), [reason()], { effectiveOn: '2026-03-04' }).code).toBe('date-in-future');
});

test('returned and opened again, it stands where it stood, and can be decided', () => {
	const made = invalid(aFile(), [reason()]);
	const base = made.file.all('event')[0]?.id ?? '';
	const end = { act: 'return', effectiveOn: '2026-03-03', reason: 'Nothing came' };
	const returned = act(made.file, 'record-act', end, jo).file;
	expect(valid(returned, { validity: seen({ base }) }).code).toBe('act-not-open');
	const opened = act(returned, 'record-act', { ...end, act: 'reopen' }, rae).file;
	expect(statusOf(opened)).toBe('invalid');
	const again = valid(opened, {
		effectiveOn: '2026-03-03',
		reason: 'The plan came by post',
		validity: seen({ base })
	});
	expect(again.outcome).toBe('applied');
});
