import { describe, expect, test } from 'vitest';
import { square } from '#lib/domain/proposal/held-case.fixture.ts';
import { aList, anAnswer, result, type Case } from './checked.fixture.ts';
import type { CheckOutcome } from './check.ts';
import { rulesFor } from './rules-for.ts';

/** One line a rule: a case that meets it, one that does not, and how it comes out then. */
type Line = [id: string, meets: Case, fails: Case, outcome: CheckOutcome, says: RegExp];

const full = (proposal: object = {}, rest: Case = {}): Case => ({
	type: 'pp.full.minor',
	...rest,
	data: {
		property: { type: { value: 'commercial.retail.shop', description: 'Shop' } },
		...rest.data,
		proposal: {
			extend: null,
			projectType: [{ value: 'new.dwelling', description: 'New homes' }],
			...proposal
		}
	}
});
const homes = (total: number, more: object = {}) => ({ units: { total }, ...more });
const at = (value: string) => ({
	property: { planning: { designations: [{ value, description: value, intersects: true }] } }
});
const answer = (question: string, given: string) => ({ responses: [{ question, answer: given }] });
const files = (...tags: string[]) => tags.map((tag) => [tag]);
const paidFee = { due: 528, paid: 528, says: '£528 was due and paid.' };

const lines: Line[] = [
	[
		'V01',
		answer('What is it?', 'An extension'),
		{ data: { proposal: { extend: { area: { squareMetres: 'lots' } } } } },
		'fail',
		/“lots” is given as the floorspace of the extension, which is not a number/
	],
	[
		'V02',
		{},
		{ data: { property: { type: { value: 'residential.flat', description: 'Flat' } } } },
		'ask',
		/do not fit a householder application/
	],
	[
		'V03',
		{},
		{ data: { proposal: { description: 'EXTENSION BECAUSE WE NEED ROOM' } } },
		'advice',
		/gives reasons, it is in capital letters/
	],
	['V04', {}, { data: { applicant: { name: { first: '', last: '' } } } }, 'fail', /No applicant/],
	[
		'V05',
		{},
		{ data: { application: { declaration: { accurate: false } } } },
		'fail',
		/answered no/
	],
	[
		'V06',
		{},
		{ data: { applicant: { ownership: { interest: 'tenant' } } } },
		'fail',
		/not the sole owner/
	],
	[
		'V07',
		{
			data: {
				applicant: {
					ownership: { certificate: 'b', owners: [{ name: 'Ash Moor', noticeDate: '2026-02-01' }] }
				}
			}
		},
		{ data: { applicant: { ownership: { certificate: 'b', owners: [{ name: 'Ash Moor' }] } } } },
		'warn',
		/No day of notice is given for Ash Moor/
	],
	[
		'V08',
		{},
		{ data: { applicant: { ownership: { agriculturalTenants: null } } } },
		'fail',
		/Nothing is said of agricultural holdings/
	],
	[
		'V09',
		{},
		{ data: { applicant: { ownership: { interest: 'occupier' } } } },
		'ask',
		/only owner, and they say they are not/
	],
	[
		'V10',
		{},
		{ files: [['elevations.proposed']], over: { boundary: null } },
		'fail',
		/no location plan/
	],
	['V11', { files: [['heritageStatement']] }, {}, 'ask', /scale and the direction of north/],
	[
		'V12',
		{ files: [{ name: 'plan 1:100.pdf', tags: ['floorPlan.proposed'] }] },
		{ files: [{ name: 'plan 1:75.pdf', tags: ['floorPlan.proposed'] }] },
		'advice',
		/plan 1:75\.pdf at 1:75/
	],
	[
		'V13',
		{
			held: (held) => ({
				...held,
				documents: held.documents.map((one) => ({ ...one, description: 'Rye Lane and Elm Road' }))
			})
		},
		{},
		'advice',
		/no reason to call it invalid/
	],
	[
		'V14',
		{},
		{
			data: {
				proposal: {
					boundary: {
						site: {
							type: 'Polygon',
							coordinates: [
								[
									[-0.1187, 51.4657],
									[-0.1184, 51.4659],
									[-0.1184, 51.4657],
									[-0.1187, 51.4659],
									[-0.1187, 51.4657]
								]
							]
						}
					}
				}
			}
		},
		'fail',
		/crosses itself/
	],
	[
		'V15',
		{},
		{
			data: {
				property: { address: { longitude: -3.19, latitude: 55.95 } },
				proposal: { boundary: { site: square(20, [-3.19, 56.2]) } }
			}
		},
		'fail',
		/outside England, where no council in England decides/
	],
	['V16', { over: { boundary: null }, type: 'pp.full' }, {}, 'ask', /to the highway/],
	[
		'V17',
		{},
		{ data: { proposal: { boundary: { area: { squareMetres: 900 } } } } },
		'warn',
		/differ by more than a tenth/
	],
	[
		'V18',
		answer('Do you own other land beside the site?', 'No'),
		answer('Do you own or control other land beside the site?', 'Yes'),
		'ask',
		/blue line/
	],
	[
		'V19',
		{},
		{ data: { property: { address: { longitude: -0.13, latitude: 51.47 } } } },
		'warn',
		/metres from the red line/
	],
	['V20', {}, { files: [['locationPlan']] }, 'fail', /no site plan/],
	[
		'V21',
		{
			files: files(
				'elevations.existing',
				'elevations.proposed',
				'floorPlan.existing',
				'floorPlan.proposed',
				'roofPlan.existing',
				'roofPlan.proposed'
			)
		},
		{},
		'fail',
		/Missing: elevations, existing, elevations, proposed, floor plans/
	],
	[
		'V22',
		{},
		{
			held: (held) => ({
				...held,
				documents: held.documents.map((one) => ({ ...one, drawingNumber: 'A-01' }))
			})
		},
		'warn',
		/share a drawing number/
	],
	['V23', { files: [['locationPlan']] }, {}, 'ask', /same on all drawings/],
	[
		'V24',
		{
			held: (held) => ({
				...held,
				documents: held.documents.map((one, n) => ({
					...one,
					size: 10,
					sha256: String(n).repeat(64)
				}))
			})
		},
		{
			held: (held) => ({
				...held,
				documents: held.documents.map((one) => ({ ...one, size: 10, sha256: 'a'.repeat(64) }))
			})
		},
		'warn',
		/the same as another file, to the byte/
	],
	[
		'V25',
		{ fee: paidFee },
		{ fee: { due: 548, paid: 528, says: '£548 was due, £528 paid.' } },
		'fail',
		/£548 was due/
	],
	[
		'V26',
		{
			data: { application: { fee: { exemption: { disability: true } } } },
			files: [['disabilityExemptionEvidence']]
		},
		{ data: { application: { fee: { exemption: { disability: true } } } } },
		'warn',
		/no document shows it: an exemption for works for a disabled person/
	],
	[
		'V27',
		{ ...full(homes(12)), files: [['designAndAccessStatement']] },
		full(homes(12)),
		'fail',
		/Design and access statement is needed/
	],
	[
		'V28',
		{ type: 'listed', files: [['designAndAccessStatement']] },
		{ type: 'listed' },
		'fail',
		/Design and access statement for listed building consent is needed/
	],
	...([['fireSafetyReport', 'V29']] as const).map(([tag, id]): Line => {
		const tower = homes(20, {
			newBuildings: { buildings: [{ height: { metres: 30 }, storeys: 9 }] }
		});
		return [
			id,
			{ ...full(tower), files: [[tag]] },
			full(tower),
			'fail',
			/Fire statement is needed/
		];
	}),
	['V30', {}, full(homes(1)), 'fail', /biodiversity gain condition/],
	[
		'V31',
		full(homes(1)),
		full(homes(1), answer('Would the biodiversity gain condition apply?', 'Yes')),
		'fail',
		/no biodiversity information is among the documents/
	],
	['V32', full(homes(1)), full(homes(151)), 'ask', /over a threshold or in a sensitive area/],
	[
		'V33',
		{ data: at('flood.zoneThree'), files: [['floodRiskAssessment']] },
		{ data: at('flood.zoneThree') },
		'warn',
		/Flood risk assessment is needed \(flood zone: 3\)/
	],
	[
		'V34',
		{ data: at('designated.conservationArea'), files: [['heritageStatement']] },
		{ data: at('designated.conservationArea') },
		'warn',
		/Heritage statement is needed \(the site: conservation area\)/
	],
	[
		'V35',
		{ data: { property: { trees: { present: true, adjacent: false } } }, files: [['treeSurvey']] },
		{ data: { property: { trees: { present: true, adjacent: false } } } },
		'warn',
		/Tree survey or arboricultural report is needed/
	],
	...(
		[
			['air-quality-assessment', 'emissionsMitigationAndMonitoringScheme', 'warn'],
			['biodiversity-survey-report', 'ecologyReport', 'advice'],
			['land-contamination-assessment', 'contaminationReport', 'advice'],
			['landscaping-plan', 'landscapeStrategy', 'advice'],
			['noise-assessment', 'noiseAssessment', 'advice'],
			['sci', 'statementOfCommunityInvolvement', 'advice'],
			['sustainability-statement', 'sustainabilityStatement', 'advice']
		] as const
	).map(([reference, tag, outcome]): Line => [
		`V36:${reference}`,
		{ ...full(homes(12)), files: [[tag]] },
		full(homes(12)),
		outcome,
		/is needed|is named for this type/
	]),
	[
		'V36:schedule-of-works',
		{ type: 'listed', files: [{ name: 'schedule of works.pdf', tags: ['heritageStatement'] }] },
		{ type: 'listed' },
		'advice',
		/Schedule of works is named for this type/
	],
	[
		'V36:affordable-housing-statement',
		{ ...full(homes(12)), list: aList(), files: [['affordableHousingStatement']] },
		{ ...full(homes(12)), list: aList() },
		'fail',
		/Affordable housing statement is needed \(number of homes provided: 12\)/
	],
	[
		'V37',
		{ list: aList() },
		{ list: aList({ adoptedOn: '2024-03-01' }) },
		'advice',
		/more than two years/
	],
	[
		'V38',
		full(homes(1), { data: { application: { CIL: { result: 'liable' } } } }),
		full(homes(1)),
		'warn',
		/nothing is said of the levy/
	],
	[
		'V39',
		{},
		{ data: { applicant: { siteContact: null } } },
		'warn',
		/Nobody is named to arrange a visit/
	],
	[
		'V40',
		{
			data: { application: { preApp: { reference: '25/001' } } },
			others: [
				{
					caseId: 'x',
					label: '25/001',
					applicationType: 'preApp',
					uprn: null,
					receivedOn: '2025-01-02'
				}
			]
		},
		{ data: { application: { preApp: { reference: '25/001' } } } },
		'advice',
		/advice 25\/001, which is not at hand/
	],
	[
		'V41',
		{ others: [] },
		{
			others: [
				{
					caseId: 'x',
					label: '25-00007-HAPP',
					applicationType: 'pp.full.householder',
					uprn: '100021892955',
					receivedOn: '2025-01-02'
				}
			]
		},
		'ask',
		/other cases of this type at the address/
	],
	[
		'V42',
		{ type: 'pa.part1.classA' },
		{ type: 'pa.part1.classA', files: [], over: { boundary: null } },
		'warn',
		/no validation here: the clock runs from receipt/
	],
	[
		'V43',
		{ type: 'wtt.consent', files: [['treePlan']] },
		{ type: 'wtt.consent', files: [] },
		'fail',
		/No plan shows which trees/
	],
	[
		'V44',
		{ type: 'advertConsent' },
		{ type: 'advertConsent', files: [] },
		'fail',
		/No drawing shows an advertisement/
	],
	['V45', { type: 'ldc.proposed' }, { type: 'ldc.existing' }, 'fail', /Nothing proves how long/],
	[
		'V46',
		{},
		{ data: { application: { declaration: { connection: { value: 'employee' } } } } },
		'ask',
		/connection with the council is declared/
	],
	[
		'V47',
		{
			held: (held) => ({
				...held,
				documents: held.documents.map((one) => ({
					...one,
					publicRegisterStatus: 'publish' as const
				}))
			})
		},
		{},
		'advice',
		/2 of 2 documents have not been assessed/
	],
	[
		'V48',
		{},
		{ files: [{ name: 'form.docm', tags: ['otherDocument'] }] },
		'ask',
		/may carry a program/
	],
	[
		'V49',
		{},
		{
			held: (held) => ({
				...held,
				submission: held.submission === null ? null : { ...held.submission, sourceId: 'sha256:00' }
			})
		},
		'advice',
		/no id of its own/
	],
	[
		'V50',
		{
			files: files(
				'locationPlan',
				'sitePlan.proposed',
				'elevations.existing',
				'elevations.proposed',
				'floorPlan.existing',
				'floorPlan.proposed'
			)
		},
		{},
		'advice',
		/against it\. \d checks are still to be looked at/
	]
];

describe('every rule', () => {
	test.each(lines)('%s is met', (id, meets) => {
		const found = result(id, meets);
		// where only a person can say, an officer does
		const said =
			found?.outcome === 'ask' || id === 'V36:schedule-of-works'
				? result(id, { ...meets, answers: [anAnswer(found ?? { id, seen: '' }, 'met')] })
				: found;
		expect(['pass', undefined]).toContain(said?.outcome);
	});

	test.each(lines)('%s is not met', (id, meets, fails, outcome, says) => {
		const found = result(id, fails);
		expect(found?.says).toMatch(says);
		expect(found?.outcome).toBe(outcome);
		expect(found?.remedy).not.toBeNull();
		// met and not met must differ, or the pair of cases shows nothing
		expect(result(id, meets)?.says).not.toBe(found?.says);
	});

	test.each(lines.filter(([, , , outcome]) => outcome === 'ask'))(
		'%s counts with its weight once an officer has found it not met',
		(id, _meets, fails) => {
			const found = result(id, fails);
			if (found === undefined) throw new Error(id);
			const said = result(id, { ...fails, answers: [anAnswer(found, 'not-met')] });
			expect(['fail', 'warn']).toContain(said?.outcome);
		}
	);

	test('has its line above', () => {
		const ids = rulesFor(aList()).map(({ id }) => id);
		expect([...new Set(lines.map(([id]) => id))].sort()).toEqual([...ids].sort());
	});

	test('from V01 to V50 is there, V36 as the rules of lists', () => {
		const ids = new Set(rulesFor(null).map(({ id }) => id.split(':')[0]));
		for (let n = 1; n <= 50; n++) expect(ids).toContain(`V${String(n).padStart(2, '0')}`);
	});
});
