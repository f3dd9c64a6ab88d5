import type { LonLat } from '#lib/domain/primitives.ts';

/*
 * WGS 84 to the British National Grid by the seven-parameter transformation of the Ordnance
 * Survey's guide to coordinate systems: good to about five metres, which is why everything
 * made with it is called approximate. Only ever shown; no stored boundary goes through it.
 */
const wgs84 = { a: 6378137, b: 6356752.314245 };
const airy = { a: 6377563.396, b: 6356256.909 };
const radians = (degrees: number) => (degrees * Math.PI) / 180;

function toAiry({ longitude, latitude }: LonLat): { phi: number; lambda: number } {
	const [phi, lambda] = [radians(latitude), radians(longitude)];
	const squared = 1 - (wgs84.b / wgs84.a) ** 2;
	const nu = wgs84.a / Math.sqrt(1 - squared * Math.sin(phi) ** 2);
	const x = nu * Math.cos(phi) * Math.cos(lambda);
	const y = nu * Math.cos(phi) * Math.sin(lambda);
	const z = nu * (1 - squared) * Math.sin(phi);
	const scale = 1 + 20.4894e-6;
	const [rx, ry, rz] = [-0.1502, -0.247, -0.8421].map((seconds) => radians(seconds / 3600)) as [
		number,
		number,
		number
	];
	const turnedX = -446.448 + x * scale - y * rz + z * ry;
	const turnedY = 125.157 + x * rz + y * scale - z * rx;
	const turnedZ = -542.06 - x * ry + y * rx + z * scale;
	const flat = Math.hypot(turnedX, turnedY);
	const airySquared = 1 - (airy.b / airy.a) ** 2;
	let found = Math.atan2(turnedZ, flat * (1 - airySquared));
	for (let round = 0; round < 6; round++) {
		const n = airy.a / Math.sqrt(1 - airySquared * Math.sin(found) ** 2);
		found = Math.atan2(turnedZ + airySquared * n * Math.sin(found), flat);
	}
	return { phi: found, lambda: Math.atan2(turnedY, turnedX) };
}

/** Eastings and northings in metres; null outside the grid. Approximate: within about five metres. */
export function approximateGrid(place: LonLat): { easting: number; northing: number } | null {
	const { phi, lambda } = toAiry(place);
	const { a, b } = airy;
	const scale = 0.9996012717;
	const [phi0, lambda0] = [radians(49), radians(-2)];
	const squared = 1 - (b / a) ** 2;
	const n = (a - b) / (a + b);
	const [sin, cos, tan] = [Math.sin(phi), Math.cos(phi), Math.tan(phi)];
	const nu = (a * scale) / Math.sqrt(1 - squared * sin * sin);
	const rho = (a * scale * (1 - squared)) / (1 - squared * sin * sin) ** 1.5;
	const eta = nu / rho - 1;
	const [minus, plus] = [phi - phi0, phi + phi0];
	const meridian =
		b *
		scale *
		((1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * minus -
			(3 * n + 3 * n ** 2 + 2.625 * n ** 3) * Math.sin(minus) * Math.cos(plus) +
			1.875 * (n ** 2 + n ** 3) * Math.sin(2 * minus) * Math.cos(2 * plus) -
			(35 / 24) * n ** 3 * Math.sin(3 * minus) * Math.cos(3 * plus));
	const l = lambda - lambda0;
	const northing =
		meridian -
		100_000 +
		(nu / 2) * sin * cos * l ** 2 +
		(nu / 24) * sin * cos ** 3 * (5 - tan ** 2 + 9 * eta) * l ** 4 +
		(nu / 720) * sin * cos ** 5 * (61 - 58 * tan ** 2 + tan ** 4) * l ** 6;
	const easting =
		400_000 +
		nu * cos * l +
		(nu / 6) * cos ** 3 * (nu / rho - tan ** 2) * l ** 3 +
		(nu / 120) *
			cos ** 5 *
			(5 - 18 * tan ** 2 + tan ** 4 + 14 * eta - 58 * tan ** 2 * eta) *
			l ** 5;
	const isOnGrid = easting >= 0 && easting < 700_000 && northing >= 0 && northing < 1_300_000;
	return isOnGrid ? { easting, northing } : null;
}

/** The two letters and ten figures of a grid reference to one metre, e.g. `TQ 30050 80358`. */
export function gridReference({
	easting,
	northing
}: {
	easting: number;
	northing: number;
}): string {
	const [e, n] = [Math.floor(easting / 100_000), Math.floor(northing / 100_000)];
	const first = 19 - n - ((19 - n) % 5) + Math.floor((e + 10) / 5);
	const second = (((19 - n) * 5) % 25) + (e % 5);
	const letter = (index: number) => String.fromCharCode(65 + index + (index > 7 ? 1 : 0));
	const figures = (value: number) => String(Math.floor(value % 100_000)).padStart(5, '0');
	return `${letter(first)}${letter(second)} ${figures(easting)} ${figures(northing)}`;
}
