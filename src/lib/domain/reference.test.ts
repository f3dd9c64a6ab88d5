import { expect, test } from 'vitest';
import { formatReference, parseReference, withSuffix } from './reference.ts';

test.each([
	[{ year: 2026, number: 100, suffix: 'HAPP' }, '26-00100-HAPP'],
	[{ year: 2005, number: 7, suffix: 'PA1A' }, '05-00007-PA1A'],
	[{ year: 2026, number: 123_456, suffix: 'LBC' }, '26-123456-LBC']
])('%j is written %s, and read back', (parts, text) => {
	expect(formatReference(parts)).toBe(text);
	expect(parseReference(text)).toEqual({ council: null, ...parts });
});

test.each([
	['26-00100-happ', '26-00100-HAPP'],
	[' LBH-26-00100-HAPP ', '26-00100-HAPP'],
	['swk 26 100 pa1a', '26-00100-PA1A'],
	['26/100/LBC', '26-00100-LBC'],
	['2026-00100-HAPP', '26-00100-HAPP'],
	['26–00100–HAPP', '26-00100-HAPP']
])('%j is what the register calls %s', (typed, tidy) => {
	const parsed = parseReference(typed);
	expect(parsed && formatReference(parsed)).toBe(tidy);
});

test('the council’s code in front is read', () => {
	expect(parseReference('LBH-26-00100-HAPP')?.council).toBe('LBH');
});

test.each([
	'',
	'26-00100',
	'HAPP',
	'14 High Street',
	'SC/2019/0441/F',
	'1-2-3-4',
	'x'.repeat(1_000_000)
])('%.40j is no reference of ours', (text) => {
	expect(parseReference(text)).toBeNull();
});

test('another suffix changes nothing else', () => {
	expect(withSuffix('26-00100-HAPP', 'PA1A')).toBe('26-00100-PA1A');
	expect(withSuffix('APP/1/2/3', 'PA1A')).toBe('APP/1/2/3');
});
