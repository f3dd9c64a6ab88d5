import { publicityWords } from '#lib/domain/clock/publicity-clocks.ts';
import type { TimelineEvent } from '#lib/domain/timeline-event.ts';
import { dayWords } from '#lib/ui/day-words.ts';

type Value = TimelineEvent['detail'][string];

const day = (value: Value | undefined): string | null =>
	typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayWords(value) : null;
const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
const lines = (...some: (string | null | false)[]): string[] =>
	some.filter((one) => typeof one === 'string' && one !== '') as string[];

const information = (value: Value | undefined): string =>
	value === 'outstanding'
		? 'Something is outstanding'
		: day(value) === null
			? 'Not recorded'
			: `All had arrived on ${day(value) ?? ''}`;
const required = (value: Value | undefined): string =>
	value === true ? 'Required' : value === false ? 'Not required' : 'Not said';

/** What an act on the clocks says on the timeline; null for every other event. */
export function clockLines({ command, detail }: TimelineEvent): string[] | null {
	const reason = text(detail['reason']) === '' ? null : `Reason: “${text(detail['reason'])}”`;
	switch (command) {
		case 'agree-time':
			return lines(
				`Decide by ${day(detail['until']) ?? ''}`,
				day(detail['insteadOf']) === null ? null : `Instead of ${day(detail['insteadOf']) ?? ''}`,
				`“${text(detail['words'])}”`
			);
		case 'record-publicity': {
			const kind = text(detail['kind']);
			const words = Object.hasOwn(publicityWords, kind)
				? publicityWords[kind as keyof typeof publicityWords].noun
				: kind;
			return lines(words, text(detail['words']) === '' ? null : `“${text(detail['words'])}”`);
		}
		case 'record-required-information':
			return lines(
				information(detail['after']),
				`Before: ${information(detail['before'])}`,
				reason
			);
		case 'record-approval-required':
			return lines(required(detail['after']), `Before: ${required(detail['before'])}`, reason);
		case 'withdraw-clock-entry':
			return lines(`Of ${day(detail['day']) ?? 'an unknown day'}`, reason);
		default:
			return null;
	}
}
