import { firstKnown, known, unknown, valueOf, type Fact } from './fact.ts';
import type { Stated } from './stated.ts';

/** Homes. `provided` is what the law counts: those the development makes, whatever it replaces. */
export interface Dwellings {
	existing: Fact<number>;
	/** on the site once it is built */
	proposed: Fact<number>;
	/** made by building, rebuilding or conversion */
	provided: Fact<number>;
	/** proposed less existing; may be negative */
	net: Fact<number>;
	/** kinds of housing among those provided, by code: `flat`, `sheltered`, `studentAccommodation` … */
	kinds: Fact<string[]>;
	/** square metres of housing floorspace provided */
	floorspace: Fact<number>;
}

const units = 'data.proposal.units';

export function dwellings(
	stated: Stated,
	{ oneHouse, works }: { oneHouse: boolean; works: Fact<string[]> }
): Dwellings {
	if (oneHouse) return ofOneHouse();
	const list = listed(stated);
	// of the London form: what is made, what goes, what stays
	const [made, removed, kept] = ['new', 'removed', 'retained'].map((part) =>
		list(`residential.${part}`)
	);
	const rebuilt = list('residential.rebuilt');
	const london = [made, rebuilt, removed, kept].some((part) => part !== null);
	const count = (part: Counted | null | undefined) => part?.count ?? 0;
	const provided = london
		? known(count(made) + count(rebuilt), `${units}.residential`)
		: firstKnown(
				stated.count(`${units}.total`, 'the number of homes proposed'),
				stated.count('data.proposal.newDwellings.newBuild.count', 'the number of new homes'),
				stated.count('data.proposal.new.count.dwellings', 'the number of new homes'),
				makesNoHome(works)
			);
	const gone = stated.count('data.property.units.total', 'the number of existing homes');
	const existing =
		london && !gone.known ? known(count(removed) + count(kept), `${units}.residential`) : gone;
	const proposed = london
		? known(count(made) + count(rebuilt) + count(kept), `${units}.residential`)
		: stated.count(`${units}.total`, 'the number of homes proposed');
	const plain = list('residential');
	const all = [plain, made, rebuilt].filter((part) => part !== null && part !== undefined);
	return {
		existing,
		proposed,
		provided,
		net:
			existing.known && proposed.known
				? known(proposed.value - existing.value, proposed.from)
				: unknown(),
		kinds:
			all.length > 0
				? known([...new Set(all.flatMap(({ kinds }) => kinds))], `${units}.residential`)
				: unknown(),
		floorspace:
			all.length > 0 && all.every(({ area }) => area !== null)
				? known(
						all.reduce((sum, { area }) => sum + (area ?? 0), 0),
						`${units}.residential`
					)
				: unknown()
	};
}

interface Counted {
	count: number;
	kinds: string[];
	/** square metres; null where one home has none stated */
	area: number | null;
}

/** Reads a list of homes, each entry standing for so many identical ones; null when there is none. */
const listed =
	(stated: Stated) =>
	(part: string): Counted | null => {
		const path = `${units}.${part}`;
		const indexes = stated.indexes(path);
		if (indexes.length === 0) return null;
		const counted: Counted = { count: 0, kinds: [], area: 0 };
		for (const index of indexes) {
			const at = `${path}[${index}]`;
			const identical =
				valueOf(stated.count(`${at}.identicalUnits`, 'the number of identical homes')) ?? 1;
			counted.count += identical;
			const kind = valueOf(stated.code(`${at}.type`));
			if (kind !== null) counted.kinds.push(kind);
			for (const [answer, code] of [
				['sheltered', 'sheltered'],
				['olderPersons', 'older-people']
			] as const)
				if (valueOf(stated.yesNo(`${at}.${answer}`, 'a question about homes')) === true)
					counted.kinds.push(code);
			const area = stated.amount(`${at}.area.squareMetres`, 'the floorspace of a home');
			counted.area =
				counted.area !== null && area.known ? counted.area + area.value * identical : null;
		}
		return counted;
	};

/** A type of application that is for works to one house makes no home. */
function ofOneHouse(): Dwellings {
	const from = 'the application type';
	return {
		existing: known(1, from),
		proposed: known(1, from),
		provided: known(0, from),
		net: known(0, from),
		kinds: known([], from),
		floorspace: known(0, from)
	};
}

/** Works that cannot make a home: to what stands there, but for storeys and annexes that may be homes. */
const toWhatStands =
	/^(extend(?!\.(roof\.newStorey|upperStorey|outbuilding\.annexe))|alter|internal|repair|maintain|demolish(?!\.replace))/;

const makesNoHome = (works: Fact<string[]>): Fact<number> =>
	works.known && works.value.length > 0 && works.value.every((work) => toWhatStands.test(work))
		? known(0, works.from)
		: unknown();
