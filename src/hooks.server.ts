import { randomUUID } from 'node:crypto';
import { building } from '$app/environment';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { answerHeaders } from '#lib/server/api/answer-headers.ts';
import { forgeryProblem, isBearerRoute } from '#lib/server/api/origin-check.ts';
import { problemAnswer, unknownHostAnswer } from '#lib/server/api/problem-answers.ts';
import { sessionCookie } from '#lib/server/identity/cookie.ts';
import { Sessions } from '#lib/server/identity/sessions.ts';
import { running } from '#lib/server/process.ts';

export const init: ServerInit = () => {
	if (!building) running();
};

const trpcRoute = '/api/trpc/[...path]';

/** Probes ask by address, not by a council's name. */
const councilless = new Set(['/health', '/metrics']);

export const handle: Handle = async ({ event, resolve }) => {
	// the shell is made at build time, when there is no council and nobody asks
	if (building) return resolve(event);
	const began = performance.now();
	meet(event);
	const response = dress(event, await answer(event, resolve));
	event.locals.log.info(
		{
			council: event.locals.council?.code,
			method: event.request.method,
			// never the address itself: it may hold what somebody searched for
			route: event.route.id,
			call: event.route.id === trpcRoute ? event.params['path']?.slice(0, 200) : undefined,
			officer: event.locals.officer?.id,
			status: response.status,
			ms: Math.round(performance.now() - began)
		},
		'answered'
	);
	return response;
};

/** Before anything is known of them, everybody is nobody. */
function meet({ locals }: RequestEvent): void {
	locals.requestId = randomUUID();
	locals.log = running().log.child({ id: locals.requestId });
	locals.officer = null;
	locals.session = null;
}

type Resolve = Parameters<Handle>[0]['resolve'];

async function answer(event: RequestEvent, resolve: Resolve): Promise<Response> {
	const { request, url, locals } = event;
	if (councilless.has(url.pathname)) return resolve(event);
	const council = running().installation.councilForHost(request.headers.get('host') ?? url.host);
	// a bearer token names its council by itself
	const bearer = isBearerRoute(url.pathname) && request.headers.has('authorization');
	if (council === undefined && !bearer) return unknownHostAnswer(url);
	if (council !== undefined) locals.council = council;
	const forged = forgeryProblem(request, url);
	if (forged !== null) return problemAnswer(403, forged);
	if (!isBearerRoute(url.pathname)) recognise(event);
	return resolve(event);
}

/** Finds out by the cookie who asks. An officer who has left is nobody at once, whatever their session says. */
function recognise({ cookies, locals }: RequestEvent): void {
	const token = cookies.get(sessionCookie);
	if (token === undefined) return;
	const { register } = locals.council;
	const session = new Sessions(register).resume(token, new Date());
	const officer = session && register.officers().get(session.officerId);
	if (session === null || officer?.active !== true) return;
	locals.session = session;
	locals.officer = officer;
}

function dress(event: RequestEvent, response: Response): Response {
	const headers = answerHeaders(event.url.pathname, event.url.protocol === 'https:');
	for (const [name, value] of Object.entries(headers))
		if (!response.headers.has(name)) response.headers.set(name, value);
	response.headers.set('x-request-id', event.locals.requestId);
	return response;
}

export const handleError: HandleServerError = ({ error, event, status }) => {
	const id = event.locals.requestId ?? randomUUID();
	if (status === 404) return { message: 'There is no page at this address.', id };
	if (status === 413)
		return { message: 'This is larger than the register takes in one go. Nothing was done.', id };
	event.locals.log?.error({ err: error, route: event.route.id, status }, 'failed');
	return {
		message:
			'The register failed while answering. Nothing you recorded is lost: what is on this ' +
			`tablet stays there. Try again; if it fails again, give your administrator this number: ${id}.`,
		id
	};
};
