import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applicationType, applicationTypes } from '#lib/domain/application-type.ts';
import { designation, designations } from '#lib/domain/designation.ts';
import { documentTagGroup } from '#lib/domain/document-tag.ts';
import { nationalEvents } from '#lib/domain/process-event.ts';
import { samplePath, samplesSkipped } from '../samples.ts';

const read = (...path: string[]) => readFileSync(samplePath(...path), 'utf8');

/** References, the first column of a codelist. */
const references = (...path: string[]) =>
	read('mhclg', ...path)
		.split('\n')
		.slice(1)
		.flatMap((line) => /^([a-z0-9]+(?:-[a-z0-9]+)*),/.exec(line)?.[1] ?? []);

/** Every code that the Open Digital Planning schema allows in one place: `value: { const: … }`. */
function constants(definition: string): string[] {
	const schema = JSON.parse(read('odp', 'schemas', 'application.json')) as {
		definitions: Record<string, unknown>;
	};
	const text = JSON.stringify(schema.definitions[definition]);
	return [
		...new Set([...text.matchAll(/"value":\{"const":"([^"]+)"/g)].map(([, code]) => code ?? ''))
	];
}

describe.skipIf(samplesSkipped !== false)('our lists against the published ones', () => {
	test('the national events are those of the codelist', () => {
		expect(Object.keys(nationalEvents).sort()).toEqual(
			references('codelist', 'permission-process-event.csv').sort()
		);
	});

	test('the national designations are all known', () => {
		const ours = new Set([...designations.values()].map(({ national }) => national));
		const missing = references('codelist', 'designation.csv').filter((one) => !ours.has(one));
		// no Open Digital Planning submission has a code for these
		expect(missing).toEqual(['national-nature-reserve', 'secretary-specified-area']);
	});

	test('national types are named as they are published', () => {
		const published = new Set(references('planning-application-type.csv'));
		published.add('s73').add('mod-discharge-s106').add('reg-3').add('reg-4');
		const national = applicationTypes.flatMap((type) => type.national ?? []);
		expect(national.filter((one) => !published.has(one))).toEqual([]);
	});

	test('every type, tag and designation of the Open Digital Planning schema is known', () => {
		const types = constants('ApplicationType');
		expect(types).toHaveLength(105);
		expect(types.filter((code) => applicationType(code)?.current !== true)).toEqual([]);
		const tags = constants('FileType');
		expect(tags.length).toBeGreaterThan(100);
		expect(tags.filter((tag) => documentTagGroup(tag) === null)).toEqual([]);
		const constraints = constants('PlanningDesignation');
		expect(constraints.length).toBeGreaterThan(70);
		expect(constraints.filter((code) => designation(code) === undefined)).toEqual([]);
	});
});
