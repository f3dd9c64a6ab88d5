/**
 * How long the council has to decide, by rule, and what follows when it does not. Dated with the
 * catalogue of types. `established`: the law or a published page says so; `council to confirm`:
 * common practice or proposed, never to be relied on in silence.
 */
export interface Period {
	amount: number;
	unit: 'days' | 'weeks' | 'months';
	/** what it counts from: the day after that day is day 1 */
	basis: Basis;
	source: string;
	status: Status;
	/** what the law makes of it when nothing is decided in time */
	silence: Silence;
	/**
	 * Set where the length follows from the development: major or not (null: the type does not say),
	 * and whether it is technical details consent. Environmental impact assessment and public
	 * service infrastructure change only these.
	 */
	development: { major: boolean | null; technical: boolean } | null;
	/** whether the planning guarantee goes with it */
	guarantee: 'planning' | 'conditions' | null;
	/** whether more time may be agreed in writing */
	extendable: boolean;
}

export type Status = 'established' | 'council to confirm';

/**
 * `required information received`: prior approval, where what counts is the day on which everything
 * the class asks for had arrived, whatever the council calls valid and when.
 */
export type Basis =
	'valid application received' | 'application received' | 'required information received';

interface Consequence {
	words: string;
	source: string;
	status: Status;
}

const act = 'Town and Country Planning Act 1990';

/** What follows when a period ends without a decision. */
export const silences = {
	appeal: {
		words: 'The applicant may appeal, as if it had been refused.',
		source: `${act}, section 78(2) and (5)`,
		status: 'established'
	},
	'certificate appeal': {
		words: 'The applicant may appeal, as if it had been refused.',
		source: `${act}, section 195`,
		status: 'established'
	},
	'heritage appeal': {
		words: 'The applicant may appeal, as if it had been refused.',
		source: 'Planning (Listed Buildings and Conservation Areas) Act 1990, section 20',
		status: 'established'
	},
	'other appeal': {
		words: 'The applicant may appeal under the regulations of this consent.',
		source: 'The regulations of the consent',
		status: 'council to confirm'
	},
	'deemed consent': {
		words: 'The development may begin as notified: permission is deemed to be given.',
		source:
			'General Permitted Development Order 2015 (SI 2015/596), article 7 and the class’s conditions',
		status: 'established'
	},
	'deemed discharge': {
		words:
			'The applicant may appeal, or serve notice that the condition is to be deemed discharged.',
		source: 'Development Management Procedure Order 2015 (SI 2015/595), articles 27 to 30',
		status: 'council to confirm'
	},
	'may proceed': {
		words: 'The work may go ahead as notified.',
		source: 'The notice’s own Act or regulations',
		status: 'established'
	},
	'ask the Secretary of State': {
		words: 'The applicant may ask the Secretary of State instead.',
		source: 'EIA Regulations 2017 (SI 2017/571)',
		status: 'council to confirm'
	},
	nothing: {
		words: 'The law attaches no consequence to silence here that is established.',
		source: 'Not established',
		status: 'council to confirm'
	}
} as const satisfies Record<string, Consequence>;
export type Silence = keyof typeof silences;

const valid = 'valid application received';
const received = 'application received';
const complete = 'required information received';
const order = 'Development Management Procedure Order 2015 (SI 2015/595)';
const permitted = 'General Permitted Development Order 2015 (SI 2015/596), Schedule 2';

type Rest = Pick<Period, 'silence' | 'development' | 'guarantee' | 'extendable'>;
const plain: Rest = { silence: 'appeal', development: null, guarantee: null, extendable: true };
const priorApproval: Rest = { ...plain, silence: 'deemed consent' };
const planning = (major: boolean | null, technical = false): Rest => ({
	...plain,
	development: { major, technical },
	guarantee: 'planning'
});

const period =
	(status: Status) =>
	(
		amount: number,
		unit: Period['unit'],
		basis: Basis,
		source: string,
		rest: Rest = plain
	): Period => ({ amount, unit, basis, source, status, ...rest });
const law = period('established');
const proposed = period('council to confirm');

export const periods = {
	none: null,
	major: law(13, 'weeks', valid, `${order}, article 34(2)(a)`, planning(true)),
	nonMajor: law(
		8,
		'weeks',
		valid,
		`${order}, article 34(2)(b); Planning Practice Guidance`,
		planning(false)
	),
	householder: law(8, 'weeks', valid, `${order}, article 34(2)(b); Planning Practice Guidance`, {
		...plain,
		guarantee: 'planning'
	}),
	technicalMajor: law(10, 'weeks', valid, `${order}, article 34(2)(aa)`, planning(true, true)),
	technicalMinor: law(5, 'weeks', valid, `${order}, article 34(2)(bb)`, planning(false, true)),
	publicService: law(
		10,
		'weeks',
		valid,
		`${order}, article 34(2)(aa), for applications since 1 August 2021`,
		planning(true)
	),
	eia: law(
		16,
		'weeks',
		valid,
		'EIA Regulations 2017 (SI 2017/571), regulation 68; Planning Practice Guidance',
		planning(true)
	),
	certificate: law(8, 'weeks', valid, `${order}, article 39; Planning Practice Guidance`, {
		...plain,
		silence: 'certificate appeal'
	}),
	advertisement: law(
		8,
		'weeks',
		valid,
		'Control of Advertisements Regulations 2007 (SI 2007/783); Planning Practice Guidance',
		{ ...plain, silence: 'other appeal' }
	),
	listed: law(
		8,
		'weeks',
		valid,
		'Listed Buildings and Conservation Areas Regulations 1990 (SI 1990/1519); Planning Practice Guidance',
		{ ...plain, silence: 'heritage appeal' }
	),
	conditions: law(8, 'weeks', valid, `${order}, article 27; Planning Practice Guidance`, {
		...plain,
		silence: 'deemed discharge',
		guarantee: 'conditions'
	}),
	larger: law(42, 'days', complete, `${permitted}, Part 1, paragraph A.4`, priorApproval),
	part3: law(56, 'days', complete, `${permitted}, Part 3, paragraph W`, priorApproval),
	part20: law(56, 'days', complete, `${permitted}, Part 20`, priorApproval),
	treeConsent: law(
		8,
		'weeks',
		valid,
		'Tree Preservation Regulations 2012; published council guidance',
		{ ...plain, silence: 'other appeal' }
	),
	treeNotice: law(6, 'weeks', received, `${act}, section 211`, {
		...plain,
		silence: 'may proceed',
		extendable: false
	}),
	part1AA: proposed(8, 'weeks', complete, `${permitted}, Part 1, Class AA`, priorApproval),
	prior56: proposed(
		56,
		'days',
		complete,
		`${permitted}; the usual period for prior approval`,
		priorApproval
	),
	notify28: proposed(
		28,
		'days',
		complete,
		`${permitted}, Parts 6 and 11: 28 days to say whether approval is needed`,
		priorApproval
	),
	notified56: proposed(
		56,
		'days',
		complete,
		`${permitted}, Parts 6 and 11, and article 7: once approval is needed`,
		priorApproval
	),
	inPrinciple: proposed(5, 'weeks', valid, 'Permission in Principle Order 2017'),
	hedgerow: proposed(42, 'days', received, 'Hedgerows Regulations 1997, regulation 5', {
		...plain,
		silence: 'may proceed'
	}),
	nonMaterial: proposed(28, 'days', received, `${act}, section 96A`, {
		...plain,
		silence: 'nothing'
	}),
	variation: proposed(
		8,
		'weeks',
		valid,
		`${order}, article 34: 13 weeks where the development is major`,
		planning(null)
	),
	screening: proposed(3, 'weeks', received, 'EIA Regulations 2017: screening opinion', {
		...plain,
		silence: 'ask the Secretary of State'
	}),
	scoping: proposed(5, 'weeks', received, 'EIA Regulations 2017: scoping opinion', {
		...plain,
		silence: 'ask the Secretary of State'
	}),
	minerals: proposed(
		13,
		'weeks',
		valid,
		`${order}, article 34(2)(a): minerals are major development`,
		planning(true)
	),
	open8: proposed(
		8,
		'weeks',
		valid,
		`${order}, article 34(2): 13 weeks where the development is major`,
		planning(null)
	),
	other8: proposed(8, 'weeks', valid, 'The usual period of eight weeks', {
		...plain,
		silence: 'nothing'
	})
} as const satisfies Record<string, Period | null>;
export type PeriodName = keyof typeof periods;
