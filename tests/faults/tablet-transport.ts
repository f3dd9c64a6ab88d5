import {
	Unreachable,
	type BytesReceipt,
	type PullAnswer,
	type PushAnswer,
	type Transport,
	type UploadMetadata
} from '#lib/commands/protocol.ts';
import { sessionCookie } from '#lib/server/identity/cookie.ts';
import { problemOf } from '#lib/sync/answers.ts';

/**
 * How the app's own carrying code reaches a real server outside a browser: the same requests over
 * HTTP, with the cookie that a browser would send.
 */
export class TabletTransport implements Transport {
	readonly #origin: string;
	/** value of the session cookie; another one after signing in again */
	token: string;

	constructor(origin: string, token: string) {
		this.#origin = origin;
		this.token = token;
	}

	push(request: Parameters<Transport['push']>[0]): Promise<PushAnswer> {
		return this.#call<PushAnswer>('sync.push', request);
	}

	pull(request: Parameters<Transport['pull']>[0]): Promise<PullAnswer> {
		return this.#call<PullAnswer>('sync.pull', request);
	}

	async upload(
		metadata: UploadMetadata,
		bytes: Uint8Array,
		progress: (sent: number) => void
	): Promise<BytesReceipt> {
		const begun = await this.#ask('POST', '/api/uploads', {
			'upload-length': String(bytes.byteLength),
			'upload-metadata': Object.entries(metadata)
				.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
				.join(',')
		});
		const place = begun.headers.get('location');
		if (begun.status !== 201 || place === null) throw problemOf(begun.status, await begun.text());
		const here = begun.headers.get('bops-bytes-receipt');
		if (here !== null) return JSON.parse(here) as BytesReceipt;
		const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
		const sent = await this.#ask('PATCH', place, headers, bytes);
		const said = sent.headers.get('bops-bytes-receipt');
		if (said === null) throw problemOf(sent.status, await sent.text());
		progress(bytes.byteLength);
		return JSON.parse(said) as BytesReceipt;
	}

	async #call<T>(procedure: string, input: unknown): Promise<T> {
		const headers = { 'content-type': 'application/json' };
		const body = JSON.stringify(input);
		const response = await this.#ask('POST', `/api/trpc/${procedure}`, headers, body);
		if (!response.ok) throw problemOf(response.status, await response.text());
		return ((await response.json()) as { result: { data: T } }).result.data;
	}

	async #ask(
		method: string,
		path: string,
		headers: Record<string, string>,
		body?: string | Uint8Array
	): Promise<Response> {
		const asked: RequestInit = {
			method,
			headers: {
				...headers,
				origin: this.#origin,
				cookie: `${sessionCookie}=${this.token}`,
				'tus-resumable': '1.0.0'
			},
			...(body === undefined ? {} : { body: body as BodyInit })
		};
		try {
			return await fetch(new URL(path, this.#origin), asked);
		} catch (problem) {
			throw new Unreachable(String(problem));
		}
	}
}
