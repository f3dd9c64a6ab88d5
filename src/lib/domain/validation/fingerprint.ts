/**
 * A short name for some texts: the same texts give the same name, on every device. Sixty-four bits
 * of FNV-1a, to notice a change; it proves nothing against somebody who wants two to be alike.
 */
export function fingerprint(texts: readonly string[]): string {
	let hash = 0xcbf29ce484222325n;
	for (const char of texts.join('\u0000')) {
		hash ^= BigInt(char.codePointAt(0) ?? 0);
		hash = BigInt.asUintN(64, hash * 0x100000001b3n);
	}
	return hash.toString(16).padStart(16, '0');
}
