/** Methods that change nothing here; everything else must come from our own pages. */
const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Routes where a bearer token, and never a cookie, says who asks: other sites and machines may call them. */
export const isBearerRoute = (path: string): boolean =>
	path.startsWith('/api/v2/') || path.startsWith('/api/@next/');

/**
 * Why a request may not change anything, or null. A browser attaches our cookie to what other
 * sites send too, so every mutating request has to prove that one of our own pages made it:
 * by `Sec-Fetch-Site: same-origin`, which no page can forge, or in a browser without it by an
 * `Origin` that is exactly ours. An `Origin` of another host always loses.
 *
 * @param url the request's address as the server knows it (behind a proxy: the public one)
 */
export function forgeryProblem(request: Request, url: URL): string | null {
	if (reading.has(request.method) || isBearerRoute(url.pathname)) return null;
	const site = request.headers.get('sec-fetch-site');
	const origin = request.headers.get('origin');
	if (site === null) return origin !== null && isOurs(origin, request, url) ? null : notFromHere;
	const contradicted = origin !== null && !isOurHost(origin, request, url);
	return site === 'same-origin' && !contradicted ? null : notFromHere;
}

const notFromHere =
	'This request did not come from a page of this council’s own site, so nothing was done. ' +
	'Open the site by its own address and try again.';

/** The address the browser used is in `Host`; behind a proxy that rewrites it, ORIGIN says it. */
function isOurs(origin: string, request: Request, url: URL): boolean {
	return origin === url.origin || origin === `${url.protocol}//${request.headers.get('host')}`;
}

/** As `isOurs` but blind to http or https, which a proxy in front may not have told us. */
function isOurHost(origin: string, request: Request, url: URL): boolean {
	const host = origin.replace(/^https?:\/\//, '');
	return host !== origin && (host === url.host || host === request.headers.get('host'));
}
