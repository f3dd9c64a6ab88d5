import { Agent, request } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Cursor, PulledRecord } from '#lib/commands/protocol.ts';
import type { SearchQuery } from '#lib/server/register/search.ts';
import { email, password, type Who } from '../e2e/support/council.ts';

const pull = '/api/trpc/sync.pull';
/** How many ask at once when polls are counted. */
const askers = 8;

interface Answer {
	result: { data: { cursor: Cursor; more: boolean; records: PulledRecord[] } };
}

/** A signed-in caller that speaks to the server as a device does, without a browser. */
export class RegisterClient {
	readonly #origin: string;
	readonly #agent = new Agent({ keepAlive: true, maxSockets: askers });
	readonly #device = v7();
	#cookie = '';

	constructor(origin: string) {
		this.#origin = origin;
	}

	async signIn(who: Who): Promise<void> {
		const response = await fetch(`${this.#origin}/api/session`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin: this.#origin },
			body: JSON.stringify({ email: email(who), password })
		});
		if (!response.ok) throw new Error(`Not signed in: ${await response.text()}`);
		this.#cookie = response.headers
			.getSetCookie()
			.map((one) => one.split(';', 1)[0])
			.join('; ');
	}

	/** Everything after a place, as the bodies of the answers. */
	async pull(from: Cursor): Promise<{ bodies: string[]; cursor: Cursor }> {
		const bodies: string[] = [];
		for (let cursor = from; ;) {
			const body = await this.#ask('POST', pull, this.#asked(cursor));
			bodies.push(body);
			const { data } = (JSON.parse(body) as Answer).result;
			cursor = data.cursor;
			if (!data.more) return { bodies, cursor };
		}
	}

	/** Searches the register; milliseconds until the answer is here. */
	async search(query: SearchQuery): Promise<number> {
		const began = performance.now();
		await this.#ask('POST', '/api/trpc/register.search', JSON.stringify(query));
		return performance.now() - began;
	}

	/** Polls a second with nothing new. */
	polls(cursor: Cursor, seconds: number): Promise<number> {
		const body = this.#asked(cursor);
		return this.#perSecond(seconds, () => this.#ask('POST', pull, body));
	}

	/** A file of the same server, asked for in the same way. */
	files(path: string, seconds: number): Promise<number> {
		return this.#perSecond(seconds, () => this.#ask('GET', path, null));
	}

	close(): void {
		this.#agent.destroy();
	}

	#asked(cursor: Cursor): string {
		return JSON.stringify({ device: this.#device, cursor });
	}

	async #perSecond(seconds: number, ask: () => Promise<string>): Promise<number> {
		let answered = 0;
		let over = false;
		const began = performance.now();
		const asking = Array.from({ length: askers }, async () => {
			while (!over) {
				await ask();
				answered += 1;
			}
		});
		await Promise.race([wait(seconds * 1000), Promise.all(asking)]);
		over = true;
		await Promise.all(asking);
		return answered / ((performance.now() - began) / 1000);
	}

	async #ask(method: string, path: string, body: string | null): Promise<string> {
		const asked = request(`${this.#origin}${path}`, {
			method,
			agent: this.#agent,
			headers: {
				cookie: this.#cookie,
				origin: this.#origin,
				...(body === null ? {} : { 'content-type': 'application/json' })
			}
		});
		asked.end(body ?? undefined);
		const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
		const answer = await text(response);
		if (response.statusCode !== 200)
			throw new Error(`${path} answered ${String(response.statusCode)}: ${answer.slice(0, 300)}`);
		return answer;
	}
}
