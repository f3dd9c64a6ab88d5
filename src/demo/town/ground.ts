import type { LonLat } from '#lib/domain/primitives.ts';
import type { Point } from './geometry.ts';

/**
 * The town stands on an island that does not exist, in the open English Channel some
 * forty kilometres south of the coast: nobody lives there, so no real person's home,
 * street or planning history can be mistaken for it.
 */
export const anchor: LonLat = { longitude: -2.95, latitude: 50.33 };

// radii of the WGS 84 ellipsoid at the anchor: exact to millimetres over the island
const flattening = 1 / 298.257223563;
const squared = flattening * (2 - flattening);
const sine = Math.sin((anchor.latitude * Math.PI) / 180);
const primeVertical = 6378137 / Math.sqrt(1 - squared * sine * sine);
const meridional = (primeVertical * (1 - squared)) / (1 - squared * sine * sine);
const metresPerDegree = {
	east: (Math.PI / 180) * primeVertical * Math.cos((anchor.latitude * Math.PI) / 180),
	north: (Math.PI / 180) * meridional
};

/** Seven decimals, about a centimetre: as fine as published boundaries are, and the same on every machine. */
const rounded = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** Longitude and latitude of a place given in metres from the anchor. */
export const position = ([x, y]: Point): [number, number] => [
	rounded(anchor.longitude + x / metresPerDegree.east),
	rounded(anchor.latitude + y / metresPerDegree.north)
];

/** A GeoJSON ring: closed, and running the way RFC 7946 asks for when `points` runs anticlockwise. */
export function closedRing(points: readonly Point[]): [number, number][] {
	const ring = points.map(position);
	const first = ring[0];
	if (first === undefined) throw new Error('A ring needs corners.');
	return [...ring, [first[0], first[1]]];
}

/*
 * The town is planned on squared paper and then bent by a conformal map: right angles stay
 * right angles, so houses stay rectangular, while streets curve as in a town that grew.
 * z ↦ e^iθ (z + b z² + c z³), with a gentle ripple on top.
 */
const turn = { cos: Math.cos(-0.16), sin: Math.sin(-0.16) };
const b = { re: 0.00005, im: 0.000135 };
const c = { re: -0.000000022, im: -0.00000001 };

/** Where a place of the plan lies on the ground, in metres. */
export function onGround([u, v]: Point): Point {
	const square = { re: u * u - v * v, im: 2 * u * v };
	const cube = { re: square.re * u - square.im * v, im: square.re * v + square.im * u };
	const x = u + b.re * square.re - b.im * square.im + c.re * cube.re - c.im * cube.im;
	const y = v + b.re * square.im + b.im * square.re + c.re * cube.im + c.im * cube.re;
	const rippledX = x + 4 * Math.sin(y / 47 + 0.7) + 3 * Math.sin(y / 101);
	const rippledY = y + 4 * Math.sin(x / 59 + 2.1) + 3 * Math.sin(x / 113);
	return [turn.cos * rippledX - turn.sin * rippledY, turn.sin * rippledX + turn.cos * rippledY];
}

/** Metres on the ground for one metre of the plan, at a place of the plan. */
export function groundScale([u, v]: Point): number {
	const re = 1 + 2 * (b.re * u - b.im * v) + 3 * (c.re * (u * u - v * v) - c.im * 2 * u * v);
	const im = 2 * (b.re * v + b.im * u) + 3 * (c.re * 2 * u * v + c.im * (u * u - v * v));
	return Math.hypot(re, im);
}
