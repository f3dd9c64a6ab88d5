/**
 * What some bytes are, told from the bytes themselves and never from a name or a header.
 * Only types of this table are ever served under their own name; all else is `octets`.
 */
export const octets = 'application/octet-stream';

/** How many bytes from the start are enough to tell. */
export const headLength = 1024;

const ascii = (head: Uint8Array, start: number, length: number) =>
	String.fromCharCode(...head.subarray(start, start + length));

const startsWith = (head: Uint8Array, ...bytes: number[]) =>
	bytes.every((byte, index) => head[index] === byte);

/** Brands of ISO base media files that are pictures (ISO 23008-12, AV1 image file format). */
const heifBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

export function fileType(head: Uint8Array): string {
	if (startsWith(head, 0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
	if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return 'image/webp';
	if (ascii(head, 0, 6) === 'GIF87a' || ascii(head, 0, 6) === 'GIF89a') return 'image/gif';
	if (ascii(head, 4, 4) === 'ftyp') {
		const brand = ascii(head, 8, 4);
		if (brand === 'avif' || brand === 'avis') return 'image/avif';
		if (heifBrands.has(brand)) return 'image/heic';
	}
	// a PDF may have other bytes before its header (ISO 32000-1, annex H 3.4.1)
	if (ascii(head, 0, headLength).includes('%PDF-')) return 'application/pdf';
	return octets;
}

/** Pictures whose header the register can read; HEIC is kept, and shown where a device can decode it. */
export const readablePictures: ReadonlySet<string> = new Set([
	'image/jpeg',
	'image/png',
	'image/webp',
	'image/gif',
	'image/avif'
]);
