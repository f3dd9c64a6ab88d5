import { countOf, type DeviceNumbers } from '#lib/domain/device-numbers.ts';
import { instantWords } from '#lib/ui/day-words.ts';
import type { DeviceLock, RestoredAnswer } from './answers.ts';

const of = (n: number, one: string, more: string) =>
	`${n.toLocaleString('en-GB')} ${n === 1 ? one : more}`;
const was = (n: number) => (n === 1 ? 'was' : 'were');

/** "5, 9 to 12" */
const runWords = (runs: readonly [number, number][]): string =>
	runs.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ');

/** What became of the numbers that one device gave, in sentences; the worst first. */
export function numbersWords(numbers: DeviceNumbers): string[] {
	const { numbered, waiting, notDone, neverReceived } = numbers;
	if (numbered === 0) return ['It has numbered nothing yet.'];
	const [lost, waits, undone] = [countOf(neverReceived), countOf(waiting), countOf(notDone)];
	const made = `This tablet numbered ${of(numbered, 'item', 'items')}`;
	const all =
		lost > 0
			? `${made}; ${lost} ${was(lost)} never received: ${runWords(neverReceived)}.`
			: waits > 0
				? `${made}; ${of(waits, 'waits', 'wait')} on it.`
				: `${made}; nothing of it is missing.`;
	return [
		all,
		...(lost > 0 && waits > 0 ? [`${of(waits, 'more waits', 'more wait')} on it.`] : []),
		...(undone > 0
			? [
					`${of(undone, 'act was', 'acts were')} asked of the register directly and not done: no work is lost by that.`
				]
			: [])
	];
}

/** "Restored to 3 March 2026 at 02:00; 37 items from 5 tablets recovered; 2 tablets not yet seen." */
export function restoredWords({
	takenAt,
	recovered,
	fromDevices,
	notSeen
}: NonNullable<RestoredAnswer>): string {
	return (
		`Restored to ${instantWords(takenAt)}; ${of(recovered, 'item', 'items')} from ` +
		`${of(fromDevices, 'tablet', 'tablets')} recovered; ` +
		(notSeen === 0
			? 'every tablet has been seen since.'
			: `${of(notSeen, 'tablet', 'tablets')} not yet seen.`)
	);
}

/** What was ordered of a device, or what it did upon it; `by` is who ordered. */
export function stepWords({ what, things, not }: DeviceLock['steps'][number], by: string): string {
	switch (what) {
		case 'locked':
			return `Locked by ${by}`;
		case 'unlocked':
			return `Unlocked by ${by}`;
		case 'wipe-ordered':
			return `Seal and wipe ordered by ${by}`;
		case 'met':
			return 'It heard of the order and sealed itself';
		case 'handed-over':
			return `It handed over ${of(things ?? 0, 'thing', 'things')}, each answered for`;
		case 'not-all':
			return `${of(not ?? 0, 'thing', 'things')} of ${things ?? 0} could not be handed over, so it is sealed and has not been wiped`;
		case 'wiped':
			return 'Wiped';
	}
}
