import { describe, expect, test } from 'vitest';
import { aFile, act, ada, jo, sam, tess } from '../one-case.fixture.ts';

const change = (
	file = aFile(),
	to = 'pa.part1.classA',
	from = 'pp.full.householder',
	by = jo,
	reason = 'It is a larger extension'
) => act(file, 'change-type', { from, to, reason }, by);

describe('changing the application type', () => {
	test('keeps year and number in a later year, and the earlier form', () => {
		const result = change();
		expect(result.file.case).toMatchObject({
			applicationType: 'pa.part1.classA',
			reference: '26-00100-PA1A',
			previousReferences: ['26-00100-HAPP']
		});
		expect(result.file.all('event')).toMatchObject([{ type: 'type-changed' }]);
	});

	test('there and back leaves each form once', () => {
		const there = change().file;
		const back = change(there, 'pp.full.householder', 'pa.part1.classA').file;
		expect(back.case).toMatchObject({
			reference: '26-00100-HAPP',
			previousReferences: ['26-00100-PA1A']
		});
	});

	test('gives a case nobody could name its type', () => {
		const unknown = aFile({ applicationType: 'something.new', reference: '26-00100-TBC' });
		expect(change(unknown, 'listed', 'something.new').file.case?.reference).toBe('26-00100-LBC');
	});

	test('leaves the reference of another system whole', () => {
		const imported = aFile({ reference: 'SC/2019/0441/F' });
		expect(change(imported).file.case?.reference).toBe('SC/2019/0441/F');
	});

	test('of a case without a reference yet gives it none', () => {
		expect(change(aFile({ reference: null })).file.case).toMatchObject({
			reference: null,
			previousReferences: []
		});
	});

	test('is refused when somebody else has changed it meanwhile', () => {
		expect(change(change().file, 'listed').code).toBe('changed-meanwhile');
	});

	test.each(['awaiting-determination', 'in-committee', 'determined', 'withdrawn'] as const)(
		'is refused once the case is at %s',
		(status) => {
			expect(change(aFile({ status })).code).toBe('act-not-open');
		}
	);

	test('takes a type in use and a reason', () => {
		expect(change(aFile(), 'pip').code).toBe('value-not-accepted');
		expect(change(aFile(), 'toString').code).toBe('value-not-accepted');
		expect(change(aFile(), 'listed', undefined, jo, ' ').code).toBe('reason-missing');
	});

	test('is for those who validate', () => {
		expect(change(aFile(), 'listed', undefined, tess).outcome).toBe('applied');
		expect(change(aFile(), 'listed', undefined, sam).code).toBe('not-your-case');
		expect(change(aFile(), 'listed', undefined, ada).code).toBe('not-permitted');
	});
});
