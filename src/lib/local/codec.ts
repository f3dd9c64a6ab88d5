/**
 * How bodies lie in the device's copy. `aad` names the row, so that a sealed body cannot
 * be moved to another one. Always called before a transaction, never inside: IndexedDB
 * commits by itself when anything else is awaited.
 */
export interface Codec {
	seal(value: unknown, aad: string): Promise<unknown>;
	open(sealed: unknown, aad: string): Promise<unknown>;
	sealBytes(bytes: ArrayBuffer, aad: string): Promise<ArrayBuffer>;
	openBytes(sealed: ArrayBuffer, aad: string): Promise<ArrayBuffer>;
}

/** Bodies lie as they are: the browser's own protection of the profile is all there is. */
export const plainCodec: Codec = {
	seal: (value) => Promise.resolve(value),
	open: (sealed) => Promise.resolve(sealed),
	sealBytes: (bytes) => Promise.resolve(bytes),
	openBytes: (sealed) => Promise.resolve(sealed)
};
