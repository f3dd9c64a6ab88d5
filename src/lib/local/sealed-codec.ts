import { joinSealed, nonceLength, splitSealed } from '#lib/commands/sealed-body.ts';
import type { Codec } from './codec.ts';

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** A body that the key does not open: damaged, moved from another row, or never sealed. */
export class NotOpened extends Error {
	override name = 'NotOpened';
	constructor(aad: string) {
		super(
			`Something on this tablet is no longer as it was sealed, so it is not shown (${aad}). It stays where it is.`
		);
	}
}

/** AES-256-GCM under the device's data key: a fresh nonce for each body, the row's name authenticated. */
export function sealedCodec(key: CryptoKey): Codec {
	const sealBytes = async (bytes: BufferSource, aad: string): Promise<ArrayBuffer> => {
		const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
		const additionalData = utf8.encode(aad);
		return joinSealed(
			iv,
			await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes)
		);
	};
	const openBytes = async (sealed: ArrayBuffer, aad: string): Promise<ArrayBuffer> => {
		const parts = splitSealed(new Uint8Array(sealed));
		if (parts === null) throw new NotOpened(aad);
		const additionalData = utf8.encode(aad);
		try {
			return await crypto.subtle.decrypt(
				{ name: 'AES-GCM', iv: parts.nonce, additionalData },
				key,
				parts.ciphertext
			);
		} catch {
			throw new NotOpened(aad);
		}
	};
	return {
		seal: (value, aad) => sealBytes(utf8.encode(JSON.stringify(value)), aad),
		open: async (sealed, aad) => {
			if (!isBytes(sealed)) throw new NotOpened(aad);
			return JSON.parse(text.decode(await openBytes(sealed, aad))) as unknown;
		},
		sealBytes,
		openBytes
	};
}

/** Bytes of another realm, as IndexedDB may give them, are bytes all the same. */
export const isBytes = (value: unknown): value is ArrayBuffer =>
	Object.prototype.toString.call(value) === '[object ArrayBuffer]';

/**
 * Whether a body has been sealed: by its mark, and by being opened.
 * @throws NotOpened when it was sealed under another key
 */
export async function isSealed(codec: Codec, body: unknown, aad: string): Promise<boolean> {
	if (!isBytes(body) || splitSealed(new Uint8Array(body)) === null) return false;
	await codec.openBytes(body, aad);
	return true;
}
