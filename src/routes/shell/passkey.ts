import type { PasskeyGave } from '#lib/local/unlock.ts';

/*
 * A passkey that opens a copy without the register. WebAuthn's PRF extension makes of the passkey and
 * a salt 32 bytes that are the same each time and that nobody without the passkey has; they wrap
 * the data key as the PIN does. The register is not asked, so this signs nobody in.
 * https://www.w3.org/TR/webauthn-3/#prf-extension
 */

const sentences = {
	none: 'This browser has no passkeys. Your PIN unlocks this tablet.',
	noPrf: 'The passkeys of this browser cannot unlock what it keeps. Your PIN unlocks this tablet.',
	refused: 'No passkey was given: it was cancelled, or took too long. Your PIN works as before.',
	thisNot: 'This passkey cannot unlock what a browser keeps. Your PIN works as before.',
	failed: 'The passkey could not be used in this browser at this address. Your PIN works as before.'
} as const;

/** No passkey, or none that can do this; `message` is for the officer. */
export class NoPasskey extends Error {
	override name = 'NoPasskey';
}

/** Why passkeys cannot be used here, as a sentence; null when they can, as far as the browser says. */
export async function whyNoPasskeys(): Promise<string | null> {
	const credentials = (globalThis as Partial<typeof globalThis>).PublicKeyCredential;
	if (credentials === undefined) return sentences.none;
	// browsers that cannot be asked are tried
	const can = await credentials.getClientCapabilities?.().catch(() => ({}));
	const prf = (can as Record<string, boolean | undefined> | undefined)?.['extension:prf'];
	return prf === false ? sentences.noPrf : null;
}

/** Makes a passkey for the officer on this tablet, and asks it for its secret. @throws NoPasskey */
export async function makePasskey(officer: { name: string; email: string }): Promise<PasskeyGave> {
	const prfSalt = random(32);
	const made = await asked(() =>
		navigator.credentials.create({
			publicKey: {
				challenge: random(32),
				rp: { name: 'BoPS' },
				user: { id: random(16), name: officer.email, displayName: officer.name },
				// ES256 and RS256: what every platform's passkeys speak
				pubKeyCredParams: [
					{ type: 'public-key', alg: -7 },
					{ type: 'public-key', alg: -257 }
				],
				authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
				extensions: { prf: { eval: { first: prfSalt } } }
			}
		})
	);
	const { prf } = made.getClientExtensionResults();
	if (prf?.enabled !== true) throw new NoPasskey(sentences.thisNot);
	const credentialId = made.rawId;
	const first = prf.results?.first;
	// most give it only when they are asked a second time
	const secret =
		first === undefined ? await askPasskey({ credentialId, prfSalt: prfSalt.buffer }) : copy(first);
	return { credentialId, prfSalt: prfSalt.buffer, secret };
}

/** What a passkey gives for its salt, once the officer has shown who they are. @throws NoPasskey */
export async function askPasskey({
	credentialId,
	prfSalt
}: Pick<PasskeyGave, 'credentialId' | 'prfSalt'>): Promise<ArrayBuffer> {
	const given = await asked(() =>
		navigator.credentials.get({
			publicKey: {
				challenge: random(32),
				allowCredentials: [{ type: 'public-key', id: credentialId }],
				userVerification: 'required',
				extensions: { prf: { eval: { first: prfSalt } } }
			}
		})
	);
	const first = given.getClientExtensionResults().prf?.results?.first;
	if (first === undefined) throw new NoPasskey(sentences.thisNot);
	return copy(first);
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
	try {
		return (await ask()) as PublicKeyCredential;
	} catch (error) {
		const name = error instanceof DOMException ? error.name : '';
		const gone = name === 'NotAllowedError' || name === 'AbortError';
		throw new NoPasskey(gone ? sentences.refused : sentences.failed, { cause: error });
	}
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const copy = (bytes: BufferSource): ArrayBuffer =>
	(ArrayBuffer.isView(bytes)
		? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
		: new Uint8Array(bytes)
	).slice().buffer;
