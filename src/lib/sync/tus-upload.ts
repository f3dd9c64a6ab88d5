import { DetailedError, Upload } from 'tus-js-client';
import { Unreachable, type BytesReceipt, type UploadMetadata } from '#lib/commands/protocol.ts';
import type { Device } from '#lib/local/device.ts';
import { problemOf } from './answers.ts';

const chunk = 1024 * 1024;

/** An upload of which nothing is heard for so long is taken for lost, milliseconds. */
const longestSilence = 60_000;

/** Carries the register's receipt on every answer that says the bytes are there. */
const receiptHeader = 'bops-bytes-receipt';

/**
 * Sends bytes by tus, and goes on where an earlier attempt stopped: the place is kept with the
 * upload on this device. tus carries only; what counts is the register's receipt for the hash.
 * Its own retries are off: whether to try again is for the carrier, which never gives up.
 */
export async function tusUpload(
	device: Device,
	metadata: UploadMetadata,
	bytes: Uint8Array,
	progress: (sent: number) => void,
	signal: AbortSignal
): Promise<BytesReceipt> {
	const key = `${metadata.of}:${metadata.id}`;
	const keepPlace = (url: string | null) =>
		device.run(() => device.db.uploads.update(key, { url }));
	const before = await device.run(() => device.db.uploads.get(key));
	try {
		return await send(metadata, bytes, {
			url: before?.url ?? null,
			progress,
			placed: (url) => void keepPlace(url),
			signal
		});
	} catch (error) {
		const problem = problemIn(error);
		// damaged on the way and thrown away there: the next attempt begins from the kept bytes
		if (problem.name === 'BytesDamaged') await keepPlace(null);
		throw problem;
	}
}

function send(
	metadata: UploadMetadata,
	bytes: Uint8Array,
	around: {
		url: string | null;
		progress: (sent: number) => void;
		placed: (url: string) => void;
		signal: AbortSignal;
	}
): Promise<BytesReceipt> {
	const { url, progress, placed, signal } = around;
	let silence: ReturnType<typeof setTimeout> | undefined;
	let stop: (() => void) | undefined;
	return new Promise<BytesReceipt>((resolve, reject) => {
		const giveUp = (sentence: string) => {
			void upload.abort();
			reject(new Unreachable(sentence));
		};
		// tus itself waits for ever for a network that swallows what is sent
		const heard = () => {
			clearTimeout(silence);
			silence = setTimeout(() => giveUp('The register fell silent.'), longestSilence);
		};
		stop = () => giveUp('Sending was stopped.');
		const upload = new Upload(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
			endpoint: '/api/uploads',
			uploadUrl: url,
			chunkSize: chunk,
			retryDelays: null,
			storeFingerprintForResuming: false,
			metadata: { ...metadata },
			onUploadUrlAvailable: () => {
				heard();
				if (upload.url !== null) placed(upload.url);
			},
			onProgress: (sent) => {
				heard();
				progress(sent);
			},
			onChunkComplete: heard,
			onError: reject,
			onSuccess: ({ lastResponse }) => {
				const said = lastResponse.getHeader(receiptHeader);
				if (said === undefined)
					reject(new Unreachable('The register did not confirm the bytes. They are sent again.'));
				else resolve(JSON.parse(said) as BytesReceipt);
			}
		});
		if (signal.aborted) {
			stop();
			return;
		}
		signal.addEventListener('abort', stop);
		heard();
		upload.start();
	}).finally(() => {
		clearTimeout(silence);
		if (stop !== undefined) signal.removeEventListener('abort', stop);
	});
}

function problemIn(error: unknown): Error {
	if (!(error instanceof DetailedError))
		return error instanceof Error ? error : new Error(String(error));
	const response = error.originalResponse;
	const status = response?.getStatus() ?? null;
	// an answer that is not tus speaking came from something in between
	const ours = response?.getHeader('tus-resumable') !== undefined || status === 401;
	const sentence = response?.getBody() ?? '';
	if (!ours) return new Unreachable('The answer did not come from the council’s register.');
	// taken for gone or taken by another attempt: the next attempt asks again where it stands
	if (status === 423 || (status !== null && status < 400)) return new Unreachable(sentence);
	return problemOf(
		status,
		sentence === '' ? 'The register could not take these bytes now.' : sentence
	);
}
