import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { running } from '#lib/server/process.ts';
import { readAddress, serveTile } from '#lib/server/tiles/serve-tile.ts';
import type { RequestHandler } from './$types';

/** One tile of the council's basemap, to its officers. */
export const GET: RequestHandler = async ({ request, params, locals }) => {
	if (locals.officer === null) return problemAnswer(401, 'Sign in to see the map.');
	const address = readAddress(params);
	if (address === null) return problemAnswer(404, 'There is no such tile.');
	return serveTile(request, await running().basemaps.tileFile(locals.council.code), address);
};
