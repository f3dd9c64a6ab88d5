import { applicationType } from '../application-type.ts';

/**
 * Development types of the statutory returns PS1 and PS2, as the return's columns stand in BOPS
 * (db/seeds/reporting_types.yml, MIT); the words are ours. The numbering of the prior approval rows
 * beyond PA1 follows that list and is not checked against the return: the screen says so.
 */
export const developmentTypes = {
	Q01: 'Major: dwellings',
	Q02: 'Major: offices, research and development, light industry',
	Q03: 'Major: general industry, storage, warehousing',
	Q04: 'Major: retail and services',
	Q05: 'Major: traveller pitches',
	Q06: 'Major: all other',
	Q07: 'Major: public service infrastructure',
	Q13: 'Minor: dwellings',
	Q14: 'Minor: offices, research and development, light industry',
	Q15: 'Minor: general industry, storage, warehousing',
	Q16: 'Minor: retail and services',
	Q17: 'Minor: traveller pitches',
	Q18: 'Minor: all other',
	Q20: 'Change of use',
	Q21: 'Householder development',
	Q22: 'Advertisements',
	Q23: 'Listed building consent: to alter or extend',
	Q24: 'Listed building consent: to demolish',
	Q25: 'Relevant demolition in a conservation area',
	Q26: 'Certificates of lawful development',
	Q99: 'Not counted in the return',
	PA1: 'Prior approval: larger householder extensions',
	PA2: 'Prior approval: offices to homes',
	PA7: 'Prior approval: other commercial uses to homes',
	PA8: 'Prior approval: agricultural buildings to homes',
	PA15: 'Prior approval: upwards, detached commercial',
	PA16: 'Prior approval: upwards, detached homes',
	PA17: 'Prior approval: upwards, detached flats',
	PA18: 'Prior approval: upwards, householder',
	PA19: 'Prior approval: demolish and rebuild',
	PA20: 'Prior approval: upwards, terraced commercial',
	PA99: 'Prior approval: all others'
} as const;
export type DevelopmentType = keyof typeof developmentTypes;
export const developmentTypeCodes = Object.keys(developmentTypes) as [
	DevelopmentType,
	...DevelopmentType[]
];

/** Counted as major development: thirteen weeks, and a larger duty to publicise. */
export const majorTypes: readonly DevelopmentType[] = [
	'Q01',
	'Q02',
	'Q03',
	'Q04',
	'Q05',
	'Q06',
	'Q07'
];
const minor: DevelopmentType[] = ['Q13', 'Q14', 'Q15', 'Q16', 'Q17', 'Q18', 'Q20'];
const open = [...minor, ...majorTypes];

/** By beginning of the type's code, the longest that fits: what may be counted as, the usual one first. */
const byType: readonly (readonly [code: string, types: readonly DevelopmentType[]])[] = [
	['pp', open],
	['pp.full.householder', ['Q21']],
	['pp.full.demolition', ['Q25', ...open]],
	['pp.full.major', majorTypes],
	['pp.full.minor', minor],
	['pp.outline.major', majorTypes],
	['pp.outline.minor', minor],
	['pp.mineralExtraction', ['Q06']],
	['pp.pip', ['Q13']],
	['onshoreExtractionOilAndGas', ['Q06', 'Q99']],
	['pa', ['PA99']],
	['pa.part1.classA', ['PA1']],
	['pa.part1.classAA', ['PA18']],
	['pa.part3.classM', ['PA7']],
	['pa.part3.classMA', ['PA2', 'PA7', 'PA99']],
	['pa.part3.classN', ['PA7']],
	['pa.part3.classQ', ['PA8']],
	['pa.part20.classA', ['PA17']],
	['pa.part20.classAA', ['PA15']],
	['pa.part20.classAB', ['PA20']],
	['pa.part20.classAD', ['PA16']],
	['pa.part20.classZA', ['PA19']],
	['ldc', ['Q26']],
	['advertConsent', ['Q22']],
	['listed', ['Q23', 'Q24']],
	['amendment.minorMaterial', [...open, 'Q21']],
	['approval.reservedMatters', open]
];

/** What an application of this type may be counted as in the return, the usual one first; `Q99` where the return has no row for it. */
export function developmentTypesFor(code: string): readonly DevelopmentType[] {
	const asked = applicationType(code)?.successor ?? code;
	const fitting = byType
		.filter(([begin]) => asked === begin || asked.startsWith(`${begin}.`))
		.toSorted(([a], [b]) => b.length - a.length);
	return fitting[0]?.[1] ?? ['Q99'];
}
