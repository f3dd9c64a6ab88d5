import type { Works } from '../documents/house-drawings.ts';
import type { Site } from '../town.ts';
import type { Random } from '../town/random.ts';

/** What somebody applies for at a site. */
export interface Proposal {
	/** code of application-type.ts */
	type: string;
	words: string;
	/** code and words of the project type */
	project: readonly [string, string];
	/** what it does to the drawings of the house; null where there are none */
	works: Works | null;
	/** pounds, as the applicant's service worked it out */
	fee: number;
}

type Maker = (site: Site, random: Random) => Proposal | null;

const isHouse = ({ built: { kind } }: Site) => kind !== 'shop' && kind !== 'works';
const has = (site: Site, code: string) =>
	site.designations.some((one) => one.code === code || one.code.startsWith(`${code}.`));
const metres = (random: Random, low: number, high: number) =>
	`${(Math.round(random.between(low, high) * 10) / 10).toFixed(1)} m`;

const householder: Maker = (site, random) => {
	if (!isHouse(site)) return null;
	const [words, works] = random.pick([
		['Erection of a single storey rear extension', 'rear-extension'],
		['Erection of a single storey side and rear wraparound extension', 'rear-extension'],
		['Erection of a two storey rear extension', 'two-storey-rear'],
		['Loft conversion with rear dormer and two rooflights to the front slope', 'loft-dormer'],
		['Erection of a single storey side extension to replace the garage', 'side-extension'],
		['Replacement of timber windows to the front elevation', 'windows'],
		['Erection of a rear dormer and a single storey rear extension', 'loft-dormer']
	] as const);
	const project = {
		'rear-extension': ['extend.rear', 'Add a rear or side extension'],
		'two-storey-rear': ['extend.rear', 'Add a rear or side extension'],
		'loft-dormer': ['extend.roof.dormer', 'Add a roof dormer'],
		'side-extension': ['extend.side', 'Add a rear or side extension'],
		windows: ['alter.replace.windows', 'Replace windows']
	} as const;
	return {
		type: 'pp.full.householder',
		words: `${words}.`,
		project: project[works],
		works,
		fee: 258
	};
};

const largerExtension: Maker = (site, random) =>
	isHouse(site) && !has(site, 'designated')
		? {
				type: 'pa.part1.classA',
				words: `Erection of a single storey rear extension ${metres(random, 4.2, 6)} deep, ${metres(random, 2.8, 3.6)} high at its highest and ${metres(random, 2.3, 2.8)} high at the eaves.`,
				project: ['extend.rear', 'Add a rear or side extension'],
				works: 'rear-extension',
				fee: 120
			}
		: null;

const certificate: Maker = (site, random) =>
	isHouse(site)
		? {
				type: random.chance(0.7) ? 'ldc.proposed' : 'ldc.existing',
				words: random.pick([
					'Certificate of lawfulness for a rear dormer and two rooflights.',
					'Certificate of lawfulness for an outbuilding used as a home office.',
					'Certificate of lawfulness for solar panels on the rear roof slope.',
					'Certificate of lawfulness for use as two flats for more than four years.'
				]),
				project: ['extend.roof.dormer', 'Add a roof dormer'],
				works: 'loft-dormer',
				fee: 129
			}
		: null;

const listedConsent: Maker = (site, random) =>
	has(site, 'listed')
		? {
				type: 'listed',
				words: random.pick([
					'Repair of the timber roof structure and re-covering in matching clay tiles.',
					'Removal of a later partition on the first floor and reinstatement of the panelled room.',
					'Replacement of modern casements by timber sash windows to the historic pattern.',
					'Installation of a handrail to the cellar steps and lining of the flue.'
				]),
				project: ['alter', 'Alter a building'],
				works: 'windows',
				fee: 0
			}
		: null;

const minor: Maker = (site, random) =>
	isHouse(site) && site.zone !== 'detached'
		? null
		: {
				type: 'pp.full.minor',
				words: random.pick(
					site.built.kind === 'works'
						? [
								'Erection of a trade counter building with six parking spaces.',
								'Erection of a covered loading bay and an electricity substation.'
							]
						: site.built.kind === 'shop'
							? [
									'Change of use of the upper floors to two flats with bin and cycle storage.',
									'Installation of a new shopfront and a kitchen extract duct to the rear.',
									'Erection of a two storey rear extension to form a store and one flat.'
								]
							: ['Erection of a detached dwelling in the rear garden with a new access.']
				),
				project: ['new', 'Build something new'],
				works: site.built.kind === 'shop' ? 'shopfront' : 'new-unit',
				fee: 578
			};

const advertisement: Maker = (site, random) =>
	site.built.kind === 'shop'
		? {
				type: 'advertConsent',
				words: random.pick([
					'Display of one externally illuminated fascia sign and one hanging sign.',
					'Display of two non-illuminated fascia signs and window vinyls.'
				]),
				project: ['advert', 'Display an advertisement'],
				works: 'shopfront',
				fee: 165
			}
		: null;

const trees: Maker = (site, random) => {
	const isProtected = has(site, 'tpo');
	if (!isProtected && !has(site, 'designated.conservationArea')) return null;
	return {
		type: isProtected ? 'wtt.consent' : 'wtt.notice',
		words: random.pick([
			'T1 oak: reduce the crown by 2 m all round and remove dead wood.',
			'T1 lime: lift the crown to 4 m above the pavement.',
			'T1 ash: fell, showing dieback over half of the crown. Replace by one field maple.',
			'T1 yew: reduce the side towards the house by 1.5 m.'
		]),
		project: ['wtt', 'Works to trees'],
		works: null,
		fee: 0
	};
};

const afterwards: Maker = (_, random) => {
	const [type, words, fee] = random.pick([
		[
			'approval.conditions',
			'Details of materials (condition 3) and landscaping (condition 5).',
			145
		],
		['approval.conditions', 'Construction method statement (condition 4).', 145],
		[
			'amendment.nonMaterial',
			'Non-material amendment: obscured window in place of a rooflight.',
			43
		],
		[
			'amendment.minorMaterial',
			'Variation of condition 2 (approved plans) to raise the eaves by 0.3 m.',
			293
		]
	] as const);
	return {
		type,
		words,
		project: ['changes', 'Change an approved scheme'],
		works: 'rear-extension',
		fee
	};
};

const toHomes: Maker = (site) =>
	site.built.kind === 'shop'
		? {
				type: 'pa.part3.classMA',
				words: 'Change of use of the first and second floors from offices to two dwellings.',
				project: ['changeOfUse', 'Change the use of a building'],
				works: 'windows',
				fee: 250
			}
		: null;

const advice: Maker = (site, random) => ({
	type: 'preApp',
	words: random.pick([
		'Advice on an extension and a loft conversion.',
		'Advice on converting the building to flats.',
		'Advice on a replacement shopfront and signs.'
	]),
	project: ['advice', 'Ask for advice'],
	works: isHouse(site) ? 'two-storey-rear' : 'shopfront',
	fee: 180
});

const makers: readonly (readonly [Maker, number])[] = [
	[householder, 46],
	[largerExtension, 8],
	[certificate, 8],
	[listedConsent, 14],
	[minor, 12],
	[advertisement, 6],
	[trees, 9],
	[afterwards, 8],
	[toHomes, 3],
	[advice, 5]
];

/** Something that can be applied for at this site. */
export function proposalFor(site: Site, random: Random): Proposal {
	const possible = makers.flatMap(([make, weight], at) => {
		const made = make(site, random.fork('proposal', at));
		return made === null ? [] : [[made, weight] as const];
	});
	return random.weighted(possible);
}
