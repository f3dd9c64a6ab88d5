import { SignedOut, Unreachable } from '#lib/commands/protocol.ts';
import { DeviceProblem } from '#lib/local/healing.ts';
import { RegisterFault, TooLarge } from './problems.ts';
import type { CarryingState } from './status-words.ts';

/**
 * What the officer is told of an attempt that failed; null for a fault of ours, whose own
 * words were not written for officers.
 */
export function whyNotCarried(error: unknown): Partial<CarryingState> | null {
	if (error instanceof SignedOut) return { signedOut: true, online: false, problem: null };
	if (error instanceof Unreachable)
		return { online: false, signedOut: false, problem: null, download: null };
	if (error instanceof RegisterFault || error instanceof TooLarge)
		return { online: false, problem: `${error.message} It is kept here and tried again.` };
	if (error instanceof DeviceProblem) return { online: false, problem: error.message };
	return null;
}
