import { describe, expect, test } from 'vitest';
import { checkAnswerId } from '#lib/domain/validation/check-answer.ts';
import { act, aFile, caseId, envelope, jo, perform, rae, sam, tess } from '../one-case.fixture.ts';

const said = (rule: string, over: object = {}) => ({
	rule,
	says: 'met',
	reason: '',
	seen: 'abc',
	base: null,
	...over
});
const answer = (...answers: object[]) => ({ answers });
const standing = (file: ReturnType<typeof aFile>, rule: string) =>
	file.get('check', checkAnswerId(caseId, rule));

describe('answering what only a person can say', () => {
	test('keeps who looked, on which day, at what, and tells the timeline once', () => {
		const done = act(aFile(), 'answer-checks', answer(said('V11'), said('V16')));
		expect(standing(done.file, 'V11')?.value).toEqual({
			says: 'met',
			overrides: false,
			reason: '',
			seen: 'abc',
			by: jo.id,
			on: '2026-03-03'
		});
		expect(done.file.all('event')).toMatchObject([
			{ type: 'checks-answered', detail: { answers: [{ rule: 'V11' }, { rule: 'V16' }] } }
		]);
	});

	test('needs words where something is not met', () => {
		const bare = answer(said('V11', { says: 'not-met' }));
		expect(act(aFile(), 'answer-checks', bare).code).toBe('reason-missing');
	});

	test('changes an answer that was seen, and is refused over one that was not', () => {
		const { file } = act(aFile(), 'answer-checks', answer(said('V11')));
		const other = said('V11', { says: 'not-met', reason: 'No north point.' });
		expect(act(file, 'answer-checks', answer(other), rae).code).toBe('changed-meanwhile');
		const base = standing(file, 'V11')?.writers['value'];
		const changed = act(file, 'answer-checks', answer({ ...other, base }), rae);
		expect(standing(changed.file, 'V11')?.value).toMatchObject({ says: 'not-met', by: rae.id });
	});

	test('two officers who say the same of the same thing agree', () => {
		const { file } = act(aFile(), 'answer-checks', answer(said('V11')));
		const again = act(file, 'answer-checks', answer(said('V11'), said('V16')), rae);
		expect(again.outcome).toBe('applied');
		expect(standing(again.file, 'V11')?.value?.by).toBe(jo.id);
		expect(standing(again.file, 'V16')?.value?.by).toBe(rae.id);
	});

	test('puts in all of several answers or none', () => {
		const { file } = act(aFile(), 'answer-checks', answer(said('V11')));
		const mixed = answer(said('V16'), said('V11', { says: 'not-needed' }));
		const refused = act(file, 'answer-checks', mixed, rae);
		expect(refused.code).toBe('changed-meanwhile');
		expect(standing(refused.file, 'V16')).toBeUndefined();
	});

	test('done twice, it is done once', () => {
		const sent = envelope('answer-checks', answer(said('V11')));
		const first = perform(aFile(), sent);
		expect(perform(first.file, sent).changes).toEqual([]);
	});

	test('is for who may validate this case, while it is under way', () => {
		const some = answer(said('V11'));
		expect(act(aFile(), 'answer-checks', some, tess).outcome).toBe('applied');
		expect(act(aFile(), 'answer-checks', some, sam).code).toBe('not-your-case');
		expect(act(aFile({ status: 'closed' }), 'answer-checks', some).code).toBe('act-not-open');
	});
});

describe('saying otherwise than a rule found', () => {
	test('needs a reason, and keeps it', () => {
		expect(act(aFile(), 'override-check', said('V20')).code).toBe('reason-missing');
		const done = act(aFile(), 'override-check', said('V20', { reason: 'It is on sheet 2.' }));
		expect(standing(done.file, 'V20')?.value).toMatchObject({
			overrides: true,
			reason: 'It is on sheet 2.'
		});
		expect(done.file.all('event')).toMatchObject([{ type: 'check-overridden' }]);
	});
});

describe('taking back', () => {
	const overridden = act(
		aFile(),
		'override-check',
		said('V20', { reason: 'It is on sheet 2.' })
	).file;
	const base = standing(overridden, 'V20')?.writers['value'];

	test('leaves the check as the rule finds it, and the timeline says what was taken back', () => {
		const done = act(overridden, 'take-back-check', { rule: 'V20', base });
		expect(standing(done.file, 'V20')?.value).toBeNull();
		expect(done.file.all('event').at(-1)).toMatchObject({
			type: 'check-answer-withdrawn',
			detail: { rule: 'V20', reason: 'It is on sheet 2.' }
		});
		const now = standing(done.file, 'V20')?.writers['value'];
		expect(act(done.file, 'take-back-check', { rule: 'V20', base: now }).code).toBe(
			'already-withdrawn'
		);
	});

	test('is refused where somebody has answered since, and where nobody has', () => {
		expect(act(overridden, 'take-back-check', { rule: 'V20', base: 'other' }).code).toBe(
			'changed-meanwhile'
		);
		expect(act(aFile(), 'take-back-check', { rule: 'V20', base: 'other' }).code).toBe(
			'record-unknown'
		);
	});

	test('and answering again afterwards goes on from there', () => {
		const { file } = act(overridden, 'take-back-check', { rule: 'V20', base });
		const now = standing(file, 'V20')?.writers['value'];
		const again = act(file, 'override-check', said('V20', { reason: 'Sheet 3.', base: now }), rae);
		expect(standing(again.file, 'V20')?.value?.reason).toBe('Sheet 3.');
	});
});
