import { z } from 'zod';
import type { Officer } from '#lib/domain/officer.ts';

/** Who is signed in, and at which council, as the register says. */
export interface SessionCard {
	officer: Officer;
	council: { code: string; name: string };
}

export type WhoAnswer =
	| { is: 'signed-in'; card: SessionCard }
	| { is: 'signed-out'; council: string }
	/** nothing certain is known: no network, no server, or a page of somebody else's in between */
	| { is: 'unreachable' };

export type SignInAnswer =
	| { is: 'signed-in'; card: SessionCard }
	| { is: 'not-recognised'; words: string }
	| { is: 'not-possible'; words: string };

const address = '/api/session';
/** milliseconds after which a silent network counts as none */
const patience = 10_000;

const cardShape = z.object({
	officer: z.object({ id: z.string(), name: z.string(), initials: z.string() }),
	council: z.object({ code: z.string(), name: z.string() })
});
const signedOutShape = z.object({ council: z.object({ name: z.string() }) });
const problemShape = z.object({ message: z.string() });

/** The answer's JSON; undefined when there was none, as behind a hotel's sign-in page. */
const body = (response: Response): Promise<unknown> =>
	response.json().then(
		(value: unknown) => value,
		() => undefined
	);

const cardOf = (value: unknown): SessionCard | null =>
	cardShape.safeParse(value).success ? (value as SessionCard) : null;

export async function whoIsSignedIn(): Promise<WhoAnswer> {
	let response;
	try {
		response = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(patience) });
	} catch {
		return { is: 'unreachable' };
	}
	const value = await body(response);
	const signedOut = signedOutShape.safeParse(value);
	if (response.status === 401 && signedOut.success)
		return { is: 'signed-out', council: signedOut.data.council.name };
	const card = response.ok ? cardOf(value) : null;
	return card === null ? { is: 'unreachable' } : { is: 'signed-in', card };
}

export async function signIn(email: string, password: string): Promise<SignInAnswer> {
	let response;
	try {
		response = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ email, password })
		});
	} catch {
		return {
			is: 'not-possible',
			words:
				'The council’s register cannot be reached. Signing in for the first time on a tablet needs a connection. Check it and try again.'
		};
	}
	const value = await body(response);
	const card = response.ok ? cardOf(value) : null;
	if (card !== null) return { is: 'signed-in', card };
	const problem = problemShape.safeParse(value);
	if (response.status === 401 && problem.success)
		return { is: 'not-recognised', words: problem.data.message };
	return {
		is: 'not-possible',
		words: problem.success
			? problem.data.message
			: 'The register did not answer as it should. Wait a minute and try again.'
	};
}

/** Ends the session on the register; false when it could not be reached. */
export async function signOut(): Promise<boolean> {
	try {
		return (await fetch(address, { method: 'DELETE' })).ok;
	} catch {
		return false;
	}
}
