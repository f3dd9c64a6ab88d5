import type { RequestHandler } from './$types';
import { serveCalendar } from '#lib/server/calendar/serve-calendar.ts';

export const GET: RequestHandler = ({ locals, params, url }) =>
	serveCalendar(locals.council, params.file, locals.officer, url.origin, new Date());
