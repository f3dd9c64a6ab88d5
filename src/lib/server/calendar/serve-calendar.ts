import type { Officer } from '#lib/domain/officer.ts';
import { problemAnswer } from '../api/problem-answers.ts';
import type { Council } from '../installation.ts';
import { CalendarFeeds } from './calendar-feeds.ts';
import { officerCalendar } from './officer-calendar.ts';

/** For the officer who is signed in, as a file to keep. */
const mine = 'mine';

/**
 * @param file `mine.ics`, or the secret of an address and `.ics`; whoever has that needs no session
 * @param officer who is signed in; null when nobody is
 */
export function serveCalendar(
	council: Council,
	file: string,
	officer: Officer | null,
	origin: string,
	now: Date
): Response {
	const name = file.replace(/\.ics$/, '');
	if (name === mine && officer === null)
		return problemAnswer(
			401,
			'You are not signed in, or your session has ended. Sign in and try again.'
		);
	const whose = name === mine ? officer : new CalendarFeeds(council.register).officerFor(name, now);
	if (whose === null)
		return problemAnswer(404, 'There is no calendar at this address. It may have been revoked.');
	const text = officerCalendar(council.register, whose, origin, now);
	return new Response(text, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `${name === mine ? 'attachment' : 'inline'}; filename="bops-clocks.ics"`
		}
	});
}
