import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { running } from '#lib/server/process.ts';
import { metadataAnswer } from '#lib/server/tiles/serve-tile.ts';
import type { RequestHandler } from './$types';

/** What the basemap of the council covers, or that there is none. */
export const GET: RequestHandler = async ({ locals }) => {
	if (locals.officer === null) return problemAnswer(401, 'Sign in to see the map.');
	const info = await running().basemaps.info(locals.council.code);
	if (info.basemap === 'none') locals.log.warn({ council: locals.council.code }, info.reason);
	return metadataAnswer(info);
};
