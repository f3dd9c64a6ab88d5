import { z } from 'zod';
import { calendarDate, id, words, writers } from '../primitives.ts';
import { feeBasis } from '../fee/fee-basis.ts';
import { developmentTypeCodes } from './development-type.ts';

const note = words(2_000);
const day = calendarDate.nullable();

/** Environmental Impact Assessment Regulations 2017: where the proposal stands under them. */
export const eiaOutcomes = {
	'not-listed': 'Not in Schedule 1 or Schedule 2: no screening needed',
	'screened-out': 'Screened: not EIA development',
	required: 'EIA development: an environmental statement is needed'
} as const;

/** Community Infrastructure Levy Regulations 2010. */
export const cilLiabilities = {
	'not-liable': 'Not liable',
	liable: 'Liable',
	exempt: 'Liable, and an exemption or relief is claimed'
} as const;

/** Certificates of DMPO 2015 article 14; for listed building consent of the 1990 Regulations. */
export const certificates = {
	a: 'Certificate A: the applicant is the only owner',
	b: 'Certificate B: every other owner is known and was given notice',
	c: 'Certificate C: some other owners are known and were given notice',
	d: 'Certificate D: no other owner is known',
	none: 'No certificate was given'
} as const;

/** The agricultural holdings certificate of DMPO 2015 article 14. */
export const holdings = {
	none: 'No part of the land is an agricultural holding',
	notified: 'Every agricultural tenant was given notice',
	missing: 'Nothing was said of agricultural holdings'
} as const;

/** Town and Country Planning General Regulations 1992: development by or on land of the council. */
export const councilInterests = {
	neither: 'Neither',
	'regulation-3': 'Regulation 3: the council’s own development',
	'regulation-4': 'Regulation 4: somebody else’s development of council land'
} as const;

/**
 * Reasons for which the biodiversity gain condition does not apply: the national codelist
 * `bng-exemption-type` (planning application data specification 0.2.4, Open Government Licence
 * v3.0), and the householder exemption, which that list takes from the application type.
 */
export const gainExemptions = {
	householder: 'Householder application',
	'pre-commencement': 'Submitted before biodiversity net gain commenced',
	'small-sites': 'Small sites, while the exemption lasted',
	'de-minimis': 'De minimis: below the threshold',
	'self-build': 'Self-build and custom build',
	'gain-site': 'Biodiversity gain site',
	retrospective: 'Retrospective planning permission',
	hs2: 'High Speed Railway (HS2)'
} as const;

const keys = <T extends Record<string, string>>(of: T) =>
	z.enum(Object.keys(of) as [keyof T & string, ...(keyof T & string)[]]);

export const factSchemas = {
	developmentType: z.enum(developmentTypeCodes).nullable(),
	eia: z
		.strictObject({
			outcome: keys(eiaOutcomes),
			/** day of the screening opinion or direction; null where there is none */
			screenedOn: day,
			note
		})
		.nullable(),
	cil: z.strictObject({ liability: keys(cilLiabilities), note }).nullable(),
	ownership: z
		.strictObject({
			certificate: keys(certificates),
			/** the last day on which an owner or tenant was given notice */
			noticeOn: day,
			/** the day the notice was in a newspaper: certificates C and D */
			newspaperOn: day,
			note
		})
		.nullable(),
	agriculture: z.strictObject({ holding: keys(holdings), noticeOn: day, note }).nullable(),
	councilInterest: keys(councilInterests).nullable(),
	biodiversity: z
		.strictObject({
			/** whether the biodiversity gain condition would apply */
			applies: z.boolean(),
			exemption: keys(gainExemptions).nullable(),
			/** biodiversity units before development; null when not stated */
			value: z.number().finite().nullable(),
			/** the day of that value */
			valueOn: day,
			/** why that day is earlier than the application, where it is */
			earlierReason: note,
			/** the day on which the metric used was published */
			metricOn: day,
			/** habitat was lost or degraded after 30 January 2020 */
			degraded: z.boolean(),
			irreplaceable: z.boolean(),
			note
		})
		.nullable(),
	/** what the fee is reckoned from, where an officer has said it */
	feeBasis: feeBasis.nullable()
};

/**
 * What the council records of an application when it validates it, one field a fact; null until
 * somebody has. Who recorded it, and when, is the command named in `writers`.
 */
export const caseFacts = z.strictObject({
	/** the case's own id: there is one such record a case */
	id,
	caseId: id,
	...factSchemas,
	writers
});
export type CaseFacts = z.infer<typeof caseFacts>;
export type FactName = keyof typeof factSchemas;
export const factNames = Object.keys(factSchemas) as FactName[];

export const factWords: Record<FactName, string> = {
	developmentType: 'PS1/PS2 development type',
	eia: 'Environmental impact assessment',
	cil: 'Community infrastructure levy',
	ownership: 'Ownership certificate',
	agriculture: 'Agricultural holdings',
	councilInterest: 'Regulation 3 or 4',
	biodiversity: 'Biodiversity net gain',
	feeBasis: 'What the fee is reckoned from'
};

/** The record before anybody has recorded a fact. */
export const noFacts = (caseId: string): CaseFacts => ({
	id: caseId,
	caseId,
	developmentType: null,
	eia: null,
	cil: null,
	ownership: null,
	agriculture: null,
	councilInterest: null,
	biodiversity: null,
	feeBasis: null,
	writers: {}
});
