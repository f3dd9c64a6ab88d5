import { z } from 'zod';
import { designations } from '#lib/domain/designation.ts';
import { applicationType } from '#lib/domain/application-type.ts';
import { mapFact, type Fact } from '#lib/domain/proposal/fact.ts';
import type { CaseAtHand, ProposalFacts } from '#lib/domain/proposal/proposal-facts.ts';
import { metAmong } from '#lib/domain/proposal/site.ts';

/**
 * When a requirement applies: the national `required-if` (planning application data
 * specification, `planning-requirement`), with its references to shared definitions resolved.
 */
export type Condition =
	| { always: true }
	| { any: Condition[]; description?: string }
	| { all: Condition[]; description?: string }
	| { types: string[]; description?: string }
	| { site: string[]; description?: string }
	| { field: string; operator: Operator; value: number | string | boolean; description?: string };

export const operators = ['>=', '>', '<=', '<', '=', '!='] as const;
export type Operator = (typeof operators)[number];

const description = z.string().max(2_000).optional();
export const condition: z.ZodType<Condition> = z.lazy(() =>
	z.union([
		z.strictObject({ always: z.literal(true) }),
		z.strictObject({ any: z.array(condition).min(1).max(50), description }),
		z.strictObject({ all: z.array(condition).min(1).max(50), description }),
		z.strictObject({ types: z.array(z.string()).min(1).max(100), description }),
		z.strictObject({ site: z.array(z.string()).min(1).max(100), description }),
		z.strictObject({
			field: z.string(),
			operator: z.enum(operators),
			value: z.union([z.number(), z.string(), z.boolean()]),
			description
		})
	])
) as z.ZodType<Condition>;

type Value = number | string | boolean | string[];

/** The fields that a condition may ask of, by their national names where they have one, and how each is known. */
export const conditionFields: Readonly<
	Record<string, { words: string; of: (facts: ProposalFacts) => Fact<Value> }>
> = {
	'dwelling-count': { words: 'number of homes provided', of: (f) => f.dwellings.provided },
	'dwelling-net': { words: 'homes gained or lost', of: (f) => f.dwellings.net },
	floorspace: { words: 'floorspace created, m²', of: (f) => f.floorspace.created },
	'floorspace-non-residential': {
		words: 'floorspace created that is not housing, m²',
		of: (f) => f.floorspace.nonResidential
	},
	'housing-floorspace': {
		words: 'housing floorspace created, m²',
		of: (f) => f.floorspace.residential
	},
	'housing-type': { words: 'kind of housing', of: (f) => f.dwellings.kinds },
	'site-area': {
		words: 'site area, hectares',
		of: (f) => mapFact(f.siteArea.reckoned, (metres) => metres / 10_000)
	},
	'site-area-residential': {
		words: 'site area for homes, hectares',
		of: (f) => f.siteAreaByUse.residential
	},
	'site-area-non-residential': {
		words: 'site area for other uses, hectares',
		of: (f) => f.siteAreaByUse.nonResidential
	},
	'building-height': { words: 'height of the tallest building, metres', of: (f) => f.height },
	'building-storeys': { words: 'storeys of the tallest building', of: (f) => f.storeys },
	'flood-zone': { words: 'flood zone', of: (f) => f.designated.floodZone },
	designation: { words: 'designations met', of: (f) => f.designated.met },
	'change-of-use': { words: 'change of use', of: (f) => f.changeOfUse },
	demolition: { words: 'demolition', of: (f) => f.demolition },
	'trees-on-site': { words: 'trees on the site', of: (f) => f.trees.onSite },
	'trees-adjacent': { words: 'trees on adjoining land', of: (f) => f.trees.adjacent },
	'near-watercourse': { words: 'a watercourse within 20 metres', of: (f) => f.nearWatercourse },
	contamination: { words: 'contamination', of: (f) => f.contamination },
	'project-type': { words: 'kind of works', of: (f) => f.works },
	'major-development': { words: 'major development', of: (f) => f.major }
};

/** Whether a condition holds, with why, or with what is not known. */
export interface Held {
	holds: boolean | null;
	/** in words: what makes it hold, or what would have to be known */
	because: string[];
}

export function holds(
	asked: Condition,
	facts: ProposalFacts,
	constraints: CaseAtHand['constraints']
): Held {
	const within = (one: Condition) => holds(one, facts, constraints);
	if ('always' in asked) return { holds: true, because: [] };
	if ('any' in asked) return anyOf(asked.any.map(within));
	if ('all' in asked) return allOf(asked.all.map(within));
	if ('types' in asked) {
		const mine = nationalTypes(facts.type);
		return { holds: asked.types.some((one) => mine.includes(one)), because: [] };
	}
	if ('site' in asked) return onSite(asked.site, constraints);
	return compared(asked, facts);
}

function anyOf(parts: Held[]): Held {
	const true_ = parts.filter((one) => one.holds === true);
	if (true_.length > 0) return { holds: true, because: true_.flatMap(({ because }) => because) };
	const open = parts.filter((one) => one.holds === null);
	return { holds: open.length > 0 ? null : false, because: open.flatMap(({ because }) => because) };
}

function allOf(parts: Held[]): Held {
	if (parts.some((one) => one.holds === false)) return { holds: false, because: [] };
	const open = parts.filter((one) => one.holds === null);
	return open.length > 0
		? { holds: null, because: open.flatMap(({ because }) => because) }
		: { holds: true, because: parts.flatMap(({ because }) => because) };
}

function onSite(codes: readonly string[], constraints: CaseAtHand['constraints']): Held {
	const facts = codes.map((code) => ({ code, fact: constraintFact(code, constraints) }));
	const met = facts.filter(({ fact }) => fact.known && fact.value);
	if (met.length > 0)
		return { holds: true, because: met.map(({ code }) => `the site: ${plain(code)}`) };
	const open = facts.filter(({ fact }) => !fact.known);
	return {
		holds: open.length > 0 ? null : false,
		because: open.map(({ code }) => `whether the site is in: ${plain(code)}`)
	};
}

/** By national code, planning.data.gov.uk dataset, or the code that submissions use. */
const codeOfSite = (asked: string): string | undefined =>
	[...designations.values()]
		.filter(({ code, national, dataset }) => [code, national, dataset].includes(asked))
		.map(({ code }) => code)
		.sort((a, b) => a.length - b.length)[0];

/** Whether a site may be asked for by this name. */
export const isSiteName = (name: string): boolean => codeOfSite(name) !== undefined;

const constraintFact = (asked: string, constraints: CaseAtHand['constraints']): Fact<boolean> =>
	metAmong(constraints)(codeOfSite(asked) ?? asked);

function compared(
	{ field, operator, value, description: said }: Extract<Condition, { field: string }>,
	facts: ProposalFacts
): Held {
	const known = conditionFields[field];
	const fact = known?.of(facts);
	const words = known?.words ?? field;
	if (fact === undefined || !fact.known) return { holds: null, because: [words] };
	const given = fact.value;
	return {
		holds: compare(given, operator, value),
		because: [said ?? `${words}: ${Array.isArray(given) ? given.join(', ') : String(given)}`]
	};
}

function compare(given: Value, operator: Operator, value: number | string | boolean): boolean {
	if (Array.isArray(given)) {
		const has = given.some((one) => one === value || one.startsWith(`${String(value)}.`));
		return operator === '!=' ? !has : has;
	}
	switch (operator) {
		case '=':
			return given === value;
		case '!=':
			return given !== value;
		case '>=':
			return given >= value;
		case '>':
			return given > value;
		case '<=':
			return given <= value;
		case '<':
			return given < value;
	}
}

const plain = (code: string): string => code.replaceAll('-', ' ');

/** Types the national lists name as a whole, whatever the kind below them. */
const wholes = ['outline', 'ldc', 'prior-approval'];

/** The national codes that a type of ours answers to: its own, or that of the nearest type above it. */
export function nationalTypes(code: string): string[] {
	const parts = code.split('.');
	const chain = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
	const national = chain.flatMap((one) => applicationType(one)?.national ?? []);
	const [own, ...above] = national;
	return own === undefined ? [] : [own, ...above.filter((one) => wholes.includes(one))];
}
