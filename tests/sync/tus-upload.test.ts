import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { Unreachable } from '#lib/commands/protocol.ts';
import { sha256Of } from '#lib/local/captures.ts';
import { openDevice } from '#lib/local/device.ts';
import { PieceSize } from '#lib/sync/piece-size.ts';
import { tusUpload } from '#lib/sync/tus-upload.ts';
import { caseId, jo, newStorage, uuid } from './town.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

/** A tablet behind a network that swallows what is sent: the bytes leave, and no answer comes. */
async function sending(signal: AbortSignal) {
	let swallowed = false;
	const server = createServer((request, response) => {
		if (request.method !== 'HEAD') swallowed = true;
		else
			response
				.writeHead(200, { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'upload-length': '3' })
				.end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	ends.push(() => {
		server.closeAllConnections();
		server.close();
	});
	// outside a browser tus takes a Buffer where in one it takes a Blob
	const asBuffer = (parts: Uint8Array[]) => Buffer.concat(parts);
	vi.stubGlobal('Blob', function (parts: Uint8Array[]) {
		return asBuffer(parts);
	});
	ends.push(() => vi.unstubAllGlobals());

	const device = await openDevice({ officer: jo, indexedDB: newStorage() });
	ends.push(() => device.close());
	const bytes = new Uint8Array([1, 2, 3]);
	const sha256 = await sha256Of(bytes);
	const id = uuid(9, 1);
	const mime = 'image/jpeg';
	await device.db.uploads.add({
		key: `original:${id}`,
		caseId: caseId(1),
		commandId: uuid(9, 2),
		deviceSeq: 1,
		sha256,
		of: 'original',
		id,
		mime,
		size: 3,
		state: 'waiting',
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/uploads/1`,
		receipt: null,
		seq: null,
		epoch: null,
		archived: 0
	});
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	ends.push(() => vi.useRealTimers());
	const metadata = { caseId: caseId(1), of: 'original', id, sha256, mime } as const;
	let problem: unknown = null;
	const done = tusUpload(device, metadata, bytes, () => undefined, signal, new PieceSize()).catch(
		(error: unknown) => (problem = error)
	);
	while (!swallowed) await new Promise((resolve) => setImmediate(resolve));
	// what was written has been heard of by now
	for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
	return { done, problem: () => problem };
}

test('S8 an upload of which nothing is heard for a minute is given up, and tried again later', async () => {
	const { done, problem } = await sending(new AbortController().signal);
	await vi.advanceTimersByTimeAsync(59_000);
	expect(problem()).toBeNull();
	await vi.advanceTimersByTimeAsync(2_000);
	await done;
	expect(problem()).toBeInstanceOf(Unreachable);
});

test('S8 an upload ends at once when carrying is stopped', async () => {
	const stopped = new AbortController();
	const { done, problem } = await sending(stopped.signal);
	expect(problem()).toBeNull();
	stopped.abort();
	await done;
	expect(problem()).toBeInstanceOf(Unreachable);
});
