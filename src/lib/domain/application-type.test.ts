import { describe, expect, test } from 'vitest';
import {
	applicationType,
	applicationTypes,
	applicationTypeWords,
	suffixOf,
	unknownSuffix
} from './application-type.ts';

const days = (code: string): number | null => {
	const period = applicationType(code)?.period ?? null;
	return period === null ? null : period.amount * (period.unit === 'weeks' ? 7 : 1);
};

describe('the catalogue of application types', () => {
	test('holds 106 codes in use and 9 retired ones', () => {
		expect(applicationTypes.filter((type) => type.current)).toHaveLength(106);
		expect(applicationTypes.filter((type) => !type.current)).toHaveLength(9);
		expect(new Set(applicationTypes.map((type) => type.code)).size).toBe(115);
	});

	test('gives each type a suffix of its own, two to six capitals or digits', () => {
		const suffixes = applicationTypes.map((type) => type.suffix);
		expect(new Set([...suffixes, unknownSuffix]).size).toBe(116);
		expect(suffixes.filter((suffix) => !/^[A-Z0-9]{2,6}$/.test(suffix))).toEqual([]);
	});

	test('keeps the suffixes councils already issue, and marks the rest for them to confirm', () => {
		const established = applicationTypes.filter((type) => type.suffixStatus === 'established');
		expect(Object.fromEntries(established.map((type) => [type.code, type.suffix]))).toEqual({
			'ldc.existing': 'LDCE',
			'ldc.proposed': 'LDCP',
			'pa.part1.classA': 'PA1A',
			'pp.full.householder': 'HAPP',
			'pp.full.householder.retro': 'HAPR',
			preApp: 'PRE'
		});
	});

	test.each([
		['pa.part1.classA', 42],
		['pa.part3.classMA', 56],
		['pa.part20.classAB', 56],
		['pp.full.householder', 56],
		['pp.full.minor', 56],
		['pp.full.major', 91],
		['pp.outline.major.some', 91],
		['pp.full.major.technicalDetails', 70],
		['pp.full.minor.technicalDetails', 35],
		['environmentalImpact', 112],
		['wtt.notice', 42],
		['preApp', null]
	])('%s is to be decided in %s days', (code, expected) => {
		expect(days(code)).toBe(expected);
	});

	test('says of every period where it comes from and whether that is established', () => {
		for (const { code, period } of applicationTypes) {
			if (period === null) continue;
			expect(period.source.length, code).toBeGreaterThan(10);
			expect(['established', 'council to confirm'], code).toContain(period.status);
		}
		expect(applicationType('pp.full')?.period?.status).toBe('council to confirm');
	});

	test('counts prior approval from its information and planning permission from validity', () => {
		expect(applicationType('pa.part3.classQ')?.period?.basis).toBe('required information received');
		expect(applicationType('pp.full.minor')?.period?.basis).toBe('valid application received');
	});

	test('gives prior approval three outcomes', () => {
		expect(Object.keys(applicationType('pa.part1.classA')?.decisions ?? {})).toEqual([
			'granted',
			'not_required',
			'refused'
		]);
	});

	test('maps every retired code to one in use', () => {
		for (const type of applicationTypes.filter((one) => !one.current))
			expect(applicationType(type.successor ?? '')?.current, type.code).toBe(true);
		expect(applicationType('pip')?.successor).toBe('pp.pip');
	});

	test('reads a code nobody knows without failing', () => {
		expect(applicationType('pp.full.householder.demolition')).toBeUndefined();
		expect(applicationTypeWords('pp.full.householder.demolition')).toBe(
			'Unknown type (pp.full.householder.demolition)'
		);
		expect(suffixOf('__proto__')).toBe('TBC');
	});

	test('a national reference names one type only', () => {
		const national = applicationTypes.flatMap((type) => type.national ?? []);
		expect(new Set(national).size).toBe(national.length);
	});
});
