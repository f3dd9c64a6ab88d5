import { DetailedError, Upload } from 'tus-js-client';
import { Unreachable, type BytesReceipt, type UploadMetadata } from '#lib/commands/protocol.ts';
import type { Device } from '#lib/local/device.ts';
import { problemOf } from './answers.ts';
import type { PieceSize } from './piece-size.ts';
import { BytesDamaged, CutShort } from './problems.ts';

/** An upload of which nothing is heard for so long is taken for lost, milliseconds. */
const longestSilence = 60_000;

/** Carries the register's receipt on every answer that says the bytes are there. */
const receiptHeader = 'bops-bytes-receipt';

/**
 * Sends bytes by tus, and goes on where an earlier attempt stopped: the place is kept with the
 * upload on this device. tus carries only; what counts is the register's receipt for the hash.
 * Its own retries are off. A line that dies under a piece is taken up again at once, with smaller
 * pieces, for as long as that gets on; after that, whether to try again is for the carrier, which
 * never gives up.
 *
 * @param pieces of the line, whatever travels on it
 */
export async function tusUpload(
	device: Device,
	metadata: UploadMetadata,
	bytes: Uint8Array,
	progress: (sent: number) => void,
	signal: AbortSignal,
	pieces: PieceSize
): Promise<BytesReceipt> {
	const key = `${metadata.of}:${metadata.id}`;
	const before = await device.run(() => device.db.uploads.get(key));
	let url = before?.url ?? null;
	const keepPlace = async (place: string | null) => {
		url = place;
		await device.run(() => device.db.uploads.update(key, { url: place }));
	};
	let gotOn = false;
	for (;;) {
		const line = { heard: false, passed: 0 };
		try {
			return await send(metadata, bytes, {
				url,
				progress,
				placed: (place) => void keepPlace(place),
				signal,
				pieces,
				line
			});
		} catch (error) {
			gotOn ||= line.passed > 0;
			if (line.heard && isCut(error)) {
				const smaller = pieces.cut();
				if (smaller || line.passed > 0) continue;
			}
			const problem = problemIn(error);
			// damaged on the way and thrown away there: the next attempt begins from the kept bytes
			if (problem instanceof BytesDamaged) await keepPlace(null);
			throw gotOn && problem instanceof Unreachable ? new CutShort(problem.message) : problem;
		}
	}
}

/**
 * The line has died under what was being sent. A browser may have sent it once more by itself: then
 * the register stands elsewhere by now than this device thought, or is still busy with the first.
 */
function isCut(error: unknown): boolean {
	if (!(error instanceof DetailedError)) return false;
	const status = error.originalResponse?.getStatus() ?? null;
	if (status === null) return true;
	return error.originalRequest.getMethod() === 'PATCH' && (status === 409 || status === 423);
}

function send(
	metadata: UploadMetadata,
	bytes: Uint8Array,
	around: {
		url: string | null;
		progress: (sent: number) => void;
		placed: (url: string) => void;
		signal: AbortSignal;
		pieces: PieceSize;
		/** what is learnt of the line: whether the register was there, and how many pieces it took */
		line: { heard: boolean; passed: number };
	}
): Promise<BytesReceipt> {
	const { url, progress, placed, signal, pieces, line } = around;
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
			silence = setTimeout(() => {
				pieces.cut();
				giveUp('The register fell silent.');
			}, longestSilence);
		};
		stop = () => giveUp('Sending was stopped.');
		const upload = new Upload(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
			endpoint: '/api/uploads',
			uploadUrl: url,
			chunkSize: pieces.bytes,
			retryDelays: null,
			storeFingerprintForResuming: false,
			metadata: { ...metadata },
			onUploadUrlAvailable: () => {
				heard();
				line.heard = true;
				if (upload.url !== null) placed(upload.url);
			},
			onProgress: (sent) => {
				heard();
				progress(sent);
			},
			onChunkComplete: () => {
				heard();
				line.passed += 1;
				pieces.passed();
				upload.options.chunkSize = pieces.bytes;
			},
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
	if (isCut(error) || status === 423 || (status !== null && status < 400))
		return new Unreachable(sentence);
	return problemOf(
		status,
		sentence === '' ? 'The register could not take these bytes now.' : sentence
	);
}
