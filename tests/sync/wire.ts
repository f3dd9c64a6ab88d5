import {
	pullRequest,
	pushRequest,
	SignedOut,
	Unreachable,
	uploadMetadata,
	type BytesReceipt,
	type PullAnswer,
	type PullRequest,
	type PushAnswer,
	type PushRequest,
	type Transport,
	type UploadMetadata
} from '#lib/commands/protocol.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { problemOf } from '#lib/sync/answers.ts';
import type { Council } from './council.ts';
import { Chance } from './random.ts';

/** What can go wrong between a device and the register; each with its probability. */
export interface Weather {
	/** nothing arrives */
	unreachable: number;
	/** the register did it, and the answer is lost */
	lostAnswer: number;
	/** the register stops inside its transaction, before the commit */
	crashBeforeCommit: number;
	/** the request arrives twice */
	duplicate: number;
	/** the register answers that it failed */
	fault: number;
	/** an upload stops half way */
	cut: number;
	/** a byte of an upload is changed on the way */
	corrupt: number;
}

export const fair: Weather = {
	unreachable: 0,
	lostAnswer: 0,
	crashBeforeCommit: 0,
	duplicate: 0,
	fault: 0,
	cut: 0,
	corrupt: 0
};

export const foul: Weather = {
	unreachable: 0.08,
	lostAnswer: 0.15,
	crashBeforeCommit: 0.06,
	duplicate: 0.1,
	fault: 0.03,
	cut: 0.2,
	corrupt: 0.1
};

class Crash extends Error {}

/** Everything travels as JSON. */
const travelled = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** One browser's connection to the register: real requests to the real register, through bad weather. */
export class Wire implements Transport {
	readonly #council: Council;
	readonly #officer: Officer;
	readonly #chance: Chance;
	readonly #places = new Map<string, string>();
	weather: Weather;
	signedIn = true;
	/** how often each kind of trouble struck */
	readonly struck: Record<string, number> = {};

	constructor(council: Council, officer: Officer, chance: Chance, weather: Weather) {
		this.#council = council;
		this.#officer = officer;
		this.#chance = chance;
		this.weather = weather;
	}

	#strikes(trouble: keyof Weather): boolean {
		if (!this.#chance.happens(this.weather[trouble])) return false;
		this.struck[trouble] = (this.struck[trouble] ?? 0) + 1;
		return true;
	}

	#setOut(): void {
		if (this.#strikes('unreachable')) throw new Unreachable('no network');
		if (!this.signedIn) throw new SignedOut('signed out');
		if (this.#strikes('fault')) throw problemOf(500, 'The register failed.');
	}

	#comeBack(): void {
		if (this.#strikes('lostAnswer')) throw new Unreachable('answer lost');
	}

	async push(request: PushRequest): Promise<PushAnswer> {
		this.#setOut();
		const sent = pushRequest.parse(travelled(request));
		const { register } = this.#council;
		const crash = this.#strikes('crashBeforeCommit');
		try {
			register.transaction(() => {
				if (!crash) return;
				register.push(this.#officer, sent);
				throw new Crash();
			});
		} catch (error) {
			if (error instanceof Crash) throw new Unreachable('the register stopped');
			throw error;
		}
		let answer = register.push(this.#officer, sent);
		if (this.#strikes('duplicate')) answer = register.push(this.#officer, sent);
		this.#comeBack();
		return Promise.resolve(travelled(answer));
	}

	async pull(request: PullRequest): Promise<PullAnswer> {
		this.#setOut();
		const answer = this.#council.register.pull(
			this.#officer,
			pullRequest.parse(travelled(request))
		);
		this.#comeBack();
		return Promise.resolve(travelled(answer));
	}

	async upload(
		metadata: UploadMetadata,
		bytes: Uint8Array,
		progress: (sent: number) => void,
		signal: AbortSignal
	): Promise<BytesReceipt> {
		this.#setOut();
		if (signal.aborted) throw new Unreachable('stopped');
		const key = `${metadata.of}:${metadata.id}`;
		let place = this.#places.get(key) ?? (await this.#begin(metadata, bytes.byteLength));
		let head = await this.#ask('HEAD', place, {}, null);
		if (head.status === 404 || head.status === 410) {
			place = await this.#begin(metadata, bytes.byteLength);
			head = await this.#ask('HEAD', place, {}, null);
		}
		this.#places.set(key, place);
		if (head.status >= 400) throw problemOf(head.status, 'the place of the upload is not given');
		const said = head.headers.get('bops-bytes-receipt');
		if (said !== null) return JSON.parse(said) as BytesReceipt;
		const offset = Number(head.headers.get('upload-offset'));
		const rest = bytes.slice(offset);
		if (this.#strikes('cut')) {
			const half = rest.slice(0, Math.floor(rest.byteLength / 2));
			if (half.byteLength > 0) await this.#patch(place, offset, half);
			throw new Unreachable('cut half way');
		}
		if (this.#strikes('corrupt') && rest.byteLength > 0) {
			const at = this.#chance.below(rest.byteLength);
			rest[at] = (rest[at] ?? 0) ^ 0xff;
		}
		const done = await this.#patch(place, offset, rest);
		progress(bytes.byteLength);
		if (done.status >= 400) {
			this.#places.delete(key);
			throw problemOf(done.status, await done.text());
		}
		this.#comeBack();
		return JSON.parse(done.headers.get('bops-bytes-receipt') ?? 'null') as BytesReceipt;
	}

	async #begin(metadata: UploadMetadata, size: number): Promise<string> {
		const told = Object.entries(uploadMetadata.parse(metadata))
			.map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
			.join(',');
		const response = await this.#ask(
			'POST',
			'/api/uploads',
			{ 'upload-length': String(size), 'upload-metadata': told },
			null
		);
		const place = response.headers.get('location');
		if (response.status !== 201 || place === null)
			throw problemOf(response.status, await response.text());
		return place;
	}

	#patch(place: string, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
		const headers = {
			'upload-offset': String(offset),
			'content-type': 'application/offset+octet-stream'
		};
		return this.#ask('PATCH', place, headers, bytes);
	}

	#ask(
		method: string,
		path: string,
		headers: Record<string, string>,
		body: Uint8Array<ArrayBuffer> | null
	): Promise<Response> {
		return this.#council.uploads.answer(
			new Request(`http://register.example${path}`, {
				method,
				headers: { 'tus-resumable': '1.0.0', ...headers },
				...(body === null ? {} : { body })
			}),
			this.#officer
		);
	}
}
