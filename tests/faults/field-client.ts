import { createHash } from 'node:crypto';
import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { v7 } from 'uuid';
import { wireVersion, type Answer, type Envelope } from '#lib/commands/envelope.ts';
import type { BytesReceipt, Cursor, PullAnswer, PushAnswer } from '#lib/commands/protocol.ts';
import { sessionCookie } from '#lib/server/identity/cookie.ts';
import { PieceSize } from '#lib/sync/piece-size.ts';

export const sha256 = (bytes: Uint8Array): string =>
	createHash('sha256').update(bytes).digest('hex');

/** Nothing certain is known of what the register did with it. */
export class Cut extends Error {
	override name = 'Cut';
}

export interface Photo {
	id: string;
	bytes: Uint8Array;
	sha256: string;
	/** where the register keeps what has arrived; null before it has said so */
	url: string | null;
	receipt: BytesReceipt | null;
}

const newAgent = () => new Agent({ keepAlive: true, maxSockets: 4 });

interface Heard {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

/** Whose tablet a client is: an officer with one case, already signed in. */
export interface Enrolled {
	officerId: string;
	caseId: string;
	/** value of the session cookie */
	token: string;
}

/**
 * A tablet as the server sees it, over HTTP: it makes commands, pushes them, sends photographs by
 * tus, and never believes anything but a whole answer. The browser's own code is tested elsewhere
 * (tests/sync, tests/e2e); this one can be cut anywhere, hundreds at a time.
 */
export class FieldClient {
	readonly enrolled: Enrolled;
	device = v7();
	/** the server, or a fault proxy before it */
	port: number;
	#agent = newAgent();
	#count = 0;

	constructor(enrolled: Enrolled, port: number) {
		this.enrolled = enrolled;
		this.port = port;
	}

	close(): void {
		this.#agent.destroy();
	}

	/** The officer takes another tablet: one that sends as often as these tests do is told to wait. */
	anotherDevice(): void {
		this.device = v7();
		this.#count = 0;
	}

	/** Every request from here on goes over a new connection, to another port if one is given. */
	reconnect(port = this.port): void {
		this.#agent.destroy();
		this.#agent = newAgent();
		this.port = port;
	}

	envelope(name: string, payload: unknown, blobs: string[] = []): Envelope {
		this.#count += 1;
		return {
			v: wireVersion,
			id: v7(),
			name,
			caseId: this.enrolled.caseId,
			payload: payload as Envelope['payload'],
			actor: this.enrolled.officerId,
			device: this.device,
			deviceSeq: this.#count,
			captured: { wall: new Date().toISOString(), monotonic: this.#count, serverOffset: null },
			batch: null,
			blobs
		};
	}

	note(text: string): Envelope {
		return this.envelope('write-note', { id: v7(), visitId: null, text });
	}

	/** A visit and a photograph on it: two commands, and the bytes that follow them. */
	photograph(bytes: Uint8Array): { commands: Envelope[]; photo: Photo } {
		const [visitId, id, hash] = [v7(), v7(), sha256(bytes)];
		const plannedFor = '2026-11-24';
		const visit = { id: visitId, plannedFor, plannedTime: '', purpose: '', access: '' };
		const taken = {
			...{ id, visitId, number: `FC-${id}`, caption: '', sha256: hash, mime: 'image/jpeg' },
			...{ size: bytes.byteLength, width: 400, height: 300, position: null, heading: null },
			...{ origin: 'camera', method: 'takePhoto', thumbnailSha256: null }
		};
		return {
			commands: [this.envelope('plan-visit', visit), this.envelope('take-photo', taken, [hash])],
			photo: { id, bytes, sha256: hash, url: null, receipt: null }
		};
	}

	/** One answer for each command, in order. @throws Cut */
	async push(commands: readonly Envelope[]): Promise<Answer[]> {
		const body = this.pushBody(commands);
		const answer = await this.#call<PushAnswer>('sync.push', body);
		if ('epochChanged' in answer) throw new Error('The register has begun a new epoch.');
		return answer.answers;
	}

	pushBody(commands: readonly Envelope[]): string {
		return JSON.stringify({
			epoch: null,
			device: this.device,
			commands: commands.map((envelope) => ({ envelope, receipt: null }))
		});
	}

	/** Everything in the officer's scope, page after page. @throws Cut */
	async pull(): Promise<number> {
		let cursor: Cursor = { epoch: null, seq: 0, bootstrap: null };
		for (let records = 0; ;) {
			const body = JSON.stringify({ device: this.device, cursor });
			const page = await this.#call<PullAnswer>('sync.pull', body);
			if ('epochChanged' in page) throw new Error('The register has begun a new epoch.');
			records += page.records.length;
			cursor = page.cursor;
			if (!page.more) return records;
		}
	}

	/**
	 * Sends a photograph's bytes, from where an earlier attempt was cut, in pieces as the app does.
	 * @throws Cut
	 */
	async upload(photo: Photo, pieces = new PieceSize()): Promise<BytesReceipt> {
		let offset = photo.url === null ? await this.#begin(photo) : await this.standsAt(photo);
		while (photo.receipt === null && photo.url !== null) {
			const part = photo.bytes.subarray(offset, offset + pieces.bytes);
			const heard = await this.#ask('PATCH', photo.url, {
				headers: {
					'upload-offset': String(offset),
					'content-type': 'application/offset+octet-stream'
				},
				body: part
			});
			if (heard.status !== 204 && heard.status !== 200) this.#refused(photo, heard);
			this.#hearReceipt(photo, heard);
			pieces.passed();
			offset += part.byteLength;
		}
		if (photo.receipt === null) throw new Cut('The register threw the part away.');
		return photo.receipt;
	}

	/** How many bytes of it the register has; all of them when it has confirmed it. @throws Cut */
	async standsAt(photo: Photo): Promise<number> {
		const heard = await this.#ask('HEAD', photo.url ?? '', {});
		if (heard.status !== 200) this.#refused(photo, heard);
		this.#hearReceipt(photo, heard);
		return Number(heard.headers['upload-offset']);
	}

	async #begin(photo: Photo): Promise<number> {
		const { caseId } = this.enrolled;
		const told = { caseId, of: 'original', id: photo.id, sha256: photo.sha256, mime: 'image/jpeg' };
		const heard = await this.#ask('POST', '/api/uploads', {
			headers: {
				'upload-length': String(photo.bytes.byteLength),
				'upload-metadata': Object.entries(told)
					.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
					.join(',')
			}
		});
		if (heard.status !== 201) this.#refused(photo, heard);
		photo.url = heard.headers.location ?? null;
		this.#hearReceipt(photo, heard);
		return 0;
	}

	#hearReceipt(photo: Photo, { headers }: Heard): void {
		const said = headers['bops-bytes-receipt'];
		if (typeof said !== 'string') return;
		const receipt = JSON.parse(said) as BytesReceipt;
		if (receipt.sha256 !== photo.sha256) throw new Error('A receipt for other bytes.');
		photo.receipt = receipt;
	}

	/** Damaged or gone there: the next attempt begins again. Busy or faulty: the next attempt goes on. */
	#refused(photo: Photo, { status, text }: Heard): never {
		if (status === 460 || status === 410 || status === 404) photo.url = null;
		throw new Cut(`The register answered ${status}: ${text.slice(0, 200)}`);
	}

	async #call<T>(procedure: string, body: string): Promise<T> {
		const heard = await this.#ask('POST', `/api/trpc/${procedure}`, {
			headers: { 'content-type': 'application/json' },
			body
		});
		if (!(heard.headers['content-type'] ?? '').startsWith('application/json'))
			throw new Cut('The answer did not come from the register.');
		if (heard.status !== 200) throw new Error(`${procedure}: ${heard.status} ${heard.text}`);
		return (JSON.parse(heard.text) as { result: { data: T } }).result.data;
	}

	#ask(
		method: string,
		path: string,
		sent: { headers?: Record<string, string>; body?: string | Uint8Array }
	): Promise<Heard> {
		const { headers = {}, body = '' } = sent;
		return new Promise<Heard>((resolve, reject) => {
			const cut = (error: Error) => reject(new Cut(error.message));
			const asked = request({
				host: '127.0.0.1',
				port: this.port,
				agent: this.#agent,
				method,
				path,
				headers: {
					host: `localhost:${this.port}`,
					origin: `http://localhost:${this.port}`,
					cookie: `${sessionCookie}=${this.enrolled.token}`,
					'tus-resumable': '1.0.0',
					'content-length': String(Buffer.byteLength(body)),
					...headers
				}
			});
			asked.on('error', cut);
			asked.on('response', (response: IncomingMessage) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('error', cut);
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						text: Buffer.concat(parts).toString('utf8')
					})
				);
			});
			asked.end(body);
		});
	}
}
