import type { Codec } from '#lib/local/codec.ts';
import { sealedCodec } from '#lib/local/sealed-codec.ts';

/** The product's own codec under a key of its own. */
export const aesCodec = async (): Promise<Codec> =>
	sealedCodec(
		await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
	);
