import type { Device, RegisterClock } from '#lib/local/device.ts';

/** Milliseconds by which an offset may differ from the one kept. */
const noticeable = 500;
/** The offset is kept anew at least this often, milliseconds. */
const fresh = 60_000;

/**
 * By how much the register's clock differs from this device's. It orders nothing; it is
 * evidence kept with each capture (S14), taken at the middle of the question and its answer.
 * What the register's clock itself said is kept too: the days until release count by it (S8).
 *
 * @param times of the question and of its answer, milliseconds since 1970 by this device's clock
 * @returns what is to be kept; null when nothing is
 */
export async function clockToKeep(
	device: Device,
	{ asked, at }: { asked: number; at: number },
	serverTime: string
): Promise<RegisterClock | null> {
	const server = Date.parse(serverTime);
	if (Number.isNaN(server)) return null;
	const offset = Math.round(server - (asked + at) / 2);
	const kept = await device.remembered('clock');
	// nothing that anybody would notice: the disk and the screens are left in peace
	if (
		kept?.server !== undefined &&
		Math.abs(kept.offset - offset) < noticeable &&
		at - kept.at < fresh
	)
		return null;
	return { offset, at, server };
}

/** Less than this is no matter to anybody, milliseconds. */
const worthSaying = 5 * 60_000;

/**
 * What to say of this device's clock; null while it is right to within five minutes.
 * @param offset the register's clock minus this device's, milliseconds
 */
export function clockWords(offset: number): string | null {
	if (Math.abs(offset) <= worthSaying) return null;
	return (
		`This tablet’s clock is ${lengthWords(Math.abs(offset))} ${offset > 0 ? 'behind' : 'ahead of'} ` +
		'the council’s. Times are recorded with the difference; nothing is lost. ' +
		'Set the clock when you can.'
	);
}

function lengthWords(milliseconds: number): string {
	const minutes = Math.round(milliseconds / 60_000);
	if (minutes < 120) return `${minutes} minutes`;
	const hours = Math.round(minutes / 60);
	return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
