import type { Codec } from '#lib/local/codec.ts';

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** A codec that really encrypts: AES-256-GCM, a fresh nonce before each body, the row's name authenticated. */
export async function aesCodec(): Promise<Codec> {
	const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
		'encrypt',
		'decrypt'
	]);
	const seal = async (bytes: BufferSource, aad: string): Promise<ArrayBuffer> => {
		const iv = crypto.getRandomValues(new Uint8Array(12));
		const additionalData = utf8.encode(aad);
		const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
		const whole = new Uint8Array(12 + sealed.byteLength);
		whole.set(iv);
		whole.set(new Uint8Array(sealed), 12);
		return whole.buffer;
	};
	const open = (sealed: ArrayBuffer, aad: string): Promise<ArrayBuffer> => {
		const additionalData = utf8.encode(aad);
		const iv = new Uint8Array(sealed, 0, 12);
		return crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv, additionalData },
			key,
			new Uint8Array(sealed, 12)
		);
	};
	return {
		seal: (value, aad) => seal(utf8.encode(JSON.stringify(value)), aad),
		open: async (sealed, aad) =>
			JSON.parse(text.decode(await open(sealed as ArrayBuffer, aad))) as unknown,
		sealBytes: seal,
		openBytes: open
	};
}
