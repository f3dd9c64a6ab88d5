import { describe, expect, test } from 'vitest';
import { lateWork } from './late-work.ts';
import type { TimelineEvent } from './timeline-event.ts';

const event = (id: string, by: string, type: string, detail: TimelineEvent['detail'] = {}) => ({
	...{ id, by, type, detail, caseId: 'case', effectiveOn: null, device: null, command: type },
	at: '2026-03-03T09:00:00.000Z',
	writers: {}
});
const late = event('photo', 'jo', 'photo-taken', { afterEnd: 'withdrawn' });
const seenBy = (by: string, ...events: string[]) =>
	event(`seen-${by}`, by, 'late-work-seen', { events });

describe('work that arrived after its case had ended', () => {
	test.each<[string, TimelineEvent[], string[]]>([
		['waits until somebody has looked at it', [late], ['photo']],
		['waits while only its author has', [late, seenBy('jo', 'photo')], ['photo']],
		['is settled once another officer has', [late, seenBy('priya', 'photo')], []],
		['waits while others have looked at other work', [late, seenBy('priya', 'note')], ['photo']],
		['is not what was done before', [event('note', 'jo', 'note-written')], []]
	])('%s', (_words, events, waiting) => {
		expect(lateWork(events).map(({ id }) => id)).toEqual(waiting);
	});
});
