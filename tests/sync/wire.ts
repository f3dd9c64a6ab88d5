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
import { wireVersion } from '#lib/commands/envelope.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { may } from '#lib/domain/permissions.ts';
import { isTroubleOfTheMachine } from '#lib/server/register/open-register.ts';
import { problemOf } from '#lib/sync/answers.ts';
import type { Council } from './council.ts';
import { count, type FaultKind, type Struck } from './fault-kinds.ts';
import { Chance } from './random.ts';

/** What can go wrong between a device and the register; each with its probability. */
export type Weather = Readonly<Partial<Record<FaultKind, number>>>;

export const fair: Weather = {};

export const foul: Weather = {
	'no network': 0.06,
	'captive portal': 0.02,
	'answer lost': 0.12,
	'register crashed before the commit': 0.05,
	'sent twice': 0.08,
	'arrives late': 0.04,
	'push cut': 0.03,
	'pull cut': 0.05,
	'register at fault': 0.03,
	'too large for a proxy': 0.03,
	'app newer than the register': 0.004,
	'upload cut': 0.2,
	'upload damaged': 0.1,
	'upload forgotten': 0.05
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
	readonly struck: Struck = {};
	/** commands, and whether a later version of the app made them */
	readonly #later = new Map<string, boolean>();

	constructor(council: Council, officer: Officer, chance: Chance, weather: Weather) {
		this.#council = council;
		this.#officer = officer;
		this.#chance = chance;
		this.weather = weather;
	}

	#strikes(trouble: FaultKind): boolean {
		if (!this.#chance.happens(this.weather[trouble] ?? 0)) return false;
		count(this.struck, trouble);
		return true;
	}

	#setOut(): void {
		if (this.#strikes('no network')) throw new Unreachable('no network');
		if (this.#strikes('captive portal')) throw new Unreachable('a page of somebody else');
		if (!this.signedIn) {
			count(this.struck, 'signed out');
			throw new SignedOut('signed out');
		}
		if (this.#strikes('register at fault')) throw problemOf(500, 'The register failed.');
	}

	#comeBack(): void {
		if (this.#strikes('answer lost')) throw new Unreachable('answer lost');
	}

	/** A request or answer of which only a part arrived is nothing that anybody can read. */
	#cutShort(whole: unknown): never {
		const text = JSON.stringify(whole);
		const part = text.slice(0, this.#chance.below(text.length));
		try {
			JSON.parse(part);
		} catch {
			throw new Unreachable('only a part arrived');
		}
		throw new Error('a part of a message was read as a whole');
	}

	async push(request: PushRequest): Promise<PushAnswer> {
		this.#setOut();
		if (this.#strikes('push cut')) this.#cutShort(request);
		if (request.commands.length > 1 && this.#strikes('too large for a proxy'))
			throw problemOf(413, 'too large');
		const sent = pushRequest.parse(this.#asMade(travelled(request)));
		if (this.#strikes('arrives late')) {
			this.#council.late.push({ officer: this.#officer, sent });
			throw new Unreachable('given up');
		}
		const crash = this.#strikes('register crashed before the commit');
		if (crash)
			try {
				this.#council.register.transaction(() => {
					this.#perform(sent);
					throw new Crash();
				});
			} catch (error) {
				if (error instanceof Crash) throw new Unreachable('the register stopped');
				throw error;
			}
		let answer = this.#perform(sent);
		if (this.#strikes('sent twice')) answer = this.#perform(sent);
		this.#comeBack();
		return Promise.resolve(travelled(answer));
	}

	#perform(sent: PushRequest): PushAnswer {
		return this.#answered(() => this.#council.register.push(this.#sender(), sent));
	}

	/** The officer as the register knows them now; turned away at the door when they may see nothing. */
	#sender(): Officer {
		const officer = this.#council.register.officers().get(this.#officer.id) ?? this.#officer;
		if (may(officer, 'see-cases', false) === 'yes') return officer;
		count(this.struck, 'officer revoked');
		throw problemOf(403, 'You may not do this.');
	}

	#answered<T>(act: () => T): T {
		try {
			return act();
		} catch (error) {
			throw this.#faultOfMachine(error);
		}
	}

	/** What the server answers when the machine beneath it fails. */
	#faultOfMachine(error: unknown): unknown {
		if (!isTroubleOfTheMachine(error)) return error;
		count(this.struck, 'register’s disk full');
		return problemOf(500, 'The register could not save this.');
	}

	/** Now and then a command comes from a later app; whenever it is sent again, it still does. */
	#asMade(request: PushRequest): PushRequest {
		for (const { envelope } of request.commands) {
			const { id } = envelope;
			if (!this.#later.has(id)) this.#later.set(id, this.#strikes('app newer than the register'));
			if (this.#later.get(id) === true) envelope.v = wireVersion + 1;
		}
		return request;
	}

	async pull(request: PullRequest): Promise<PullAnswer> {
		this.#setOut();
		const answer = this.#answered(() =>
			this.#council.register.pull(this.#sender(), pullRequest.parse(travelled(request)))
		);
		if (this.#strikes('pull cut')) this.#cutShort(answer);
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
		if (this.#strikes('upload forgotten')) this.#council.forgetParts();
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
		if (this.#strikes('upload cut')) {
			const half = rest.slice(0, Math.floor(rest.byteLength / 2));
			if (half.byteLength > 0) await this.#patch(place, offset, half);
			throw new Unreachable('cut half way');
		}
		if (rest.byteLength > 0 && this.#strikes('upload damaged')) {
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
		const request = new Request(`http://register.example${path}`, {
			method,
			headers: { 'tus-resumable': '1.0.0', ...headers },
			...(body === null ? {} : { body })
		});
		return this.#council.uploads.answer(request, this.#officer).catch((error: unknown) => {
			throw this.#faultOfMachine(error);
		});
	}
}
