import {
	advice,
	dmpoArticle,
	dmpoUnconfirmed,
	guidance,
	statuteUnconfirmed,
	type Basis
} from './basis.ts';
import type { Condition } from './condition.ts';

/**
 * What is to be submitted and when, nationally. Our own data, of 28 November 2026, after the
 * national list of planning requirements (Ministry of Housing, Communities and Local Government,
 * planning application data specification 0.2.4, Open Government Licence v3.0) and the
 * instruments named. Plans and drawings are rules of their own (rules/drawings.ts).
 */
export interface NationalRequirement {
	/** id of the check */
	check: string;
	/** national reference */
	reference: string;
	name: string;
	description: string;
	basis: Basis;
	outcome: 'fail' | 'warn' | 'advice';
	requiredIf: Condition;
}

const when = (
	field: string,
	operator: '>=' | '=',
	value: number | string | boolean
): Condition => ({
	field,
	operator,
	value
});
/** The national definition `major-development`; DMPO article 2(1) is what the fact itself follows. */
const major = when('major-development', '=', true);
const permissions = ['full', 'outline', 'outline-all', 'outline-some', 'technical-details-consent'];
const forTypes = (types: string[], ...conditions: Condition[]): Condition => ({
	all: [{ types }, ...conditions]
});
const fullOrOutline = ['full', 'outline', 'reserved-matters'];
const nppf = (paragraphs: string): Basis =>
	guidance(`National Planning Policy Framework, ${paragraphs}`);

export const nationalRequirements: readonly NationalRequirement[] = [
	{
		check: 'V27',
		reference: 'design-and-access-statement',
		name: 'Design and access statement',
		description:
			'How the design suits the site and its setting, and how people will reach and use it.',
		basis: dmpoArticle('9'),
		outcome: 'fail',
		requiredIf: forTypes([...permissions, 'full', 'hh', 'demolition-con-area'], {
			any: [
				{ all: [major, { types: permissions }] },
				{
					all: [
						{ site: ['conservation-area', 'world-heritage-site'] },
						{ any: [when('dwelling-count', '>=', 1), when('floorspace', '>=', 100)] }
					]
				}
			]
		})
	},
	{
		check: 'V28',
		reference: 'design-and-access-statement',
		name: 'Design and access statement for listed building consent',
		description:
			'The design principles, and how they take account of the building’s special interest and setting.',
		basis: statuteUnconfirmed(
			'Planning (Listed Buildings and Conservation Areas) Regulations 1990 (SI 1990/1519), regulation 3A'
		),
		outcome: 'fail',
		requiredIf: { types: ['lbc'] }
	},
	{
		check: 'V29',
		reference: 'fire-statement',
		name: 'Fire statement',
		description: 'Fire safety of a building of 18 metres or 7 storeys with two homes or more.',
		basis: dmpoUnconfirmed('9A'),
		outcome: 'fail',
		requiredIf: forTypes(
			permissions,
			{
				any: [when('building-height', '>=', 18), when('building-storeys', '>=', 7)]
			},
			when('dwelling-count', '>=', 2)
		)
	},
	{
		check: 'V33',
		reference: 'flood-risk-assessment',
		name: 'Flood risk assessment',
		description: 'The risk of flooding to and from the development, and what is done about it.',
		basis: nppf('paragraphs 44 and 161 to 186'),
		outcome: 'warn',
		requiredIf: {
			all: [
				{ types: [...fullOrOutline, ...permissions, 'hh'] },
				{
					any: [
						when('flood-zone', '>=', 2),
						when('site-area', '>=', 1),
						when('designation', '=', 'flood.criticalDrainage')
					]
				}
			]
		}
	},
	{
		check: 'V34',
		reference: 'heritage-statement',
		name: 'Heritage statement',
		description: 'The significance of heritage assets affected, and the effect on it.',
		basis: nppf('paragraphs 202 to 221'),
		outcome: 'warn',
		requiredIf: forTypes([...fullOrOutline, ...permissions, 'hh', 'lbc', 'demolition-con-area'], {
			any: [
				{ types: ['lbc'] },
				when('designation', '=', 'battlefield'),
				{
					site: [
						'listed-building',
						'conservation-area',
						'scheduled-monument',
						'park-and-garden',
						'world-heritage-site'
					]
				}
			]
		})
	},
	{
		check: 'V35',
		reference: 'arboriculturist-report',
		name: 'Tree survey or arboricultural report',
		description: 'Trees on and beside the site, and how the works affect them.',
		basis: nppf('paragraphs 44, 136, 187 and 193'),
		outcome: 'warn',
		requiredIf: forTypes([...fullOrOutline, ...permissions, 'hh'], {
			any: [
				when('trees-on-site', '=', true),
				when('trees-adjacent', '=', true),
				when('project-type', '=', 'alter.trees')
			]
		})
	},
	{
		check: 'V36:air-quality-assessment',
		reference: 'air-quality-assessment',
		name: 'Air quality assessment',
		description: 'The effect on air quality, while building and after.',
		basis: nppf('paragraphs 110 and 119'),
		outcome: 'warn',
		requiredIf: forTypes(fullOrOutline, {
			any: [
				when('dwelling-count', '>=', 10),
				when('site-area-residential', '>=', 0.5),
				when('site-area-non-residential', '>=', 1),
				when('floorspace-non-residential', '>=', 1_000)
			]
		})
	},
	...(
		[
			['biodiversity-survey-report', 'Biodiversity survey and report', fullOrOutline],
			[
				'land-contamination-assessment',
				'Land contamination assessment',
				['full', 'reserved-matters']
			],
			['landscaping-plan', 'Landscaping plan', ['full']],
			['noise-assessment', 'Noise assessment', fullOrOutline],
			['sci', 'Statement of community involvement', fullOrOutline],
			['sustainability-statement', 'Sustainability statement', fullOrOutline],
			['schedule-of-works', 'Schedule of works', ['lbc']]
		] as const
	).map(([reference, name, types]): NationalRequirement => ({
		check: `V36:${reference}`,
		reference,
		name,
		description:
			'Named in the national draft list for this type, with no condition: ask for it where a local list does.',
		basis: advice('National draft list of planning requirements, of 6 May 2025'),
		outcome: 'advice',
		requiredIf: { types: [...types] }
	}))
];
