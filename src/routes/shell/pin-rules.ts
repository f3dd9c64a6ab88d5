import { shortestPin } from '#lib/commands/council-box.ts';

/** Why something is no PIN, as a sentence; null when it is one. */
export function whyNoPin(pin: string): string | null {
	const given = pin.trim();
	if (given.length < shortestPin) return `Use at least ${shortestPin} letters or digits`;
	if (new Set(given).size < 3) return 'Use more than two different letters or digits';
	if (isRun(given)) return 'Do not use letters or digits in a row, like 123456';
	return null;
}

/** Each character follows the one before, up or down. */
function isRun(given: string): boolean {
	const steps = [...given].slice(1).map((char, at) => char.charCodeAt(0) - given.charCodeAt(at));
	return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}
