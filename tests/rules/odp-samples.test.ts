import { describe, expect, test } from 'vitest';
import { newCase } from '#lib/domain/new-case.ts';
import { sampleFiles, samplesSkipped } from '../samples.ts';
import { mapOdpSubmission, type Made } from '#lib/domain/intake/odp.ts';

/**
 * Leaves of a payload that are on the case in another form, and so are not looked for word for word.
 * Everything else that a sender states has to be found.
 */
const saidOtherwise: readonly (readonly [path: RegExp, why: string])[] = [
	[/^files\[\d+\]\.type\[\d+\]\.description$/, 'words of a tag we know; the tag is kept'],
	[/entities\[\d+\]\.source\.text$/, '“Planning Data”; the address beside it says so'],
	[
		/^data\.proposal\.boundary\.site\..*\btype$|^data\.proposal\.boundary\.site\.type$/,
		'the wrapping of the red line; its coordinates are kept'
	],
	[
		/^data\.applicant\.(agent\.)?address\.sameAsSiteAddress$/,
		'the address itself; see the test of its own'
	],
	[/^data\.property\.planning\.designations\[\d+\]\.intersects$/, 'see the test of its own'],
	[/^responses\[\d+\]\.metadata\.autoAnswered$/, 'see the test of its own'],
	[
		/^data\.application\.fee\.(exemption|reduction)\.\w+$/,
		'its name is kept; see the test of its own'
	]
];

type Leaf = { path: string; value: string | number | boolean };

function leaves(value: unknown, path = ''): Leaf[] {
	if (Array.isArray(value)) return value.flatMap((one, i) => leaves(one, `${path}[${i}]`));
	if (typeof value === 'object' && value !== null)
		return Object.entries(value).flatMap(([key, one]) =>
			leaves(one, path === '' ? key : `${path}.${key}`)
		);
	return value === null || value === undefined || value === ''
		? []
		: [{ path, value: value as Leaf['value'] }];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether the words stand in the text as words, not as part of longer ones. */
const stands = (words: string, text: string) =>
	text === words || new RegExp(`(?<![\\w.])${escaped(words)}(?![\\w])`).test(text);

function lost(payload: unknown, { made, organisation }: Made): string[] {
	const facts = made.submission?.facts ?? [];
	const { submission, ...records } = made;
	const { facts: _facts, ...stated } = submission ?? { facts: [] };
	const placed = leaves({ records, stated, organisation });
	const texts = new Set(placed.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])));
	const numbers = new Set(
		placed.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
	);
	return leaves(payload)
		.filter(({ path }) => !saidOtherwise.some(([pattern]) => pattern.test(path)))
		.filter(({ path, value }) => {
			const words = typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value).trim();
			if (facts.some((fact) => path.startsWith(fact.path) && stands(words, fact.value)))
				return false;
			if (typeof value === 'number' && numbers.has(value)) return false;
			return !texts.has(words) && ![...texts].some((text) => stands(words, text));
		})
		.map(({ path, value }) => `${path} = ${value}`);
}

let last = 0;
const newId = () => `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`;
const map = (text: string): Made => {
	const result = mapOdpSubmission(JSON.parse(text), {
		newId,
		receivedAt: '2026-03-03T14:05:00.000Z',
		payloadSha256: 'a'.repeat(64),
		fallbackSource: 'API'
	});
	if ('problems' in result) throw new Error(JSON.stringify(result.problems));
	return result;
};

describe.skipIf(samplesSkipped !== false)(
	'submissions of the Open Digital Planning samples',
	() => {
		const files = samplesSkipped === false ? sampleFiles('odp', 'application') : [];
		const sample = (name: string) => {
			const file = files.find((one) => one.name === name);
			if (file === undefined) throw new Error(`no sample ${name}`);
			return map(file.text).made;
		};

		test('all eight are there', () => {
			expect(files).toHaveLength(8);
		});

		test.each(files)('$name becomes a case with nothing lost', ({ text }) => {
			const result = map(text);
			expect(() => newCase.parse(result.made)).not.toThrow();
			expect(lost(JSON.parse(text), result)).toEqual([]);
		});

		test.each(files)('$name keeps every designation, answer and file', ({ text }) => {
			const { made } = map(text);
			const payload = JSON.parse(text) as {
				data: {
					property: { planning: { designations: { value: string; intersects: boolean }[] } };
				};
				responses: { metadata?: { autoAnswered?: boolean } }[];
				files: { type: { value: string }[] }[];
			};
			expect(made.constraints.map(({ code, intersects }) => [code, intersects])).toEqual(
				payload.data.property.planning.designations.map(({ value, intersects }) => [
					value,
					intersects
				])
			);
			expect(made.submission?.answers.map(({ autoAnswered }) => autoAnswered)).toEqual(
				payload.responses.map(({ metadata }) => metadata?.autoAnswered === true)
			);
			expect(made.documents.map(({ tags }) => tags)).toEqual(
				payload.files.map(({ type }) => type.map(({ value }) => value))
			);
		});

		test('a listed building case has its owners, its own site contact and the company', () => {
			const made = sample('listedBuildingConsent.json');
			expect(made.case.gaps).toEqual([]);
			expect(made.people.map(({ role, name }) => [role, name])).toEqual([
				['applicant', 'Jim Henson'],
				['site-contact', 'Gonzo The Great'],
				['owner', 'Rowlf the Dog'],
				['owner', 'Rizzo the Rat']
			]);
			expect(made.people[0]?.organisation).toBe('The Jim Henson Company');
			expect(made.people[0]?.address).toMatchObject({ sameAsSite: true, postcode: 'NW3 1PA' });
			expect(made.people[1]?.email).toBe('gonzo@muppets.org');
			expect(made.people[2]?.detail).toEqual({ noticeDate: '2024-04-01' });
			expect(made.submission?.ownership['certificate']).toBe('b');
		});

		test('a householder case keeps the proxy’s role and how to reach them', () => {
			const made = sample('fullHouseholder.json');
			expect(made.submission?.userRole).toBe('proxy');
			const contact = made.people.find(({ role }) => role === 'site-contact');
			expect(contact).toMatchObject({ name: 'Ziggy Stardust', detail: { role: 'proxy' } });
		});

		test('a certificate keeps the fee exemption and the levy answer', () => {
			const made = files.map(({ text }) => map(text).made);
			const exempt = made.filter(({ submission }) => submission?.fee.exemptions.length !== 0);
			expect(exempt.length).toBeGreaterThan(0);
			expect(exempt[0]?.submission?.fee.exemptions).toContain('disability');
			expect(made.map(({ submission }) => submission?.cil)).toContain('notLiable');
		});

		test('pre-application advice is read by the same mapper', () => {
			const made = sample('preApp.json');
			expect(made.case.applicationType).toBe('preApp');
			expect(made.submission?.fee.payable).toBe(498);
		});
	}
);
