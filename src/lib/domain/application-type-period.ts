/**
 * How long the council has to decide, by rule. Dated with the catalogue. `established`: the law
 * or a published page says so; `council to confirm`: common practice or proposed, never to be
 * relied on in silence.
 */
export interface Period {
	amount: number;
	unit: 'days' | 'weeks';
	/** what it counts from: the day after that day is day 1 */
	basis: 'valid application received' | 'application received';
	source: string;
	status: 'established' | 'council to confirm';
}

const law = (
	amount: number,
	unit: Period['unit'],
	basis: Period['basis'],
	source: string
): Period => ({
	amount,
	unit,
	basis,
	source,
	status: 'established'
});
const proposed = (
	amount: number,
	unit: Period['unit'],
	basis: Period['basis'],
	source: string
): Period => ({ amount, unit, basis, source, status: 'council to confirm' });

const valid = 'valid application received';
const received = 'application received';
const order = 'Development Management Procedure Order 2015 (SI 2015/595)';
const permitted = 'General Permitted Development Order 2015 (SI 2015/596), Schedule 2';

export const periods = {
	none: null,
	major: law(13, 'weeks', valid, `${order}, article 34(2)(a)`),
	nonMajor: law(8, 'weeks', valid, `${order}, article 34(2)(b); Planning Practice Guidance`),
	technicalMajor: law(10, 'weeks', valid, `${order}, article 34(2)(aa)`),
	technicalMinor: law(5, 'weeks', valid, `${order}, article 34(2)(bb)`),
	eia: law(16, 'weeks', valid, 'EIA Regulations 2017, regulation 68; Planning Practice Guidance'),
	larger: law(42, 'days', received, `${permitted}, Part 1, paragraph A.4`),
	part3: law(56, 'days', received, `${permitted}, Part 3, paragraph W`),
	part20: law(56, 'days', received, `${permitted}, Part 20`),
	treeConsent: law(
		8,
		'weeks',
		valid,
		'Tree Preservation Regulations 2012; published council guidance'
	),
	treeNotice: law(6, 'weeks', received, 'Town and Country Planning Act 1990, section 211'),
	part1AA: proposed(8, 'weeks', received, `${permitted}, Part 1, Class AA`),
	prior56: proposed(56, 'days', received, `${permitted}; the usual period for prior approval`),
	notify28: proposed(
		28,
		'days',
		received,
		`${permitted}, Parts 6 and 11: 28 days to say whether approval is needed, then 56`
	),
	inPrinciple: proposed(5, 'weeks', valid, 'Permission in Principle Order 2017'),
	hedgerow: proposed(42, 'days', received, 'Hedgerows Regulations 1997, regulation 5'),
	nonMaterial: proposed(28, 'days', received, 'Town and Country Planning Act 1990, section 96A'),
	variation: proposed(
		8,
		'weeks',
		valid,
		`${order}, article 34: 13 weeks where the development is major`
	),
	screening: proposed(3, 'weeks', received, 'EIA Regulations 2017: screening opinion'),
	scoping: proposed(5, 'weeks', received, 'EIA Regulations 2017: scoping opinion'),
	minerals: proposed(
		13,
		'weeks',
		valid,
		`${order}, article 34(2)(a): minerals are major development`
	),
	open8: proposed(
		8,
		'weeks',
		valid,
		`${order}, article 34(2): 13 weeks where the development is major`
	),
	other8: proposed(8, 'weeks', valid, 'The usual period of eight weeks')
} as const satisfies Record<string, Period | null>;
