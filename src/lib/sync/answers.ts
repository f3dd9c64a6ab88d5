import { SignedOut, Unreachable } from '#lib/commands/protocol.ts';
import { BytesDamaged, RegisterFault, TooLarge } from './problems.ts';

/**
 * What an HTTP answer means for carrying.
 * @param status null when no answer of the register itself is known
 */
export function problemOf(status: number | null, message: string): Error {
	if (status === null || status === 0) return new Unreachable(message);
	if (status === 401) return new SignedOut(message);
	if (status === 413) return new TooLarge(message);
	if (status === 460) return new BytesDamaged(message);
	// too often, or behind a proxy that has lost the register: nothing is known, ask later
	if (status === 429 || status === 502 || status === 503 || status === 504)
		return new Unreachable(message);
	return new RegisterFault(status, message);
}
