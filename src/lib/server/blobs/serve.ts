import { Readable } from 'node:stream';
import type { BlobStore } from './blob-store.ts';

/**
 * What strangers sent must not become part of our site in anybody's browser: it goes out as an
 * attachment, under a type told from its bytes, with no sniffing, no scripts and no copies kept.
 */
const safely = {
	'x-content-type-options': 'nosniff',
	'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
	'cross-origin-resource-policy': 'same-origin',
	'cache-control': 'no-store',
	'accept-ranges': 'bytes'
} as const;

/** Answers GET with bytes of the blob store: whole, one range of them (RFC 9110, 14.2), or "you have them". */
export async function serveBytes(
	request: Request,
	blobs: BlobStore,
	bytes: { sha256: string; mime: string; name: string }
): Promise<Response> {
	const size = await blobs.size(bytes.sha256);
	if (size === null)
		return Response.json(
			{ message: 'The register knows of this file but does not have its bytes.' },
			{ status: 404, headers: { 'cache-control': 'no-store' } }
		);
	const etag = `"${bytes.sha256}"`;
	const headers: Record<string, string> = {
		...safely,
		etag,
		'content-type': bytes.mime,
		'content-disposition': disposition(bytes.name)
	};
	if (request.headers.get('if-none-match')?.includes(etag) === true)
		return new Response(null, { status: 304, headers });

	const asked = request.headers.get('range');
	const ifRange = request.headers.get('if-range');
	const range =
		asked === null || (ifRange !== null && ifRange !== etag) ? null : rangeOf(asked, size);
	if (range === 'outside')
		return new Response(null, {
			status: 416,
			headers: { ...safely, 'content-range': `bytes */${size}` }
		});
	const { start, end } = range ?? { start: 0, end: size - 1 };
	headers['content-length'] = String(end - start + 1);
	if (range !== null) headers['content-range'] = `bytes ${start}-${end}/${size}`;
	const body = request.method === 'HEAD' ? null : blobs.read(bytes.sha256, { start, end });
	return new Response(body && (Readable.toWeb(body) as ReadableStream), {
		status: range === null ? 200 : 206,
		headers
	});
}

/** One range, ends inclusive; null for what we do not read, which then means the whole. */
export function rangeOf(
	header: string,
	size: number
): { start: number; end: number } | 'outside' | null {
	const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
	if (first === undefined || last === undefined || (first === '' && last === '')) return null;
	const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
	return start > end || start >= size ? 'outside' : { start, end };
}

/**
 * The header that makes a browser save a file under this name: plain characters for every
 * client, the whole name in UTF-8 for those that read it (RFC 6266, RFC 8187).
 */
export function disposition(name: string): string {
	const last = name.split(/[/\\]/).at(-1) ?? '';
	const whole =
		[...last]
			// neither control characters nor those that turn the direction of a name round
			.filter((char) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(char))
			.slice(0, 150)
			.join('')
			.replace(/^[.\s]+/, '')
			.trim() || 'file';
	const plain = whole.replace(/[^A-Za-z0-9 ._()-]/g, '_');
	const encoded = encodeURIComponent(whole).replace(
		/['()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`
	);
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
