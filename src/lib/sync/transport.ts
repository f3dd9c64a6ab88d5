import { createTRPCClient, httpLink, TRPCClientError, type TRPCClient } from '@trpc/client';
import { Unreachable, type Transport } from '#lib/commands/protocol.ts';
import type { Device } from '#lib/local/device.ts';
import type { AppRouter } from '#lib/server/router.ts';
import { problemOf } from './answers.ts';
import { PieceSize } from './piece-size.ts';
import { tusUpload } from './tus-upload.ts';

export type RegisterClient = TRPCClient<AppRouter>;

/** An exchange that takes longer is taken for lost, milliseconds. */
const longestExchange = 60_000;

/**
 * The register over the network, for what needs it at once (search, assigning, intake).
 * Devices write through `perform` and the outbox, never through this.
 */
export const registerClient = (): RegisterClient =>
	createTRPCClient<AppRouter>({
		links: [
			httpLink({
				url: '/api/trpc',
				// what somebody asks for belongs in no address
				methodOverride: 'POST',
				fetch: (url, options) => jsonOnly(url, options)
			})
		]
	});

/** How this device reaches its register. Its errors say what is certain: see `Transport`. */
export function createTransport(
	device: Device,
	client: Pick<RegisterClient, 'sync'> = registerClient()
): Transport {
	const pieces = new PieceSize();
	const certain = async <T>(exchange: Promise<T>): Promise<T> => {
		try {
			return await exchange;
		} catch (error) {
			if (!(error instanceof TRPCClientError)) throw error;
			throw problemOf(statusOf(error.meta?.['response']), error.message);
		}
	};
	return {
		push: (request) => certain(client.sync.push.mutate(request)),
		pull: (request) => certain(client.sync.pull.query(request)),
		upload: (...upload) => tusUpload(device, ...upload, pieces)
	};
}

/** The HTTP status of an answer of the register; null when there was none. */
const statusOf = (response: unknown): number | null =>
	response instanceof Response ? response.status : null;

/** A hotel's or council's sign-in page answers everything with a page: that is not the register. */
async function jsonOnly(url: RequestInfo | URL | string, given?: object): Promise<Response> {
	const options: RequestInit = { ...given };
	const timeout = AbortSignal.timeout(longestExchange);
	const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
	const response = await fetch(url, { ...options, signal });
	if (!(response.headers.get('content-type') ?? '').startsWith('application/json'))
		throw new Unreachable('The answer did not come from the council’s register.');
	return response;
}
