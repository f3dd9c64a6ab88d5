import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Officer } from '#lib/domain/officer.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { audited } from '#lib/server/register/audited.ts';
import type { RegisterConnection } from '#lib/server/register/open-register.ts';
import type { Register } from '#lib/server/register/register.ts';
import { meta } from '#lib/server/register/schema.ts';
import { officerSecret } from './schema.ts';
import { Sessions, type SignInMethod } from './sessions.ts';

/** What signing in needs of a council's register. */
export interface IdentityRegister {
	readonly connection: Pick<RegisterConnection, 'orm'>;
	officers(): ReadonlyMap<string, Officer>;
}

export interface SignedIn {
	officer: Officer;
	/** for the cookie, once */
	token: string;
	endsAt: Date;
}

/** Why nobody was signed in, in words for the person at the door. */
export interface NotSignedIn {
	refused: 'password-sign-in-off' | 'too-many-attempts' | 'not-recognised';
	sentence: string;
	retryAfterSeconds?: number;
}

const notRecognised: NotSignedIn = {
	refused: 'not-recognised',
	sentence:
		'The e-mail address or the password is not right. Check both and try again. ' +
		'If you have forgotten the password, ask your administrator for a new one.'
};

const passwordSignInOff: NotSignedIn = {
	refused: 'password-sign-in-off',
	sentence:
		'This council does not sign in with passwords kept here. ' +
		'The person who runs the server can allow it with “npx bops council passwords on”.'
};

/**
 * The door of one council. Attempts are counted in memory: at an address for one officer,
 * for one officer from anywhere, and from one address for anybody.
 */
export class SignInDoor {
	readonly #atAddress = new RateLimiterMemory({ points: 10, duration: 15 * 60 });
	readonly #forOfficer = new RateLimiterMemory({ points: 50, duration: 60 * 60 });
	readonly #fromAddress = new RateLimiterMemory({ points: 200, duration: 15 * 60 });
	readonly #passwordsAllowed: boolean;

	/** @param passwordsAllowed whether the whole installation allows passwords (PASSWORD_SIGN_IN) */
	constructor(passwordsAllowed: boolean) {
		this.#passwordsAllowed = passwordsAllowed;
	}

	/**
	 * Signs in with e-mail address and password. An unknown address, a wrong password and
	 * an officer who has left get the same answer after the same work.
	 *
	 * @param address the network address it came from
	 */
	async byPassword(
		register: IdentityRegister,
		given: { email: string; password: string },
		address: string,
		now: Date
	): Promise<SignedIn | NotSignedIn> {
		if (!this.allowsPasswords(register)) return passwordSignInOff;
		const email = given.email.trim().toLowerCase();
		// the hash bounds what one attempt can make us remember
		const who = createHash('sha256').update(email).digest('base64url');
		const pair = `${who} ${address}`;
		const tooMany =
			(await spent(this.#fromAddress, address)) ??
			(await spent(this.#forOfficer, who)) ??
			(await spent(this.#atAddress, pair));
		if (tooMany !== null) return tooMany;

		const officer = officerByEmail(register, email);
		const secret =
			officer &&
			register.connection.orm
				.select()
				.from(officerSecret)
				.where(eq(officerSecret.officerId, officer.id))
				.get();
		const matches = await passwordMatches(secret?.passwordHash ?? null, given.password);
		if (!matches) return notRecognised;
		const result = signInVerified(register, { email, method: 'password' }, now);
		if ('token' in result) {
			await this.#atAddress.delete(pair);
			await this.#forOfficer.reward(who);
			await this.#fromAddress.reward(address);
		}
		return result;
	}

	allowsPasswords(register: IdentityRegister): boolean {
		return this.#passwordsAllowed || passwordSignInAllowed(register);
	}
}

/**
 * Begins a session for an identity that somebody has verified: the password check above,
 * or an OpenID Connect provider's signed answer. Whoever calls this vouches for the address.
 */
export function signInVerified(
	register: IdentityRegister,
	identity: { email: string; method: SignInMethod },
	now: Date
): SignedIn | NotSignedIn {
	const officer = officerByEmail(register, identity.email.trim().toLowerCase());
	if (officer?.active !== true) return notRecognised;
	return { officer, ...new Sessions(register).start(officer.id, identity.method, now) };
}

/**
 * Gives an officer a new password and ends the sessions begun with the old one. The audit says
 * that it was set and by whom; nothing of the password itself.
 *
 * @param by officer id, or `system` for the operator's command
 */
export async function setPassword(
	register: Register,
	officerId: string,
	password: string,
	now: Date,
	by = 'system'
): Promise<void> {
	const passwordHash = await hashPassword(password);
	const row = { passwordHash, setAt: now.toISOString() };
	register.transaction(() => {
		register.connection.orm
			.insert(officerSecret)
			.values({ officerId, ...row })
			.onConflictDoUpdate({ target: officerSecret.officerId, set: row })
			.run();
		new Sessions(register).endAllOf(officerId);
		audited(register, now, 'password-set', { officer: officerId, by });
	});
}

const passwordSignIn = 'password-sign-in';

/** Whether this council has chosen to sign in with passwords kept here; meant for demo and development. */
export function passwordSignInAllowed(register: IdentityRegister): boolean {
	const row = register.connection.orm
		.select()
		.from(meta)
		.where(eq(meta.name, passwordSignIn))
		.get();
	return row?.value === 'allowed';
}

export function allowPasswordSignIn(register: Register, allowed: boolean, now: Date): void {
	const value = allowed ? 'allowed' : 'not-allowed';
	register.transaction(() => {
		register.connection.orm
			.insert(meta)
			.values({ name: passwordSignIn, value })
			.onConflictDoUpdate({ target: meta.name, set: { value } })
			.run();
		audited(register, now, 'password-sign-in', { allowed, by: 'system' });
	});
}

function officerByEmail(register: IdentityRegister, email: string): Officer | null {
	for (const officer of register.officers().values())
		if (officer.email.toLowerCase() === email) return officer;
	return null;
}

/** Counts one attempt; an answer in words when there were too many. */
async function spent(limiter: RateLimiterMemory, key: string): Promise<NotSignedIn | null> {
	try {
		await limiter.consume(key);
		return null;
	} catch (problem) {
		if (!(problem instanceof RateLimiterRes)) throw problem;
		const retryAfterSeconds = Math.ceil(problem.msBeforeNext / 1000);
		const minutes = Math.ceil(retryAfterSeconds / 60);
		return {
			refused: 'too-many-attempts',
			sentence:
				'There were too many attempts to sign in. ' +
				`Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and try again.`,
			retryAfterSeconds
		};
	}
}
