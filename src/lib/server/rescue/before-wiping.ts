import { refuse } from '#lib/domain/refusal.ts';
import type { Begin, Item, TakenIn } from '#lib/commands/rescue-file.ts';
import type { Council } from '../installation.ts';
import { DeviceLocks } from '../sealing/device-locks.ts';
import { HandInProblem } from './hand.ts';
import { takeIn } from './take-in.ts';

/**
 * Takes in what is on a tablet that is to be wiped. It may be in a stranger's hands, so nothing of it is
 * done by itself: what the register does not have waits for a team leader.
 *
 * @param device as the register's own word has proven it
 * @throws HandInProblem when it is not to be wiped
 */
export function takeInBeforeWiping(
	council: Council,
	device: string,
	piece: { begin: Begin; items: AsyncIterable<Item> },
	now: Date
): Promise<TakenIn[]> {
	if (!new DeviceLocks(council.register).isToBeWiped(device))
		throw new HandInProblem('Nobody has ordered this tablet to be wiped.');
	if (piece.begin.device !== device)
		throw new HandInProblem('What was handed in is of another tablet.');
	const held = refuse('from-wiped-tablet');
	return takeIn(council, piece.begin, piece.items, { by: 'device', held, now });
}
