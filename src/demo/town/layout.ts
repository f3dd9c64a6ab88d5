import type { Random } from './random.ts';
import {
	leaveStrip,
	openBlock,
	part,
	StreetPlan,
	zones,
	type Block,
	type PlannedStreet,
	type Zone
} from './street-plan.ts';

export type OpenSpaceKind =
	| 'green'
	| 'churchyard'
	| 'school'
	| 'park'
	| 'wood'
	| 'recreation'
	| 'allotments'
	| 'station'
	| 'quay';
export interface OpenSpace {
	kind: OpenSpaceKind;
	name: string;
	block: Block;
}

/** The plan of the town on squared paper, in metres from its middle; bent on the ground by `onGround`. */
export interface Layout {
	streets: PlannedStreet[];
	quarters: { zone: Zone; blocks: Block[] }[];
	openSpaces: OpenSpace[];
}

/** The river runs west to east here, from bank to bank with its towpaths. */
export const river = { south: -192, north: -132, middle: -162 } as const;
/** The railway runs west to east here, from fence to fence. */
export const railway = { south: 430, north: 446, middle: 438 } as const;
export const townEdge = { west: -880, south: -640, east: 880, north: 640 } as const;

/** Lays out the town: the main streets by hand, the side streets by division. */
export function layOut(random: Random): Layout {
	const plan = new StreetPlan();
	const quarters: Layout['quarters'] = [];
	const openSpaces: OpenSpace[] = [];
	const build = (zone: Zone['name'], block: Block) =>
		quarters.push({ zone: zones[zone], blocks: plan.divide(block, zones[zone], random) });
	const keep = (kind: OpenSpaceKind, name: string, block: Block) =>
		openSpaces.push({ kind, name, block });
	const cross = (block: Block) => {
		const [south, rest] = leaveStrip(block, river.south, river.north);
		const [middle, north] = leaveStrip(rest, railway.south, railway.north);
		return { south, middle, north };
	};

	const [western, eastern] = plan.northSouth(openBlock(-880, -640, 880, 640), -40, {
		name: 'High Street',
		kind: 'primary',
		corridor: 16
	});
	const [farWest, west] = plan.northSouth(western, -480, {
		name: 'Mill Road',
		kind: 'secondary',
		corridor: 14
	});
	const [southEast, northEast] = leaveStrip(eastern, river.south, river.north);
	const [east, farEast] = plan.northSouth(northEast, 430, {
		name: 'Station Road',
		kind: 'secondary',
		corridor: 14
	});

	// beyond Mill Road
	const fw = cross(farWest);
	build('semi', part(part(fw.south, 'u', -800)[1], 'v', -520)[1]);
	const [fwLow, fwHigh] = plan.westEast(fw.middle, 95, {
		name: 'Cliff Road',
		kind: 'tertiary',
		corridor: 14
	});
	const [recreation, newHomes] = part(fwLow, 'u', -690);
	keep('recreation', 'Longmead Recreation Ground', recreation);
	build('modern', newHomes);
	build('detached', part(fwHigh, 'u', -830)[1]);
	keep('wood', 'Hanger Wood', fw.north);

	// between Mill Road and the High Street
	const w = cross(west);
	const [wSouth, wBank] = plan.westEast(w.south, -400, {
		name: 'Southgate',
		kind: 'tertiary',
		corridor: 13
	});
	build('semi', part(wSouth, 'v', -590)[1]);
	build('terrace', wBank);
	const [wLow, wHigh] = plan.westEast(w.middle, 150, {
		name: 'Church Street',
		kind: 'secondary',
		corridor: 13
	});
	const [towpath, wLowTown] = plan.westEast(wLow, -118, {
		name: 'Towpath Street',
		kind: 'residential',
		corridor: 11
	});
	void towpath;
	const [oldTerraces, oldTown] = plan.northSouth(wLowTown, -262, {
		name: 'Ropewalk',
		kind: 'residential',
		corridor: 11
	});
	build('terrace', oldTerraces);
	const [oldSouth, oldNorth] = plan.westEast(oldTown, 10, {
		name: 'Vicarage Lane',
		kind: 'residential',
		corridor: 9
	});
	build('centre', oldSouth);
	const [churchyard, shops] = part(oldNorth, 'u', -122);
	keep('churchyard', 'St Wendrith’s Church', churchyard);
	build('centre', shops);
	const [upperTerraces, upperShops] = plan.northSouth(wHigh, -122, {
		name: 'Back Lane',
		kind: 'residential',
		corridor: 9
	});
	build('terrace', upperTerraces);
	build('centre', upperShops);
	build('modern', part(w.north, 'v', 600)[0]);

	// between the High Street and Station Road
	const [eMiddle, eNorth] = leaveStrip(east, railway.south, railway.north);
	const [eLow, eHigh] = plan.westEast(eMiddle, 150, {
		name: 'Market Street',
		kind: 'secondary',
		corridor: 13
	});
	const [quayWest, quaySide] = plan.westEast(eLow, -118, {
		name: 'Quayside',
		kind: 'residential',
		corridor: 11
	});
	void quayWest;
	const [aroundGreen, eTerraces] = plan.northSouth(quaySide, 132, {
		name: 'Fishergate',
		kind: 'residential',
		corridor: 12
	});
	const [belowGreen, green] = plan.westEast(aroundGreen, 40, {
		name: 'The Green',
		kind: 'residential',
		corridor: 10
	});
	build('centre', belowGreen);
	keep('green', 'The Green', green);
	build('terrace', eTerraces);
	const [eShopsAndTerraces, station] = part(eHigh, 'v', 372);
	keep('station', 'Wrenhithe Station', part(station, 'u', 190)[1]);
	const [eShops, eUpperTerraces] = plan.northSouth(eShopsAndTerraces, 44, {
		name: 'Tanner’s Lane',
		kind: 'residential',
		corridor: 9
	});
	build('centre', eShops);
	build('terrace', eUpperTerraces);
	build('modern', part(part(eNorth, 'v', 555)[0], 'u', 320)[0]);

	// beyond Station Road
	const [feMiddle, feNorth] = leaveStrip(farEast, railway.south, railway.north);
	const [feLow, feHigh] = plan.westEast(feMiddle, 190, {
		name: 'Lighthouse Road',
		kind: 'tertiary',
		corridor: 14
	});
	const [feTerraces, park] = plan.northSouth(feLow, 660, {
		name: 'Park Side',
		kind: 'residential',
		corridor: 13
	});
	build('terrace', feTerraces);
	keep('park', 'Jubilee Park', park);
	build('semi', part(feHigh, 'u', 820)[0]);
	const [edge, allotments] = part(feNorth, 'u', 610);
	build('semi', edge);
	keep('allotments', 'Northfield Allotments', part(allotments, 'u', 800)[0]);

	// south of the river, east of the High Street
	const [seTown, works] = plan.northSouth(southEast, 380, {
		name: 'Harbour Road',
		kind: 'secondary',
		corridor: 15
	});
	const [seSouth, seBank] = plan.westEast(seTown, -410, {
		name: 'School Lane',
		kind: 'tertiary',
		corridor: 13
	});
	build('terrace', seBank);
	const [school, seHomes] = part(seSouth, 'u', 150);
	keep('school', 'Wrenhithe Community School', school);
	build('semi', part(seHomes, 'v', -610)[1]);
	const [worksSouth, quay] = part(works, 'v', -268);
	build('works', part(worksSouth, 'v', -560)[1]);
	keep('quay', 'Fish Quay', quay);
	return { streets: plan.streets, quarters, openSpaces };
}
