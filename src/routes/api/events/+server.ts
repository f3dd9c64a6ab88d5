import { nudgeOnChange } from '#lib/server/api/nudges.ts';
import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { Sessions } from '#lib/server/identity/sessions.ts';
import { running } from '#lib/server/process.ts';
import type { RequestHandler } from './$types';

/** "There is news up to number n": the device then pulls what is in its officer's scope. */
export const GET: RequestHandler = ({ locals: { council, officer, session } }) => {
	if (officer === null || session === null)
		return problemAnswer(401, 'You are not signed in, or your session has ended.');
	const { register } = council;
	const sessions = new Sessions(register);
	const { streams, log } = running();
	nudgeOnChange(council, streams, log);
	const stream = streams.open(
		{
			council: council.code,
			officerId: officer.id,
			// an open page alone does not keep a session alive: `holds` is not being seen
			stillSignedIn: () =>
				sessions.holds(session.key, new Date()) !== null &&
				register.officers().get(officer.id)?.active === true
		},
		register.head()
	);
	return new Response(stream, {
		headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }
	});
};
