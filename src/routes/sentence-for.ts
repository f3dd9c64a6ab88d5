import { TRPCClientError } from '@trpc/client';
import { DeviceProblem } from '#lib/local/healing.ts';

/** Something that did not come to pass, in a sentence for the officer. */
export class Told extends Error {
	override name = 'Told';
}

const notDone =
	'This was not done, because of a fault in this app. What you wrote is still on this screen, and everything saved before is safe. Reload the page and try again.';

/**
 * The sentence an officer reads for what was thrown. What was not written for officers is a
 * fault of ours: it goes to the browser's own error report and not on the screen.
 * @param fault what is read then
 */
export function sentenceFor(error: unknown, fault = notDone): string {
	if (error instanceof Told || error instanceof DeviceProblem) return error.message;
	if (error instanceof TRPCClientError && error.data !== null && error.data !== undefined)
		return error.message;
	reportError(error);
	return fault;
}
