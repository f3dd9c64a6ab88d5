import type { Area } from '#lib/domain/primitives.ts';
import { Part, isObject } from './reading.ts';

type Position = number[];
type Polygon = Position[][];

const mostPositions = 10_000;

/** Any point of England lies within these; what lies outside is certainly not in England. */
const england = { west: -6.5, east: 1.8, south: 49.8, north: 55.9 };
export const mayBeInEngland = (longitude: number, latitude: number): boolean =>
	longitude >= england.west &&
	longitude <= england.east &&
	latitude >= england.south &&
	latitude <= england.north;

interface Found {
	polygons: Polygon[];
	/** the geometry as it came, when it was one whole Polygon or MultiPolygon */
	type: 'Polygon' | 'MultiPolygon';
	geometries: number;
	/** corners so far; reading stops at what is too many to keep */
	corners: number;
	/** what is on the case once this boundary is kept */
	placed: Part[];
}

/**
 * The red line from GeoJSON of any wrapping: FeatureCollection, Feature, collection or bare
 * geometry. Coordinates are kept as they came; a ring is only ever closed, never moved.
 */
export function readBoundary(site: Part): Area | null {
	if (!site.stated) return null;
	const found: Found = { polygons: [], type: 'Polygon', geometries: 0, corners: 0, placed: [] };
	collect(unpacked(site), found, 0);
	const { polygons, type, geometries, corners } = found;
	if (corners > mostPositions) {
		site.reading.gap(
			`The site boundary has more than ${mostPositions.toLocaleString('en-GB')} corners, which is too many to keep on the case.`
		);
		return null;
	}
	if (polygons.length === 0) {
		site.reading.gap('The site boundary in the submission could not be read as an area.');
		return null;
	}
	for (const part of found.placed) part.take();
	describePlace(polygons, site);
	const [only] = polygons;
	return geometries === 1 && type === 'Polygon' && only !== undefined
		? { type: 'Polygon', coordinates: only }
		: { type: 'MultiPolygon', coordinates: polygons };
}

/** Some senders put GeoJSON in as text. */
function unpacked(site: Part): Part {
	if (typeof site.value !== 'string') return site;
	try {
		return new Part(JSON.parse(site.value), site.path, site.reading);
	} catch {
		return site;
	}
}

function collect(part: Part, found: Found, depth: number): void {
	if (!isObject(part.value) || depth > 6 || found.corners > mostPositions) return;
	const type = part.at('type');
	const coordinates = part.at('coordinates');
	switch (type.value) {
		case 'FeatureCollection':
		case 'GeometryCollection': {
			const members = part.at(type.value === 'FeatureCollection' ? 'features' : 'geometries');
			found.placed.push(type);
			for (const one of members.items(1_000, 'areas')) collect(one, found, depth + 1);
			return;
		}
		case 'Feature':
			found.placed.push(type);
			return collect(part.at('geometry'), found, depth + 1);
		case 'Polygon':
			return keep(found, [coordinates.value], 'Polygon', [type, coordinates]);
		case 'MultiPolygon':
			if (Array.isArray(coordinates.value))
				keep(found, coordinates.value, 'MultiPolygon', [type, coordinates]);
	}
}

function keep(
	found: Found,
	polygons: readonly unknown[],
	type: Found['type'],
	[typeAt, coordinates]: [Part, Part]
): void {
	const kept: { rings: Polygon; whole: boolean }[] = [];
	for (const one of polygons) {
		if (found.corners > mostPositions) return;
		const polygon = mended(one, coordinates);
		if (polygon === null) continue;
		kept.push(polygon);
		found.corners += polygon.rings.flat().length;
	}
	if (kept.length === 0) return;
	found.polygons.push(...kept.map(({ rings }) => rings));
	if (type === 'MultiPolygon') found.type = type;
	found.geometries += 1;
	found.placed.push(typeAt);
	if (kept.length === polygons.length && kept.every(({ whole }) => whole))
		found.placed.push(coordinates);
}

function mended(value: unknown, at: Part): { rings: Polygon; whole: boolean } | null {
	if (!Array.isArray(value) || value.length === 0) return null;
	const { reading } = at;
	let whole = value.length <= 1_000;
	const rings: Polygon = [];
	for (const [index, ring] of value.slice(0, 1_000).entries()) {
		const positions = asPositions(ring);
		if (positions === null) {
			reading.gap(
				'Part of the site boundary is not degrees of longitude and latitude; it is left out.'
			);
			if (index === 0) return null;
			whole = false;
			continue;
		}
		const [first] = positions;
		const last = positions.at(-1);
		if (first === undefined || last === undefined || new Set(positions.map(String)).size < 3) {
			reading.gap('Part of the site boundary has fewer than three corners; it is left out.');
			if (index === 0) return null;
			whole = false;
			continue;
		}
		if (first[0] !== last[0] || first[1] !== last[1]) {
			positions.push([...first]);
			whole = false;
			reading.gap(
				'The site boundary was not closed; its last corner has been joined to its first.'
			);
		}
		if (crossesItself(positions)) reading.gap('The site boundary crosses itself.');
		rings.push(positions);
	}
	return { rings, whole };
}

function asPositions(ring: unknown): Position[] | null {
	if (!Array.isArray(ring) || ring.length > mostPositions) return null;
	const positions: Position[] = [];
	for (const one of ring) {
		if (!Array.isArray(one) || one.length < 2) return null;
		const position = one.slice(0, 3).filter((number): number is number => Number.isFinite(number));
		const [longitude, latitude] = position;
		if (position.length !== Math.min(one.length, 3)) return null;
		if (longitude === undefined || Math.abs(longitude) > 180) return null;
		if (latitude === undefined || Math.abs(latitude) > 90) return null;
		positions.push(position);
	}
	return positions;
}

/** Whether two sides of a closed ring cross; not looked at in rings of more than 600 corners. */
export function crossesItself(ring: Position[]): boolean {
	const corners = ring.length - 1;
	// looked at pair by pair, so only for rings a person could have drawn
	if (corners > 600) return false;
	for (let i = 0; i < corners; i++)
		for (let j = i + 2; j < corners; j++)
			if (!(i === 0 && j === corners - 1) && cross(ring[i], ring[i + 1], ring[j], ring[j + 1]))
				return true;
	return false;
}

function cross(a?: Position, b?: Position, c?: Position, d?: Position): boolean {
	if (a === undefined || b === undefined || c === undefined || d === undefined) return false;
	return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

const side = ([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [px = 0, py = 0]: Position) =>
	Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));

function describePlace(polygons: Polygon[], site: Part): void {
	const positions = polygons.flat(2);
	if (positions.every(([longitude = 0, latitude = 0]) => mayBeInEngland(longitude, latitude)))
		return;
	const swapped = positions.every(([longitude = 0, latitude = 0]) =>
		mayBeInEngland(latitude, longitude)
	);
	site.reading.gap(
		swapped
			? 'The site boundary lies outside England; its latitudes and longitudes seem to be the wrong way round.'
			: 'The site boundary lies outside England.'
	);
}
