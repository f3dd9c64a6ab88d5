import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { format, resolveConfig } from 'prettier';
import { pageOf, readRecord, readSimulated, recordPage, summaryOf } from '../reliability/record.ts';
import { nameOf, namedTests, readGuarantees } from '../reliability/guarantees.ts';

/*
 * docs/guarantees.md promises sixteen things, and each has a test of its name. A promise whose
 * test has gone fails here, and so does a page that names a test that is not there.
 */

const page = readGuarantees();
const tests = namedTests();

test('the page promises sixteen things, numbered from 1', () => {
	expect(page.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
});

test('no test is named after a guarantee that the page does not have', () => {
	const numbers = new Set(page.map(({ number }) => number));
	expect(tests.filter(({ number }) => !numbers.has(number))).toEqual([]);
});

test('the published record is what the runs counted, and nobody’s own words', async () => {
	const record = readRecord();
	expect(existsSync(recordPage)).toBe(record !== null);
	if (record === null) return;
	expect(record.summary).toEqual(summaryOf(record.runs, page));
	const written = await format(pageOf(record, page, readSimulated()), {
		...(await resolveConfig(recordPage)),
		filepath: recordPage
	});
	expect(readFileSync(recordPage, 'utf8')).toBe(written);
});

describe.each(page)('guarantee $number: $title', ({ number, provenIn, unproven }) => {
	const files = new Set(tests.filter((one) => one.number === number).map(({ file }) => file));

	test('has a test of its name, or the page says that it is not proven yet', () => {
		expect(files.size > 0, `tests named ${nameOf(number)}: ${[...files].join(', ')}`).toBe(
			!unproven
		);
		expect(provenIn.length > 0, 'the page names where it is proven').toBe(!unproven);
	});

	test('the tests the page names are there', () => {
		expect(provenIn.filter((file) => !existsSync(file) || !files.has(file))).toEqual([]);
	});
});
