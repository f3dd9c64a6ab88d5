/**
 * What applications cost in England, by the day the fee falls on.
 *
 * The principal instrument is the Town and Country Planning (Fees for Applications, Deemed
 * Applications, Requests and Site Visits) (England) Regulations 2012 (SI 2012/2920), Schedule 1.
 * Amounts are pounds. A figure's standing is part of it: `published` was read in the instrument or
 * in a council's schedule; `computed` is the figure before it raised by regulation 18A (the
 * consumer prices index, 3.8 % on 1 April 2026) and rounded to the pound, which gives the two
 * figures that are published; `unverified` is what practitioners say and no source here proves.
 */
export type FigureStanding = 'published' | 'computed' | 'unverified';

export const standingWords: Record<FigureStanding, string> = {
	published: 'published',
	computed: 'computed from the year before; not checked against a published schedule',
	unverified: 'not verified'
};

/** One step of a scale: up to so many units (null: however many) `base` and `each` for every unit over `over`. */
export interface Band {
	upTo: number | null;
	base: number;
	each: number;
	over: number;
	standing: FigureStanding;
}

export interface Rate {
	/** in force from this day on, until the next */
	from: string;
	bands: readonly Band[];
	/** no fee of this head is higher; null when there is no ceiling, or none is known */
	most: number | null;
	source: string;
}

/** What quantities are counted in. Part of a unit counts as a whole one where the law says "or part thereof". */
export const unitWords = {
	none: '',
	dwelling: 'dwellings',
	'tenth-hectare': 'units of 0.1 hectare, or part of one'
} as const;
export type FeeUnit = keyof typeof unitWords;

export interface FeeHead {
	words: string;
	unit: FeeUnit;
	/** earliest first; empty where no figure could be established: a person says what is due */
	rates: readonly Rate[];
	/** shown beside the head */
	note?: string;
}

const in2023 = 'SI 2012/2920 as amended with effect from 6 December 2023';
const in2025 = 'SI 2025/342, in force 1 April 2025';
const in2026 = 'regulation 18A: 3.8 % on 1 April 2026';

type Step = Omit<Band, 'standing'>;
const steps = (standing: FigureStanding, bands: readonly Step[]): Band[] =>
	bands.map((band) => ({ ...band, standing }));

/** The rate of 2025 raised on 1 April 2026, each figure rounded to the nearest pound. */
const raised = (pounds: number) => Math.round((pounds * 1_038) / 1_000);
const indexed = (rate: Rate, published: readonly number[] = []): Rate => ({
	from: '2026-04-01',
	bands: rate.bands.map((band) => {
		const base = raised(band.base);
		const each = raised(band.each);
		const known = published.includes(base === 0 ? each : base);
		return { ...band, base, each, standing: known ? 'published' : 'computed' };
	}),
	most: rate.most === null ? null : raised(rate.most),
	source: in2026
});

const flat = (pounds: number): Step[] => [{ upTo: null, base: pounds, each: 0, over: 0 }];

interface Years {
	/** 6 December 2023 to 31 March 2025 */
	before: readonly Step[] | null;
	beforeStanding?: FigureStanding;
	/** 1 April 2025 to 31 March 2026 */
	then: readonly Step[];
	mostBefore?: number;
	most?: number;
	/** figures of 1 April 2026 that are published; the rest are computed */
	published?: readonly number[];
}

function rates(years: Years): Rate[] {
	const then: Rate = {
		from: '2025-04-01',
		bands: steps('published', years.then),
		most: years.most ?? null,
		source: in2025
	};
	const before: Rate[] =
		years.before === null
			? []
			: [
					{
						from: '2023-12-06',
						bands: steps(years.beforeStanding ?? 'published', years.before),
						most: years.mostBefore ?? null,
						source: in2023
					}
				];
	return [...before, then, indexed(then, years.published)];
}

const each = (pounds: number): Step[] => [{ upTo: null, base: 0, each: pounds, over: 0 }];
const dwellingBands = (few: number, many: number, base: number, over: number): Step[] => [
	{ upTo: 9, base: 0, each: few, over: 0 },
	{ upTo: 50, base: 0, each: many, over: 0 },
	{ upTo: null, base, each: over, over: 50 }
];
/** Tenths of a hectare: one rate to a first area, another to 2.5 hectares, then a base and so much more. */
const areaBands = (first: number, few: number, many: number, base: number, over: number) => [
	{ upTo: first, base: 0, each: few, over: 0 },
	{ upTo: 25, base: 0, each: many, over: 0 },
	{ upTo: null, base, each: over, over: 25 }
];
const nil: Rate[] = [
	{ from: '2023-12-06', bands: steps('published', flat(0)), most: null, source: in2023 }
];
const nilUnverified: Rate[] = [
	{ from: '2023-12-06', bands: steps('unverified', flat(0)), most: null, source: in2023 }
];

export const feeHeads = {
	'householder-one': {
		words: 'Enlarging, improving or altering one dwelling',
		unit: 'none',
		rates: rates({ before: flat(258), then: flat(528), published: [548] })
	},
	'householder-boundary': {
		words: 'Works within or along the boundary of a dwelling (fences, walls, hard standing)',
		unit: 'none',
		rates: rates({ before: flat(258), beforeStanding: 'unverified', then: flat(262) })
	},
	'householder-several': {
		words: 'Enlarging, improving or altering two or more dwellings or flats',
		unit: 'none',
		rates: rates({ before: flat(509), then: flat(1_043) })
	},
	dwellings: {
		words: 'New dwellings',
		unit: 'dwelling',
		rates: rates({
			before: dwellingBands(578, 624, 30_860, 186),
			then: dwellingBands(588, 635, 31_385, 189),
			mostBefore: 405_000,
			most: 411_885,
			published: [610]
		})
	},
	'outline-dwellings': {
		words: 'Outline: dwellings, by site area',
		unit: 'tenth-hectare',
		rates: rates({
			before: areaBands(5, 578, 624, 15_433, 186),
			then: areaBands(5, 588, 635, 15_695, 189),
			most: 205_943
		})
	},
	'outline-other': {
		words: 'Outline: other buildings, by site area',
		unit: 'tenth-hectare',
		rates: rates({ before: null, then: areaBands(10, 588, 635, 15_695, 189) })
	},
	'change-of-use': {
		words: 'Change of use of land or buildings',
		unit: 'none',
		rates: rates({
			before: flat(578),
			beforeStanding: 'unverified',
			then: flat(588),
			published: [610]
		})
	},
	advertisement: {
		words: 'Advertisement on business premises about that business',
		unit: 'none',
		rates: rates({ before: flat(165), then: flat(168) })
	},
	'section-73-householder': {
		words: 'Section 73, householder',
		unit: 'none',
		rates: rates({ before: flat(293), beforeStanding: 'unverified', then: flat(86) })
	},
	'section-73-major': {
		words: 'Section 73, major development',
		unit: 'none',
		rates: rates({ before: flat(293), beforeStanding: 'unverified', then: flat(2_000) })
	},
	'section-73-other': {
		words: 'Section 73, other',
		unit: 'none',
		rates: rates({ before: flat(293), beforeStanding: 'unverified', then: flat(586) })
	},
	'conditions-householder': {
		words: 'Details reserved by condition, householder',
		unit: 'none',
		rates: rates({ before: flat(43), then: flat(86) })
	},
	'conditions-other': {
		words: 'Details reserved by condition, other',
		unit: 'none',
		rates: rates({ before: flat(145), then: flat(298) })
	},
	'biodiversity-gain-plan': {
		words: 'Biodiversity gain plan',
		unit: 'none',
		rates: rates({ before: flat(145), then: flat(298) })
	},
	'prior-approval': {
		words: 'Prior approval with no building operations, larger home extensions included',
		unit: 'none',
		rates: rates({ before: flat(120), then: flat(240) })
	},
	'prior-approval-works': {
		words: 'Prior approval with building operations',
		unit: 'none',
		rates: rates({ before: flat(258), then: flat(516) })
	},
	'prior-approval-class-ma': {
		words: 'Prior approval, Part 3 Class MA, for each dwelling',
		unit: 'dwelling',
		rates: rates({ before: each(125), then: each(250) })
	},
	'listed-building': { words: 'Listed building consent', unit: 'none', rates: nil },
	'relevant-demolition': {
		words: 'Relevant demolition in a conservation area',
		unit: 'none',
		rates: nil
	},
	trees: { words: 'Works to protected trees', unit: 'none', rates: nilUnverified },
	hedgerow: { words: 'Hedgerow removal notice', unit: 'none', rates: nilUnverified },
	'agricultural-building': {
		words: 'Agricultural buildings',
		unit: 'none',
		rates: [],
		note: 'One figure is published (£5,077 from 1 April 2025 where 1,000 m² is passed); the rest of the scale is not established here.'
	},
	'other-building': {
		words: 'Other buildings, by floorspace',
		unit: 'none',
		rates: [],
		note: 'The scale by floorspace (75 m² or part thereof) is not established here.'
	},
	'non-material-amendment': { words: 'Non-material amendment', unit: 'none', rates: [] },
	'reserved-matters': { words: 'Reserved matters', unit: 'none', rates: [] },
	'permission-in-principle': { words: 'Permission in principle', unit: 'none', rates: [] },
	'council-charge': { words: 'A charge of this council’s own', unit: 'none', rates: [] },
	other: { words: 'Another category', unit: 'none', rates: [] }
} as const satisfies Record<string, FeeHead>;

export type FeeHeadName = keyof typeof feeHeads;
export const feeHeadNames = Object.keys(feeHeads) as [FeeHeadName, ...FeeHeadName[]];
export const feeHead = (name: FeeHeadName): FeeHead => feeHeads[name];
