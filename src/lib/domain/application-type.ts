import { catalogue, retired } from './application-type-catalogue.ts';
import { periods, type Period } from './clock/periods.ts';

export const familyWords = {
	'planning-permission': 'Planning permission',
	'prior-approval': 'Prior approval',
	'lawful-development': 'Lawful development',
	consent: 'Consents',
	'after-permission': 'After permission',
	'environmental-impact': 'Environmental impact',
	'oil-and-gas': 'Oil and gas',
	advice: 'Advice'
} as const;
export type Family = keyof typeof familyWords;

export const categoryWords = {
	advertisement: 'Advertisement',
	'certificate-of-lawfulness': 'Certificate of lawfulness',
	'change-of-use': 'Change of use',
	'conservation-area': 'Conservation area',
	full: 'Full',
	hedgerows: 'Hedgerows',
	householder: 'Householder',
	'listed-building': 'Listed building',
	'non-material-amendment': 'Non-material amendment',
	outline: 'Outline',
	'prior-approval': 'Prior approval',
	'reserved-matters': 'Reserved matters',
	'tree-works': 'Tree works',
	other: 'Other'
} as const;
export type CategoryCode = keyof typeof categoryWords;

/** What may be decided, and how each outcome reads on a notice, by kind of application. */
export const decisionSets = {
	permission: { granted: 'Granted', refused: 'Refused' },
	prior: {
		granted: 'Prior approval required and approved',
		not_required: 'Prior approval not required',
		refused: 'Prior approval required and refused'
	},
	treeNotice: { no_objection: 'No objection', order_made: 'Tree preservation order made' },
	hedgerow: { no_objection: 'May be removed', refused: 'Retention notice' },
	order: { granted: 'Order made', refused: 'Refused' },
	screening: { required: 'Assessment required', not_required: 'Assessment not required' },
	opinion: { adopted: 'Opinion adopted' },
	confirmation: { granted: 'Confirmed', refused: 'Not confirmed' },
	noted: { noted: 'Noted' },
	advice: {
		complies: 'Complies',
		needs_changes: 'Needs changes',
		does_not_comply: 'Does not comply'
	}
} as const satisfies Record<string, Record<string, string>>;
export type DecisionSet = keyof typeof decisionSets;

export interface ApplicationType {
	code: string;
	description: string;
	family: Family;
	category: CategoryCode;
	/** last part of the reference, 2 to 6 of A-Z and 0-9, unique */
	suffix: string;
	suffixStatus: 'established' | 'council to confirm';
	/** false: retired, and no new case should get it */
	current: boolean;
	/** the code that took over from a retired one */
	successor: string | null;
	/** null where nothing has to be decided in a set time */
	period: Period | null;
	/** decision code → its words */
	decisions: Readonly<Record<string, string>>;
	/** reference in the national `planning-application-type` list, where there is an equal */
	national: string | null;
}

const inUse: readonly ApplicationType[] = catalogue.flatMap(([family, rows]) =>
	rows.map(([code, description, suffix, category, period, decisions, national]) => ({
		code,
		description,
		family,
		category,
		suffix: suffix.replace('=', ''),
		suffixStatus: suffix.startsWith('=') ? 'established' : 'council to confirm',
		current: true,
		successor: null,
		period: periods[period],
		decisions: decisionSets[decisions],
		national: national ?? null
	}))
);
const byCode = new Map(inUse.map((type) => [type.code, type]));

for (const [code, description, suffix, successor] of retired) {
	const heir = byCode.get(successor);
	if (heir === undefined) throw new Error(`${code} has no successor ${successor}`);
	byCode.set(code, {
		...heir,
		code,
		description,
		suffix,
		suffixStatus: 'council to confirm',
		current: false,
		successor,
		national: null
	});
}

/** All types, those in use first. */
export const applicationTypes: readonly ApplicationType[] = [...byCode.values()];

/** A type of the catalogue; undefined for a code that nobody here knows, which a case may still carry. */
export const applicationType = (code: string): ApplicationType | undefined => byCode.get(code);

/** What to call it on screen, whatever the code. */
export const applicationTypeWords = (code: string): string =>
	byCode.get(code)?.description ?? `Unknown type (${code})`;

/** The suffix of a reference: the type's, or `TBC` while nobody has said what it is. */
export const suffixOf = (code: string): string => byCode.get(code)?.suffix ?? unknownSuffix;
export const unknownSuffix = 'TBC';
