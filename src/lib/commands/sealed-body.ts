/**
 * How a sealed body lies in bytes: a mark that no picture and no JSON begins with, a nonce of its
 * own, then AES-256-GCM's ciphertext with its tag. The row's name is the additional data.
 * NIST SP 800-38D: a random 96-bit nonce may be used for 2^32 bodies under one key.
 */
const mark = new Uint8Array([0x42, 0x53, 0x01, 0x00]);
export const nonceLength = 12;
export const sealedOverhead = mark.byteLength + nonceLength + 16;

/** Puts mark, nonce and ciphertext together. */
export function joinSealed(nonce: Uint8Array, ciphertext: ArrayBuffer): ArrayBuffer {
	const whole = new Uint8Array(mark.byteLength + nonce.byteLength + ciphertext.byteLength);
	whole.set(mark);
	whole.set(nonce, mark.byteLength);
	whole.set(new Uint8Array(ciphertext), mark.byteLength + nonce.byteLength);
	return whole.buffer;
}

/** Nonce and ciphertext of a sealed body; null when these bytes are none. */
export function splitSealed(
	bytes: Uint8Array<ArrayBuffer>
): { nonce: Uint8Array<ArrayBuffer>; ciphertext: Uint8Array<ArrayBuffer> } | null {
	if (bytes.byteLength < sealedOverhead || mark.some((byte, at) => bytes[at] !== byte)) return null;
	const begin = mark.byteLength + nonceLength;
	return { nonce: bytes.subarray(mark.byteLength, begin), ciphertext: bytes.subarray(begin) };
}
