import { hash, verify } from '@node-rs/argon2';

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. The package's default algorithm is argon2id. */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Characters. Long enough to need no rules about signs and digits (NCSC: three random words). */
export const shortestPassword = 10;
/** Bytes that are ever hashed: a longer "password" is an attack on the processor. */
const longestPassword = 1_000;

/** The stored form of a password. Throws in words when it is too short or too long. */
export async function hashPassword(password: string): Promise<string> {
	if (password.length < shortestPassword)
		throw new RangeError(`A password needs at least ${shortestPassword} characters.`);
	if (Buffer.byteLength(password) > longestPassword)
		throw new RangeError(`A password may have at most ${longestPassword} bytes.`);
	return hash(password, costs);
}

/**
 * Whether the password is the officer's. Without a stored hash (nobody has that address,
 * or they have no password) it spends the same time and answers no, so that the
 * time taken tells nobody who works here.
 */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
	const bounded = Buffer.byteLength(password) <= longestPassword ? password : '';
	const matches = await verify(stored ?? (await nobodysHash), bounded, costs);
	return matches && stored !== null;
}

/** The hash of a password that nobody has, made at the same costs as every other. */
const nobodysHash = hash(crypto.randomUUID(), costs);
