import { Metadata } from '@tus/server';
import { uploadMetadata, type BytesReceipt, type UploadMetadata } from '#lib/commands/protocol.ts';
import { diskFull, isDiskFull, UploadProblem } from './upload-problem.ts';

/** Carries the receipt, as JSON, on every answer that says the bytes are here. */
export const receiptHeader = 'bops-bytes-receipt';

/** For a fault of ours: the device goes on later, the log says why. */
export const outOfTouch = new UploadProblem(
	500,
	'The bytes could not be taken in just now. What had arrived is kept; sending goes on from there.'
);

/** What was not needed is read and let go: a browser that is still sending does not hear the answer. */
export async function letCome({ body, bodyUsed }: Request): Promise<void> {
	if (body === null || bodyUsed) return;
	const reader = body.getReader();
	try {
		while (!(await reader.read()).done);
	} catch {
		// the sender went away, and hears nothing anyway
	}
}

export const tusHeaders = { 'tus-resumable': '1.0.0', 'content-type': 'text/plain; charset=utf-8' };

export const said = (receipt: BytesReceipt): Record<string, string> => ({
	[receiptHeader]: JSON.stringify(receipt),
	'content-type': 'application/json'
});

export const received = (
	{ size }: { size: number },
	receipt: BytesReceipt
): Record<string, string> => ({
	...tusHeaders,
	...said(receipt),
	'cache-control': 'no-store',
	'upload-offset': String(size),
	'upload-length': String(size)
});

/** What is announced: whose bytes, which, and how many. */
export function announcement(headers: Headers): UploadMetadata & { size: number } {
	const size = Number(headers.get('upload-length') ?? NaN);
	if (!Number.isSafeInteger(size) || size < 1)
		throw new UploadProblem(400, 'The upload does not say how many bytes it has.');
	try {
		const told = Metadata.parse(headers.get('upload-metadata') ?? '');
		return { ...uploadMetadata.parse(told), size };
	} catch {
		throw new UploadProblem(
			400,
			'The upload does not say, in a way the register reads, what it is.'
		);
	}
}

/** 460 is the tus status for bytes that do not match their checksum. */
export const wrongBytes = (what: 'hash' | 'size'): UploadProblem =>
	new UploadProblem(
		460,
		what === 'hash'
			? 'The bytes that arrived are not the ones that were announced: they were damaged on the way. They were thrown away; begin the upload again.'
			: 'The number of bytes is not the one that was announced. Nothing was kept; begin the upload again.'
	);

export function wordsFor(error: unknown): { status_code: number; body: string } {
	if (error instanceof UploadProblem) return error;
	if (isDiskFull(error)) return diskFull;
	// tus and its store throw plain objects with a status and a sentence
	if (typeof error === 'object' && error !== null && 'status_code' in error && 'body' in error)
		return error as { status_code: number; body: string };
	return outOfTouch;
}
