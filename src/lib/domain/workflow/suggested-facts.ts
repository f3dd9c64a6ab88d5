import { applicationType } from '../application-type.ts';
import type { Person } from '../person.ts';
import type { PlanningCase } from '../planning-case.ts';
import type { Submission } from '../submission.ts';
import type { CaseFacts, FactName } from './case-facts.ts';
import { developmentTypesFor } from './development-type.ts';
import { isInRange, type TypeRange } from './type-range.ts';

/** What an officer may record with one press, and where it comes from. */
export interface Suggestion<F extends FactName = FactName> {
	value: NonNullable<CaseFacts[F]>;
	/** why, as a sentence with its source */
	because: string;
}
export type Suggestions = { [F in FactName]?: Suggestion<F> };

interface Sources {
	case: PlanningCase;
	submission: Submission | undefined;
	people: readonly Person[];
}

/** Types that are never in Schedule 1 or 2 by themselves: work on one home, certificates, consents for other things. */
const neverListed: TypeRange = {
	families: ['lawful-development'],
	to: [
		'pp.full.householder',
		'pa.part1',
		'pa.part14',
		'advertConsent',
		'listed',
		'wtt',
		'hedgerowRemovalNotice',
		'amendment.nonMaterial',
		'approval.conditions'
	]
};
const householder: TypeRange = { to: ['pp.full.householder'] };

/** What the submission and the type say of each fact. Nothing is recorded by this: a person does that. */
export function suggestedFacts(sources: Sources): Suggestions {
	const { applicationType: code } = sources.case;
	const [developmentType, ...others] = developmentTypesFor(code);
	const biodiversity = statedGain(sources, code);
	const ownership = statedOwnership(sources);
	const agriculture = statedHolding(sources);
	const cil = statedLevy(sources.submission);
	return {
		...(developmentType !== undefined && others.length === 0
			? {
					developmentType: {
						value: developmentType,
						because: `The return counts every application of this type so (${applicationType(code)?.description ?? code}).`
					}
				}
			: {}),
		...(isInRange(code, neverListed)
			? {
					eia: {
						value: { outcome: 'not-listed', screenedOn: null, note: '' },
						because:
							'Applications of this type are not in the schedules of the EIA Regulations 2017 by themselves; look for a sensitive area and a larger project.'
					}
				}
			: {}),
		...(cil === null ? {} : { cil }),
		...(ownership === null ? {} : { ownership }),
		...(agriculture === null ? {} : { agriculture }),
		...(sources.submission === undefined
			? {}
			: {
					councilInterest: {
						value: 'neither',
						because: 'The submission does not say that the council applies, or owns the land.'
					}
				}),
		...(biodiversity === null ? {} : { biodiversity })
	};
}

const levies: readonly (readonly [begin: string, liability: 'liable' | 'not-liable' | 'exempt'])[] =
	[
		['notLiable', 'not-liable'],
		['exempt', 'exempt'],
		['relief', 'exempt'],
		['liable', 'liable']
	];

function statedLevy(submission: Submission | undefined): Suggestion<'cil'> | null {
	const said = submission?.cil ?? null;
	const found = levies.find(([begin]) => said?.startsWith(begin) === true);
	if (said === null || found === undefined) return null;
	const note = found[1] === 'exempt' ? said : '';
	return {
		value: { liability: found[1], note },
		because: `The submission says: ${said}.`
	};
}

function statedOwnership({ submission, people }: Sources): Suggestion<'ownership'> | null {
	const said = submission?.ownership['certificate']?.toLowerCase();
	const letter = (['a', 'b', 'c', 'd'] as const).find(
		(one) => said === one || said === `certificate-${one}`
	);
	if (letter === undefined) return null;
	const notices = letter === 'a' ? [] : noticeDays(people);
	return {
		value: {
			certificate: letter,
			noticeOn: letter === 'd' ? null : (notices.at(-1) ?? null),
			newspaperOn: isoDay(submission?.ownership['noticePublished.date']) ?? null,
			note: ''
		},
		because: `The submission declares certificate ${letter.toUpperCase()}.`
	};
}

function statedHolding({ submission, people }: Sources): Suggestion<'agriculture'> | null {
	const said = submission?.ownership['agriculturalTenants']?.toLowerCase();
	if (said === 'no' || said === 'false')
		return {
			value: { holding: 'none', noticeOn: null, note: '' },
			because: 'The submission says that there is no agricultural tenant.'
		};
	const last = noticeDays(people).at(-1);
	return (said === 'yes' || said === 'true') && last !== undefined
		? {
				value: { holding: 'notified', noticeOn: last, note: '' },
				because: `The submission says that there are agricultural tenants, and that notice was given on ${last}.`
			}
		: null;
}

function statedGain({ submission }: Sources, code: string): Suggestion<'biodiversity'> | null {
	if (!isInRange(code, householder)) return null;
	return {
		value: {
			applies: false,
			exemption: 'householder',
			value: null,
			valueOn: null,
			earlierReason: '',
			metricOn: null,
			degraded: false,
			irreplaceable: false,
			note: ''
		},
		because: `Householder applications are exempt${submission === undefined ? '' : ', and this was submitted as one'} (Biodiversity Gain Requirements (Exemptions) Regulations 2024).`
	};
}

/** Days on which owners or tenants were given notice, earliest first. */
const noticeDays = (people: readonly Person[]): string[] =>
	people
		.filter(({ role }) => role === 'owner')
		.flatMap(({ detail }) => isoDay(detail['noticeDate']) ?? [])
		.sort();

const isoDay = (text: string | undefined): string | undefined =>
	/^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0];
