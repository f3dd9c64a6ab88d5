import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newCase } from '#lib/domain/new-case.ts';
import { mapOdpSubmission, type Made, type Problem } from './odp.ts';

let last = 0;
const newId = () => `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`;
const context = {
	newId,
	receivedAt: '2026-03-03T14:05:00.000Z',
	payloadSha256: 'a'.repeat(64),
	fallbackSource: 'API'
};

const polygon = (...corners: number[][]) => ({ type: 'Polygon', coordinates: [corners] });
const square = polygon(
	[-0.11, 51.46],
	[-0.1, 51.46],
	[-0.1, 51.47],
	[-0.11, 51.47],
	[-0.11, 51.46]
);

/** A small whole submission; tests change one thing of it. */
const payload = () => ({
	data: {
		application: { type: { value: 'pp.full.householder' }, fee: { payable: 258 } },
		user: { role: 'applicant' },
		applicant: {
			name: { first: 'Ada', last: 'Lovelace' },
			email: 'ada@example.org',
			siteContact: { role: 'applicant' }
		},
		property: {
			address: {
				singleLine: '1, HIGH STREET, TOWN, SW9 9RZ',
				postcode: 'SW9 9RZ',
				uprn: '100021892955',
				longitude: -0.105,
				latitude: 51.465
			},
			planning: { designations: [] as unknown }
		},
		proposal: { description: 'An extension.', boundary: { site: square as unknown } }
	},
	responses: [] as unknown,
	files: [
		{ name: 'https://example.org/a/plan%20one.pdf', type: [{ value: 'sitePlan.existing' }] }
	] as unknown,
	metadata: {
		id: 'abc',
		organisation: 'LBH',
		source: 'PlanX',
		schema:
			'https://theopensystemslab.github.io/digital-planning-data-schemas/v0.7.7/schemas/application.json',
		submittedAt: '2026-03-02T10:00:00Z'
	}
});
type Payload = ReturnType<typeof payload>;

function made(change: (one: Payload) => void = () => undefined, at = context): Made {
	const one = payload();
	change(one);
	const result = mapOdpSubmission(one, at);
	if ('problems' in result) throw new Error(JSON.stringify(result.problems));
	newCase.parse(result.made);
	return result;
}
const gaps = (change: (one: Payload) => void) => made(change).made.case.gaps;
const problems = (value: unknown): Problem[] => {
	const result = mapOdpSubmission(value, context);
	return 'problems' in result ? result.problems : [];
};
/** Puts any value, however wrong, where the dotted path says; undefined takes what is there away. */
const set = (one: object, path: string, value: unknown) => put(one, path.split('.'), value);

describe('a whole submission', () => {
	test('becomes a case without gaps, received on the London day', () => {
		const { made: one, organisation, sourceId } = made();
		expect(one.case.gaps).toEqual([]);
		expect(one.case).toMatchObject({
			status: 'received',
			reference: null,
			receivedOn: '2026-03-03',
			boundary: square
		});
		expect([organisation, sourceId]).toEqual(['LBH', 'abc']);
		expect(one.documents[0]).toMatchObject({ name: 'plan one.pdf', sha256: null });
	});

	test.each([
		['2026-06-30T22:59:59.999Z', '2026-06-30'],
		['2026-06-30T23:00:00.000Z', '2026-07-01'],
		['2026-12-31T23:30:00.000Z', '2026-12-31'],
		['2026-03-29T00:30:00.000Z', '2026-03-29']
	])('received at %s is received on %s', (receivedAt, day) => {
		expect(made(undefined, { ...context, receivedAt }).made.case.receivedOn).toBe(day);
	});
});

describe('what is missing or odd becomes a gap, and the case is still made', () => {
	test.each([
		['no boundary', (p) => set(p, 'data.proposal.boundary', undefined), 'no site boundary'],
		['no UPRN', (p) => set(p, 'data.property.address.uprn', undefined), 'no UPRN'],
		[
			'a UPRN that is none',
			(p) => set(p, 'data.property.address.uprn', 'n/a'),
			'UPRN in the submission is not'
		],
		['no postcode', (p) => set(p, 'data.property.address.postcode', undefined), 'no postcode'],
		['no e-mail', (p) => set(p, 'data.applicant.email', undefined), 'no e-mail address'],
		['no applicant', (p) => set(p, 'data.applicant', undefined), 'names no applicant'],
		[
			'no site contact',
			(p) => set(p, 'data.applicant.siteContact', undefined),
			'whom to contact for a site visit'
		],
		[
			'no coordinates',
			(p) => {
				set(p, 'data.property.address.longitude', undefined);
				set(p, 'data.property.address.latitude', undefined);
			},
			'no coordinates'
		],
		['no description', (p) => set(p, 'data.proposal.description', undefined), 'does not describe'],
		['no files', (p) => set(p, 'files', undefined), 'names no files'],
		[
			'no designations',
			(p) => set(p, 'data.property.planning', undefined),
			'says nothing of designations'
		],
		['no id', (p) => set(p, 'metadata.id', undefined), 'no id of its own'],
		['no metadata', (p) => set(p, 'metadata', undefined), 'does not name the schema'],
		[
			'an unknown type',
			(p) => set(p, 'data.application.type.value', 'pp.full.householder.demolition'),
			'is not in the national list'
		],
		[
			'a retired type',
			(p) => set(p, 'data.application.type.value', 'nonMaterialAmendment'),
			'no longer in use'
		],
		[
			'an unknown schema',
			(p) =>
				set(
					p,
					'metadata.schema',
					'https://theopensystemslab.github.io/digital-planning-data-schemas/v9.0.0/schemas/application.json'
				),
			'a schema this version does not know'
		],
		[
			'another address',
			(p) => set(p, 'metadata.schema', 'https://example.org/schema.json'),
			'a schema this version does not know'
		],
		[
			'a description that is a list',
			(p) => set(p, 'data.proposal.description', ['a']),
			'“data.proposal.description” should be text'
		],
		['files that are no list', (p) => set(p, 'files', 'none'), 'is not a list of files'],
		['a fee in words', (p) => set(p, 'data.application.fee.payable', 'free'), 'should be a number'],
		[
			'a boundary in France',
			(p) =>
				set(p, 'data.proposal.boundary.site', polygon([2, 48], [2.1, 48], [2.1, 48.1], [2, 48])),
			'lies outside England.'
		],
		[
			'a boundary the wrong way round',
			(p) =>
				set(
					p,
					'data.proposal.boundary.site',
					polygon([51, -0.1], [51.1, -0.1], [51.1, -0.2], [51, -0.1])
				),
			'the wrong way round'
		],
		[
			'a boundary in metres',
			(p) =>
				set(
					p,
					'data.proposal.boundary.site',
					polygon([530000, 175000], [530100, 175000], [530100, 175100], [530000, 175000])
				),
			'not degrees'
		],
		[
			'a boundary that is a line',
			(p) =>
				set(p, 'data.proposal.boundary.site', {
					type: 'LineString',
					coordinates: [
						[0, 51],
						[1, 51]
					]
				}),
			'could not be read as an area'
		],
		[
			'a boundary with two corners',
			(p) => set(p, 'data.proposal.boundary.site', polygon([-0.1, 51], [-0.2, 51], [-0.1, 51])),
			'fewer than three corners'
		],
		[
			'a boundary that is open',
			(p) => set(p, 'data.proposal.boundary.site', polygon([-0.1, 51], [-0.2, 51], [-0.2, 51.1])),
			'was not closed'
		],
		[
			'a bow tie',
			(p) =>
				set(
					p,
					'data.proposal.boundary.site',
					polygon([-0.1, 51], [-0.2, 51.1], [-0.2, 51], [-0.1, 51.1], [-0.1, 51])
				),
			'crosses itself'
		],
		[
			'coordinates in metres',
			(p) => set(p, 'data.property.address.longitude', 530000),
			'not degrees'
		],
		[
			'coordinates in Scotland',
			(p) => set(p, 'data.property.address.latitude', 57.1),
			'lie outside England'
		],
		[
			'an answer neither yes nor no',
			(p) => set(p, 'data.property.planning.designations', [{ value: 'tpo' }]),
			'does not say whether the site meets'
		],
		[
			'a required plan not supplied',
			(p) =>
				set(p, 'metadata.service', {
					files: { required: [{ value: 'locationPlan', description: 'Location plan' }] }
				}),
			'not among the files: Location plan (locationPlan).'
		]
	] as [string, (one: object) => void, string][])('%s', (_name, change, sentence) => {
		expect(gaps(change).join('\n')).toContain(sentence);
	});

	test('a title boundary is not taken for the red line', () => {
		const { made: one } = made((p) => {
			Object.assign(p.data.property, { boundary: { site: square } });
			p.data.proposal.boundary.site = undefined;
		});
		expect(one.case.boundary).toBeNull();
		expect(one.case.gaps.join()).toContain('it does carry the boundary of the title');
		expect(one.submission?.facts).toContainEqual({
			path: 'data.property.boundary.site.coordinates',
			value: JSON.stringify(square.coordinates)
		});
	});

	test('an unknown type stays as it came, a retired one becomes its successor', () => {
		const typed = (value: string) =>
			made((p) => (p.data.application.type.value = value)).made.case.applicationType;
		expect(typed('something.new')).toBe('something.new');
		expect(typed('pip')).toBe('pp.pip');
	});
});

describe('a red line is found in any wrapping and kept as it came', () => {
	const feature = { type: 'Feature', properties: { name: 'a' }, geometry: square };
	const multi = { type: 'MultiPolygon', coordinates: [square.coordinates, square.coordinates] };
	test.each([
		['a bare polygon', square, square],
		['a feature', feature, square],
		['a collection of one', { type: 'FeatureCollection', features: [feature] }, square],
		['a collection of two', { type: 'FeatureCollection', features: [feature, feature] }, multi],
		['a multipolygon', multi, multi],
		['a geometry collection', { type: 'GeometryCollection', geometries: [square] }, square],
		['GeoJSON written as text', JSON.stringify(feature), square],
		[
			'a good area beside a broken one',
			{
				type: 'FeatureCollection',
				features: [feature, { type: 'Feature', geometry: polygon([0, 51]) }]
			},
			square
		]
	])('%s', (_name, site, expected) => {
		expect(made((p) => (p.data.proposal.boundary.site = site)).made.case.boundary).toEqual(
			expected
		);
	});

	test('a hole that is broken is left out, the outside stays', () => {
		const site = { type: 'Polygon', coordinates: [...square.coordinates, [[0, 51]]] };
		const { made: one } = made((p) => (p.data.proposal.boundary.site = site));
		expect(one.case.boundary).toEqual(square);
		expect(one.submission?.facts.map(({ path }) => path)).toContain(
			'data.proposal.boundary.site.coordinates'
		);
	});
});

describe('what every submission says and others lose is kept', () => {
	test('exemptions, reductions, categories and reference of the fee', () => {
		const { made: one } = made((p) => {
			set(p, 'data.application.fee', {
				calculated: 500,
				payable: '250.50',
				category: { sixAndSeven: 258, eleven: { one: 1, two: 2 } },
				exemption: { disability: true, resubmission: false },
				reduction: { sports: true, alternative: false },
				reference: { govPay: 'ref-1', other: 'ref-2' },
				calculatedVAT: 90
			});
		});
		expect(one.submission?.fee).toEqual({
			calculated: 500,
			payable: 250.5,
			reference: 'ref-1',
			categories: { sixAndSeven: 258, 'eleven.one': 1, 'eleven.two': 2 },
			exemptions: ['disability'],
			reductions: ['sports']
		});
		const facts = Object.fromEntries(one.submission?.facts.map((f) => [f.path, f.value]) ?? []);
		expect(facts).toMatchObject({
			'data.application.fee.reference.other': 'ref-2',
			'data.application.fee.calculatedVAT': '90',
			'data.application.fee.exemption.resubmission': 'No'
		});
	});

	test('designations nobody knows, and those the site does not meet', () => {
		const { made: one } = made((p) => {
			set(p, 'data.property.planning.designations', [
				{
					value: 'dragonLair',
					description: 'Dragon’s lair',
					intersects: true,
					entities: [{ name: 'Smaug', source: { text: 'Lore' } }]
				},
				{ value: 'greenBelt', description: 'Green belt', intersects: false }
			]);
		});
		expect(one.constraints).toMatchObject([
			{
				code: 'dragonLair',
				dataset: null,
				intersects: true,
				entities: [{ name: 'Smaug', url: null }]
			},
			{ code: 'greenBelt', dataset: 'green-belt', intersects: false }
		]);
	});

	test('an applicant at the site address has that address, and it says so', () => {
		const { made: one } = made((p) => {
			Object.assign(p.data.property.address, {
				pao: '1',
				paoEnd: '3',
				sao: 'Flat 2',
				street: 'HIGH STREET',
				town: 'TOWN'
			});
			set(p, 'data.applicant.address', { sameAsSiteAddress: true });
		});
		expect(one.people[0]?.address).toEqual({
			lines: ['Flat 2', '1–3 HIGH STREET'],
			town: 'TOWN',
			county: null,
			postcode: 'SW9 9RZ',
			country: null,
			sameAsSite: true
		});
	});

	test.each([
		['applicant', 'Ada Lovelace'],
		['agent', 'Charles Babbage'],
		['proxy', 'Charles Babbage']
	])('a site contact who is the %s is found by name', (role, name) => {
		const { made: one } = made((p) => {
			set(p, 'data.applicant.agent', {
				name: { title: '', first: 'Charles', last: 'Babbage' },
				company: { name: 'Engines Ltd' },
				phone: { primary: '01234' }
			});
			set(p, 'data.applicant.siteContact', { role });
		});
		const contact = one.people.find((person) => person.role === 'site-contact');
		expect(contact).toMatchObject({ name, detail: { role } });
	});

	test('owners with the day and the reason of their notice', () => {
		const { made: one } = made((p) => {
			set(p, 'data.applicant.ownership', {
				certificate: 'c',
				noticePublished: { status: true, newspaperName: 'The Echo', date: '2026-02-01' },
				owners: [
					{ name: 'A', address: '1 Road', noticeDate: '2026-02-01' },
					{ name: 'B', interest: 'lessee', noticeGiven: false, noNoticeReason: 'unknown address' }
				]
			});
		});
		expect(one.submission?.ownership).toEqual({
			certificate: 'c',
			'noticePublished.status': 'Yes',
			'noticePublished.date': '2026-02-01',
			'noticePublished.newspaperName': 'The Echo'
		});
		expect(one.people.filter(({ role }) => role === 'owner')).toMatchObject([
			{ name: 'A', address: { lines: ['1 Road'] }, detail: { noticeDate: '2026-02-01' } },
			{
				name: 'B',
				detail: { interest: 'lessee', noticeGiven: 'No', noNoticeReason: 'unknown address' }
			}
		]);
	});
});

describe('a payload that cannot become a case is refused by the path of each problem', () => {
	test.each([
		[null, ['$']],
		['text', ['$']],
		[[], ['$']],
		[{}, ['data']],
		[{ data: [] }, ['data']],
		[{ data: {} }, ['data.application.type.value', 'data.property.address']],
		[
			{
				data: { application: { type: { value: { a: 1 } } }, property: { address: { title: 'A' } } }
			},
			['data.application.type.value']
		],
		[
			{ data: { application: { type: { value: '  ' } }, property: { address: { title: 'A' } } } },
			['data.application.type.value']
		],
		[{ data: { application: { type: { value: 'listed' } } } }, ['data.property.address']]
	])('%j: %j', (value, paths) => {
		expect(problems(value).map(({ path }) => path)).toEqual(paths);
	});

	test('an address, coordinates or a boundary alone is enough to say where', () => {
		const type = { application: { type: { value: 'listed' } } };
		for (const where of [
			{ property: { address: { title: 'Land north of the road' } } },
			{ property: { address: { longitude: 0, latitude: 51 } } },
			{ proposal: { boundary: { site: square } } }
		])
			expect(problems({ data: { ...type, ...where } })).toEqual([]);
	});
});

describe('hostile payloads harm nothing', () => {
	test('keys that reach for the prototype are kept as facts', () => {
		const text = JSON.stringify(payload()).replace(
			'"fee":{',
			'"__proto__":{"polluted":"yes"},"fee":{"category":{"__proto__":5,"constructor":7},'
		);
		const result = mapOdpSubmission(JSON.parse(text), context);
		if ('problems' in result) throw new Error('refused');
		expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
		expect(result.made.submission?.facts).toContainEqual({
			path: 'data.application.__proto__.polluted',
			value: 'yes'
		});
		expect(Object.keys(result.made.submission?.fee.categories ?? {})).toEqual(['constructor']);
	});

	test('text of millions of characters is cut, and said', () => {
		const { made: one } = made((p) => (p.data.proposal.description = 'a'.repeat(5_000_000)));
		expect(one.case.description).toHaveLength(20_000);
		expect(one.case.gaps.join()).toContain('is too long to show whole (5000000 characters)');
		expect(JSON.stringify(one).length).toBeLessThan(100_000);
	});

	test('nesting without end is left where it is, and said', () => {
		let deep: unknown = 'end';
		for (let i = 0; i < 200_000; i++) deep = i % 2 === 0 ? [deep] : { deep };
		let coordinates: unknown = 1;
		for (let i = 0; i < 200_000; i++) coordinates = [coordinates];
		const { made: one } = made((p) => {
			set(p, 'extra', deep);
			set(p, 'data.proposal.boundary.site', { type: 'Polygon', coordinates });
			set(p, 'data.property.boundary', { site: { type: 'Polygon', coordinates } });
		});
		expect(one.case.gaps.join()).toContain('nested too deeply');
	});

	test('a million facts are listed up to a bound, and the rest counted', () => {
		const { made: one } = made((p) => {
			set(
				p,
				'data.proposal.units',
				Array.from({ length: 100_000 }, (_, i) => ({ bedrooms: i }))
			);
			set(
				p,
				'responses',
				Array.from({ length: 20_000 }, (_, i) => ({
					question: `Question ${i}`,
					responses: [{ value: 'x'.repeat(100) }]
				}))
			);
			set(
				p,
				'files',
				Array.from({ length: 5_000 }, (_, i) => ({
					name: `https://example.org/${i}.pdf`
				}))
			);
		});
		expect(one.submission?.facts.length).toBeLessThanOrEqual(5_000);
		expect(one.documents).toHaveLength(1_000);
		expect(one.case.gaps.join()).toMatch(/\d+ more stated facts are too many to list/);
		expect(JSON.stringify(one).length).toBeLessThan(2_000_000);
	});

	test('a boundary of too many corners is not kept, and said', () => {
		const ring = Array.from({ length: 600 }, (_, i) => [
			Math.cos(i / 96) / 10,
			51 + Math.sin(i / 96) / 10
		]);
		const site = { type: 'MultiPolygon', coordinates: Array.from({ length: 2_000 }, () => [ring]) };
		const { made: one } = made((p) => (p.data.proposal.boundary.site = site));
		expect(one.case.boundary).toBeNull();
		expect(one.case.gaps.join()).toContain('more than 10,000 corners');
		expect(one.submission?.facts.map(({ path }) => path)).toContain(
			'data.proposal.boundary.site.coordinates'
		);
	});

	test('control characters and broken characters do not get in', () => {
		const { made: one } = made(
			(p) => (p.data.proposal.description = 'a\u0000b\u001b[2Jc\ud800d\r\ne')
		);
		expect(one.case.description).toBe('ab[2Jc\ufffdd\ne');
	});

	test('a file name cannot climb out of a folder', () => {
		const { made: one } = made((p) =>
			set(p, 'files', [
				{ name: 'https://example.org/x/..%2F..%2Fetc%2Fpasswd' },
				{ name: 'https://example.org/%E0%A4%A' }
			])
		);
		expect(one.documents.map(({ name }) => name)).toEqual(['.. .. etc passwd', '%E0%A4%A']);
	});
});

describe('whatever JSON comes, the mapper answers', () => {
	const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
	process.stdout.write(`odp.test.ts: fast-check seed ${seed} (set FC_SEED to repeat it)\n`);

	const answers = (value: unknown) => {
		const result = mapOdpSubmission(value, context);
		if ('problems' in result) {
			expect(result.problems.length).toBeGreaterThan(0);
			for (const { path, problem } of result.problems) expect(path && problem).not.toBe('');
		} else expect(newCase.safeParse(result.made).error?.issues).toBeUndefined();
	};

	test('any JSON at all', () => {
		fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), answers), { seed, numRuns: 500 });
	});

	test('a submission with any JSON in any of its places', () => {
		const places = pathsOf(payload());
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 4 })), {
					minLength: 1,
					maxLength: 6
				}),
				(changes) => {
					const one = payload();
					for (const [path, value] of changes) put(one, path, value);
					answers(one);
				}
			),
			{ seed, numRuns: 1_500 }
		);
	});
});

function pathsOf(value: unknown, path: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [path];
	return [
		path,
		...Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]))
	].filter(({ length }) => length > 0);
}

function put(target: unknown, path: string[], value: unknown): void {
	const [key = '', ...rest] = path;
	if (typeof target !== 'object' || target === null) return;
	const owner = target as Record<string, unknown>;
	if (rest.length === 0) owner[key] = value;
	else put(owner[key], rest, value);
}
