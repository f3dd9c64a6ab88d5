import {
	boxNonceLength,
	councilBoxInfo,
	councilCurve,
	dataKeyName
} from '#lib/commands/council-box.ts';

/*
 * The key hierarchy. One data key seals everything of one officer on one device. It is kept only
 * wrapped: under the officer's secret (a PIN, or what a passkey gives) together with a half that
 * the register hands out; and in a box that only the council opens.
 */

/** PBKDF2-HMAC-SHA-256 rounds: OWASP Password Storage Cheat Sheet (2023 and later), 600,000. */
export const pinRounds = 600_000;

const utf8 = new TextEncoder();
const aes = { name: 'AES-GCM', length: 256 } as const;

/** The data key, wrapped under a secret and the register's half. */
export interface Wrap {
	salt: ArrayBuffer;
	/** PBKDF2 rounds; 0: the secret is 32 random bytes and needs no stretching */
	rounds: number;
	nonce: ArrayBuffer;
	wrapped: ArrayBuffer;
}

export interface Owner {
	officerId: string;
	deviceId: string;
}

const nameOf = ({ deviceId, officerId }: Owner) => utf8.encode(dataKeyName(deviceId, officerId));

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

export const toBase64 = (bytes: Uint8Array): string => {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
};

/** What a person typed: the same PIN however the keyboard wrote it. */
const pinBytes = (pin: string) => utf8.encode(pin.trim().normalize('NFKC'));

async function stretched(secret: string | ArrayBuffer, salt: ArrayBuffer, rounds: number) {
	if (typeof secret !== 'string') return new Uint8Array(secret);
	const key = await crypto.subtle.importKey('raw', pinBytes(secret), 'PBKDF2', false, [
		'deriveBits'
	]);
	return new Uint8Array(
		await crypto.subtle.deriveBits(
			{ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
			key,
			256
		)
	);
}

/** The key that wraps: neither the secret nor the half makes it alone. */
async function wrappingKey(strong: Uint8Array, half: string, salt: ArrayBuffer) {
	const both = new Uint8Array([...strong, ...fromBase64(half)]);
	const root = await crypto.subtle.importKey('raw', both, 'HKDF', false, ['deriveKey']);
	both.fill(0);
	return crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt, info: utf8.encode('bops wrapping key 1') },
		root,
		aes,
		false,
		['wrapKey', 'unwrapKey']
	);
}

/**
 * Wraps a data key that may leave (`extractable`).
 * @param secret a PIN, or 32 bytes of a passkey
 * @param half 32 bytes from the register, in base64
 */
export async function wrap(
	key: CryptoKey,
	secret: string | ArrayBuffer,
	half: string,
	owner: Owner
): Promise<Wrap> {
	const salt = crypto.getRandomValues(new Uint8Array(16)).buffer;
	const nonce = crypto.getRandomValues(new Uint8Array(12)).buffer;
	const rounds = typeof secret === 'string' ? pinRounds : 0;
	const wrapping = await wrappingKey(await stretched(secret, salt, rounds), half, salt);
	const wrapped = await crypto.subtle.wrapKey('raw', key, wrapping, {
		name: 'AES-GCM',
		iv: nonce,
		additionalData: nameOf(owner)
	});
	return { salt, rounds, nonce, wrapped };
}

/**
 * The data key, or null when the secret or the half is not the right one, or the wrap was changed.
 * @param halves any of which may be the right one: the council may have changed its key
 * @param extractable only to wrap it anew; what seals and opens may not leave
 */
export async function unwrap(
	{ salt, rounds, nonce, wrapped }: Wrap,
	secret: string | ArrayBuffer,
	halves: readonly string[],
	owner: Owner,
	extractable = false
): Promise<CryptoKey | null> {
	const strong = await stretched(secret, salt, rounds);
	for (const half of halves) {
		const wrapping = await wrappingKey(strong, half, salt);
		const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: nameOf(owner) };
		try {
			return await crypto.subtle.unwrapKey('raw', wrapped, wrapping, algorithm, aes, extractable, [
				'encrypt',
				'decrypt'
			]);
		} catch {
			// not with this half
		}
	}
	return null;
}

/** A new data key that may leave, for being wrapped; `unwrap` gives the one to work with. */
export const newDataKey = (): Promise<CryptoKey> =>
	crypto.subtle.generateKey(aes, true, ['encrypt', 'decrypt']);

export const importDataKey = (raw: BufferSource): Promise<CryptoKey> =>
	crypto.subtle.importKey('raw', raw, aes, true, ['encrypt', 'decrypt']);

/**
 * Puts the data key into a box that only the council opens: for an officer who forgot the PIN, a
 * rescue file, and a tablet that is to be wiped while it is locked.
 * @param councilKey the council's public key, an uncompressed point in base64
 */
export async function boxForCouncil(
	key: CryptoKey,
	councilKey: string,
	owner: Owner
): Promise<ArrayBuffer> {
	const point = fromBase64(councilKey);
	const council = await crypto.subtle.importKey('raw', point, councilCurve, false, []);
	const once = await crypto.subtle.generateKey(councilCurve, false, ['deriveBits']);
	const ephemeral = new Uint8Array(await crypto.subtle.exportKey('raw', once.publicKey));
	const shared = await crypto.subtle.deriveBits(
		{ name: 'ECDH', public: council },
		once.privateKey,
		256
	);
	const root = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
	const sealing = await crypto.subtle.deriveKey(
		{
			name: 'HKDF',
			hash: 'SHA-256',
			salt: new Uint8Array([...ephemeral, ...point]),
			info: utf8.encode(councilBoxInfo)
		},
		root,
		aes,
		false,
		['wrapKey']
	);
	const nonce = crypto.getRandomValues(new Uint8Array(boxNonceLength));
	const boxed = await crypto.subtle.wrapKey('raw', key, sealing, {
		name: 'AES-GCM',
		iv: nonce,
		additionalData: nameOf(owner)
	});
	return new Uint8Array([...ephemeral, ...nonce, ...new Uint8Array(boxed)]).buffer;
}
