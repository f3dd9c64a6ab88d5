import { middle, type Point } from './geometry.ts';
import { onGround } from './ground.ts';
import type { Plot } from './plots.ts';
import type { PlannedStreet } from './street-plan.ts';

export const townName = 'Wrenhithe';

export interface Address {
	number: string;
	street: string;
	town: string;
	/** in area ZZ, which is not a postcode area */
	postcode: string;
	/** twelve digits beginning 999: like a UPRN, and not one */
	uprn: string;
	/** one line, as an officer reads it */
	singleLine: string;
}

/** Letters that inward codes use. */
const inwardLetters = 'ABDEFGHJLNPQRSTUWXYZ';

/** The nth postcode of the town: ZZ1 1AA, ZZ1 1AB … */
function postcode(nth: number): string {
	const letter = (index: number) => inwardLetters[index % inwardLetters.length] as string;
	const inward = Math.floor(nth / inwardLetters.length ** 2);
	const outward = 1 + Math.floor(inward / 9);
	return `ZZ${String(outward)} ${String(1 + (inward % 9))}${letter(Math.floor(nth / inwardLetters.length))}${letter(nth)}`;
}

/** How far along its street a plot lies, from 0 to 1, and on which side. */
function placeOn(street: PlannedStreet, plot: Plot): { along: number; isLeft: boolean } {
	const [a, b] = [onGround(street.from), onGround(street.to)];
	const [x, y] = middle(plot.corners);
	const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
	const along = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy);
	return { along, isLeft: dx * (y - a[1]) - dy * (x - a[0]) > 0 };
}

const fromCentre = (place: Point) => Math.hypot(...onGround(place));

/**
 * Numbers every plot: odd numbers on the left going away from the middle of the town, even on
 * the right; a postcode for about every twenty addresses of a street.
 */
export function addressesOf(plots: readonly Plot[]): Address[] {
	const byStreet = new Map<PlannedStreet, Plot[]>();
	for (const plot of plots) byStreet.set(plot.street, [...(byStreet.get(plot.street) ?? []), plot]);
	const addresses: Address[] = [];
	let postcodes = 0;
	for (const [street, own] of byStreet) {
		const reversed = fromCentre(street.from) > fromCentre(street.to);
		const placed = own
			.map((plot) => ({ plot, ...placeOn(street, plot) }))
			.sort((a, b) => (reversed ? b.along - a.along : a.along - b.along));
		const next = { left: 1, right: 2 };
		for (const { plot, isLeft } of placed) {
			const side = isLeft === reversed ? 'right' : 'left';
			const number = next[side];
			next[side] += 2;
			const code = postcode(postcodes + Math.floor((Math.max(next.left, next.right) - 3) / 20));
			addresses[plot.id] = {
				number: String(number),
				street: street.name,
				town: townName,
				postcode: code,
				uprn: `999000${String(plot.id + 1).padStart(6, '0')}`,
				singleLine: `${String(number)} ${street.name}, ${townName}, ${code}`
			};
		}
		postcodes += Math.floor((Math.max(next.left, next.right) - 3) / 20) + 1;
	}
	return addresses;
}
