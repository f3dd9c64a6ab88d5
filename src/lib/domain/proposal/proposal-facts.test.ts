import { describe, expect, test } from 'vitest';
import { heldCase, square, type Sent } from './held-case.fixture.ts';
import { proposalFacts } from './proposal-facts.ts';

const facts = (sent: Sent = {}) => proposalFacts(heldCase(sent));
const planning = { type: 'pp.full.minor' };
const house = { property: { type: { value: 'commercial.retail.shop', description: 'Shop' } } };

describe('homes', () => {
	test('a householder application is for one house, and makes none', () => {
		expect(facts().dwellings).toMatchObject({
			existing: { known: true, value: 1, from: 'the application type' },
			provided: { value: 0 },
			net: { value: 0 }
		});
	});

	test('the plain form counts homes on the site before and after', () => {
		const { dwellings } = facts({
			...planning,
			data: {
				property: { units: { total: 2 } },
				proposal: {
					units: {
						total: 5,
						residential: [{ type: { value: 'flat', description: 'Flat' }, identicalUnits: 5 }]
					}
				}
			}
		});
		expect(dwellings.existing).toEqual({
			known: true,
			value: 2,
			from: 'data.property.units.total'
		});
		expect(dwellings.provided).toMatchObject({ value: 5 });
		expect(dwellings.net).toMatchObject({ value: 3 });
		expect(dwellings.kinds).toMatchObject({ value: ['flat'] });
	});

	test('the London form counts what is made, what goes and what stays, identical homes each', () => {
		const home = (count: number, squareMetres: number) => ({
			type: { value: 'terraced', description: 'Terraced home' },
			identicalUnits: count,
			area: { squareMetres }
		});
		const { dwellings } = facts({
			...planning,
			data: {
				proposal: {
					units: {
						residential: {
							new: [home(3, 70), home(1, 90)],
							rebuilt: [home(2, 50)],
							removed: [home(1, 60)],
							retained: [home(4, 60)]
						}
					}
				}
			}
		});
		expect(dwellings.provided).toMatchObject({ value: 6 });
		expect(dwellings.existing).toMatchObject({ value: 5 });
		expect(dwellings.proposed).toMatchObject({ value: 10 });
		expect(dwellings.net).toMatchObject({ value: 5 });
		expect(dwellings.floorspace).toMatchObject({ value: 400 });
	});

	test('works to what stands there make none', () => {
		expect(facts({ ...planning, data: house }).dwellings.provided).toMatchObject({
			value: 0,
			from: 'data.proposal.projectType'
		});
	});

	test('where nobody says how many, it is not known', () => {
		const data = { ...house, proposal: { projectType: [{ value: 'changeOfUse' }] } };
		expect(facts({ ...planning, data }).dwellings).toMatchObject({
			existing: { known: false },
			provided: { known: false },
			net: { known: false }
		});
	});
});

describe('answers of the wrong type', () => {
	test.each([
		[
			{ proposal: { units: { total: 'several' } } },
			'data.proposal.units.total',
			'“several” is given as the number of homes proposed, which is not a number.'
		],
		[
			{ proposal: { units: { total: 2.5 } } },
			'data.proposal.units.total',
			'The number of homes proposed is given as 2.5, which is not a whole number.'
		],
		[
			{ proposal: { extend: { area: { squareMetres: -4 } } } },
			'data.proposal.extend.area.squareMetres',
			'The floorspace of the extension is given as -4, which is less than nought.'
		],
		[
			{ application: { declaration: { accurate: 'I suppose' } } },
			'data.application.declaration.accurate',
			'“I suppose” is given as the answer to the declaration, which should be yes or no.'
		],
		[
			{ applicant: { ownership: { certificate: 'z' } } },
			'data.applicant.ownership.certificate',
			'“z” is given as the ownership certificate, which should be one of a, b, c, d.'
		],
		[
			{ application: { fee: { payable: -1 } } },
			'data.application.fee.payable',
			'The fee paid is given as -1 pounds, which is less than nought.'
		]
	])('are unknown and said in a sentence: %j', (data, path, problem) => {
		expect(facts({ ...planning, data }).problems).toContainEqual({ path, problem });
	});

	test('a number written as an Englishman writes it is a number', () => {
		const { floorspace } = facts({
			...planning,
			data: { ...house, proposal: { extend: { area: { squareMetres: '1,250.5' } } } }
		});
		expect(floorspace.created).toMatchObject({ value: 1250.5 });
	});
});

describe('major development (DMPO article 2(1))', () => {
	const plan = (proposal: Sent['data'], type = 'pp.full') =>
		facts({ type, data: { ...house, proposal: proposal ?? {} } }).major;
	const small = { boundary: { site: square(20), area: { squareMetres: 400 } } };
	const nothingElse = { extend: null, new: { area: { squareMetres: 999 } } };

	test.each([
		['nine homes on a small site', { ...small, ...nothingElse, units: { total: 9 } }, false],
		['ten homes', { ...small, ...nothingElse, units: { total: 10 } }, true],
		[
			'nine homes on 0.99 hectares',
			{ ...nothingElse, units: { total: 9 }, boundary: { area: { squareMetres: 9_900 } } },
			false
		],
		[
			'one hectare',
			{ ...nothingElse, units: { total: 9 }, boundary: { area: { squareMetres: 10_000 } } },
			true
		],
		[
			'homes, nobody knows how many, on half a hectare',
			{
				...nothingElse,
				projectType: [{ value: 'new.dwelling', description: 'New homes' }],
				boundary: { area: { squareMetres: 5_000 } }
			},
			true
		],
		[
			'a building of 1,000 m²',
			{ ...small, extend: null, units: { total: 0 }, new: { area: { squareMetres: 1_000 } } },
			true
		],
		[
			'a building of 999 m²',
			{ ...small, extend: null, units: { total: 0 }, new: { area: { squareMetres: 999 } } },
			false
		],
		[
			'waste',
			{
				...small,
				projectType: [{ value: 'new.wasteDeposit', description: 'Waste' }]
			},
			true
		]
	])('%s', (_, proposal, major) => {
		expect(plan(proposal)).toMatchObject({ known: true, value: major });
	});

	test('half a hectare, and nobody says whether homes are proposed: not known', () => {
		const works = [{ value: 'changeOfUse', description: 'Change of use' }];
		const proposal = { projectType: works, boundary: { area: { squareMetres: 5_000 } } };
		expect(plan({ ...nothingElse, ...proposal })).toMatchObject({ known: false });
	});

	test('no floorspace stated: not known, rather than no', () => {
		expect(plan({ ...small, extend: null, units: { total: 3 } })).toMatchObject({ known: false });
	});

	test('a householder application is none, whatever its garden', () => {
		expect(
			facts({ data: { proposal: { boundary: { area: { squareMetres: 12_000 } } } } }).major
		).toMatchObject({ value: false });
	});
});

describe('designations', () => {
	const at = (...designations: { value: string; intersects: boolean }[]) =>
		facts({
			data: {
				property: {
					planning: {
						designations: designations.map((one) => ({ ...one, description: one.value }))
					}
				}
			}
		}).designated;

	test('met, not met, and not looked up are three things', () => {
		const found = at(
			{ value: 'listed.gradeTwoStar', intersects: true },
			{ value: 'monument', intersects: false }
		);
		expect(found.listed).toMatchObject({ value: true, from: 'constraint listed.gradeTwoStar' });
		expect(found.listedGrade).toMatchObject({ value: 'II*' });
		expect(found.scheduledMonument).toMatchObject({ value: false });
		expect(found.conservationArea).toMatchObject({ known: false });
	});

	test('a buffer zone of a World Heritage Site is not the site', () => {
		expect(
			at({ value: 'designated.WHS.bufferZone', intersects: true }).worldHeritageSite
		).toMatchObject({ known: false });
	});

	test.each([
		[[{ value: 'flood.zoneThree.b', intersects: true }], 3],
		[[{ value: 'flood.zoneTwo', intersects: true }], 2],
		[[{ value: 'flood.zoneOne', intersects: true }], 1],
		[[{ value: 'flood', intersects: false }], 1]
	])('flood zone of %j is %i', (designations, zone) => {
		expect(at(...designations).floodZone).toMatchObject({ known: true, value: zone });
	});

	test('at flood risk, and nobody says which zone: not known', () => {
		expect(at({ value: 'flood', intersects: true }).floodZone).toMatchObject({ known: false });
	});
});

describe('declared', () => {
	test('owners to be told, with the day each had notice', () => {
		const { ownership } = facts({
			data: {
				applicant: {
					ownership: {
						certificate: 'b',
						owners: [
							{ name: 'Rowan Lake', noticeDate: '2026-02-20' },
							{ name: 'Ash Moor', address: 'The Lodge' }
						]
					}
				}
			}
		});
		expect(ownership.certificate).toMatchObject({ value: 'b' });
		expect(ownership.owners).toMatchObject([
			{ name: 'Rowan Lake', noticeOn: '2026-02-20' },
			{ name: 'Ash Moor', noticeOn: null }
		]);
	});

	test('a fee to pay with no payment reference is not known to be paid', () => {
		expect(facts().fee.paid).toMatchObject({ value: 528 });
		expect(facts({ data: { application: { fee: { reference: null } } } }).fee.paid).toMatchObject({
			known: false,
			from: 'data.application.fee.payable'
		});
	});
});

test('a paper case, with no submission at all, gives facts and no problem', () => {
	const held = { ...heldCase(), submission: null, people: [], documents: [], constraints: [] };
	const made = proposalFacts(held);
	expect(made.problems).toEqual([]);
	expect(made.declaration.accurate).toEqual({ known: false, from: null });
	expect(made.siteArea.drawn).toMatchObject({ known: true });
	expect(made.submittedOn).toBeNull();
});
