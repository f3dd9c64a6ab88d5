import type { Site, Town } from '../town.ts';
import type { Footprint, HouseKind } from '../town/buildings.ts';
import { plotDepth } from '../town/buildings.ts';
import type { Random } from '../town/random.ts';
import { elevations, floorPlans, type HouseType, type Works } from './house-drawings.ts';
import { closePicture, streetPicture } from './pictures.ts';
import { sitePlans } from './site-plans.ts';
import { designStatement, heritageStatement, writtenStatement } from './statements.ts';

/** One file of the pool, made when asked for. */
export interface PoolFile {
	key: string;
	mime: string;
	make(): Promise<{ bytes: Buffer; thumbnail: Buffer | null; width: number; height: number }>;
}

const drawnOn = new Date('2026-01-12T00:00:00Z');
const date = '12 January 2026';

/** Measures of a typical house of each kind, metres. */
const typical: Record<HouseKind, { width: number; depth: number; storeys: number }> = {
	terrace: { width: 5.7, depth: 8.4, storeys: 2 },
	semi: { width: 7.1, depth: 8.9, storeys: 2 },
	detached: { width: 10.4, depth: 9.2, storeys: 2 },
	bungalow: { width: 11.2, depth: 9.6, storeys: 1 },
	shop: { width: 7.6, depth: 13.5, storeys: 3 },
	works: { width: 34, depth: 38, storeys: 1 }
};
const drawnWorks: readonly (readonly [HouseKind, readonly Works[]])[] = [
	['terrace', ['rear-extension', 'two-storey-rear', 'loft-dormer', 'side-extension', 'windows']],
	['semi', ['rear-extension', 'two-storey-rear', 'loft-dormer', 'side-extension', 'windows']],
	[
		'detached',
		['rear-extension', 'two-storey-rear', 'loft-dormer', 'side-extension', 'windows', 'new-unit']
	],
	[
		'bungalow',
		['rear-extension', 'two-storey-rear', 'loft-dormer', 'side-extension', 'windows', 'new-unit']
	],
	['shop', ['rear-extension', 'shopfront', 'windows', 'new-unit']],
	['works', ['rear-extension', 'shopfront', 'new-unit']]
];

const kinds = Object.keys(typical) as HouseKind[];
export const picturesOfKind = 5;
export const closePictures = 6;

/** Behind the house, as wide as it, as deep as is usual and the plot allows. */
function extensionOf(site: Site): Footprint | null {
	const { kind, house, outrigger } = site.built;
	if (kind === 'works') return null;
	const behind = outrigger ?? house;
	const reach = Math.min(3.2, plotDepth(site) - behind.back - 2);
	return reach < 1.5
		? null
		: { left: behind.left, right: behind.right, front: behind.back, back: behind.back + reach };
}

/** Every file that the demo's documents and photographs are drawn from. */
export function poolFiles(town: Town, planned: readonly Site[], random: Random): PoolFile[] {
	const pdf = (key: string, make: () => Promise<Buffer>): PoolFile => ({
		key,
		mime: 'application/pdf',
		make: async () => ({ bytes: await make(), thumbnail: null, width: 0, height: 0 })
	});
	const picture = (key: string, make: PoolFile['make']): PoolFile => ({
		key,
		mime: 'image/jpeg',
		make
	});
	const dates = { date, drawnOn };
	let number = 100;
	const plans = planned.map((site) => {
		const drawing = `SDO-${++number}`;
		return pdf(`site-plans/${site.id}`, () =>
			sitePlans(town, { site, proposed: extensionOf(site), drawing, ...dates })
		);
	});
	const drawings = drawnWorks.flatMap(([kind, all]) =>
		all.flatMap((works) => {
			const drawing = `SDO-${++number}`;
			const house: HouseType = { kind, ...typical[kind], works, reach: 3, drawing, ...dates };
			const files = [pdf(`elevations/${kind}-${works}`, () => elevations(house))];
			if (works !== 'windows' && works !== 'shopfront')
				files.push(pdf(`floor-plans/${kind}-${works}`, () => floorPlans(house)));
			return files;
		})
	);
	const statements = [
		...['terrace', 'semi', 'detached', 'modern', 'centre', 'works'].map((zone) =>
			pdf(`design-statement/${zone}`, () =>
				writtenStatement(
					designStatement(
						zone,
						zone === 'centre' || zone === 'works'
							? 'alteration and extension of commercial premises'
							: 'extension of a family house',
						dates
					)
				)
			)
		),
		...[1, 2].map((at) =>
			pdf(`heritage-statement/${at}`, () =>
				writtenStatement(
					heritageStatement(
						at === 1 ? 'repair of the roof and windows' : 'alterations inside',
						dates
					)
				)
			)
		)
	];
	const pictures = [
		...kinds.flatMap((kind) =>
			Array.from({ length: picturesOfKind }, (_, at) => {
				const { width, storeys } = typical[kind];
				const own = random.fork('street', kind, at);
				return picture(`street/${kind}-${at + 1}`, () =>
					streetPicture({ kind, width, storeys }, own)
				);
			})
		),
		...Array.from({ length: closePictures }, (_, at) =>
			picture(`close/${at + 1}`, () => closePicture(random.fork('close', at)))
		)
	];
	return [...plans, ...drawings, ...statements, ...pictures];
}
