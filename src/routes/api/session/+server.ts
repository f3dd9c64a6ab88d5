import { z } from 'zod';
import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import {
	keepsSecureCookies,
	sessionCookie,
	sessionCookieAttributes
} from '#lib/server/identity/cookie.ts';
import { Sessions } from '#lib/server/identity/sessions.ts';
import { readBody } from '#lib/server/intake/body.ts';
import { running } from '#lib/server/process.ts';
import type { RequestHandler } from './$types';

const given = z.strictObject({ email: z.string().max(320), password: z.string().max(1_000) });

/** Who is signed in, and where: the officer's card, and the council's code and name. */
const card = ({ officer, council }: Pick<App.Locals, 'officer' | 'council'>) =>
	Response.json({ officer, council: { code: council.code, name: council.name } });

export const GET: RequestHandler = ({ locals }) =>
	locals.officer === null
		? Response.json(
				{
					message: 'You are not signed in, or your session has ended.',
					// whose door this is, for the page that asks for the password
					council: { code: locals.council.code, name: locals.council.name }
				},
				{ status: 401 }
			)
		: card(locals);

export const POST: RequestHandler = async ({ request, url, locals, cookies, getClientAddress }) => {
	const asked = new URL(request.headers.get('origin') ?? url);
	if (!keepsSecureCookies(asked))
		return problemAnswer(
			400,
			'Signing in needs an address that begins with https. ' +
				'Only on the machine itself does http://localhost do.'
		);
	const body = given.safeParse(await sent(request));
	if (!body.success)
		return problemAnswer(400, 'Give an e-mail address and a password, as JSON, and nothing else.');

	const { register } = locals.council;
	const result = await running().door.byPassword(
		register,
		body.data,
		getClientAddress(),
		new Date()
	);
	if ('refused' in result) {
		locals.log.warn({ council: locals.council.code, refused: result.refused }, 'not signed in');
		const status = { 'not-recognised': 401, 'too-many-attempts': 429, 'password-sign-in-off': 403 };
		return problemAnswer(
			status[result.refused],
			result.sentence,
			result.retryAfterSeconds === undefined
				? {}
				: { 'retry-after': String(result.retryAfterSeconds) }
		);
	}
	// a session that was there before is not carried on under a new name
	if (locals.session !== null) new Sessions(register).end(locals.session.key);
	cookies.set(sessionCookie, result.token, { ...sessionCookieAttributes, expires: result.endsAt });
	return card({ officer: result.officer, council: locals.council });
};

/** What was sent, or null when it is too long or no JSON: a stranger is not read to the end. */
const sent = (request: Request): Promise<unknown> =>
	readBody(request, 8 * 1024)
		.then((bytes): unknown => JSON.parse(new TextDecoder().decode(bytes)))
		.catch(() => null);

export const DELETE: RequestHandler = ({ locals, cookies }) => {
	if (locals.session !== null) new Sessions(locals.council.register).end(locals.session.key);
	cookies.delete(sessionCookie, sessionCookieAttributes);
	return new Response(null, { status: 204 });
};
