import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

const page = `<!doctype html><title>Floor</title><script type="module">
import { Dexie } from '/dexie.mjs';
window.Dexie = Dexie;
const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
const utf8 = new TextEncoder();
window.floor = {
	async seal(bytes, name) {
		const iv = crypto.getRandomValues(new Uint8Array(12));
		const additionalData = utf8.encode(name);
		return crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
	},
	async stretch(iterations) {
		const pin = await crypto.subtle.importKey('raw', utf8.encode('garden4821'), 'PBKDF2', false, ['deriveBits']);
		const salt = crypto.getRandomValues(new Uint8Array(16));
		return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, pin, 256);
	}
};
</script>`;

/** A server that does nothing but carry bytes: what nobody can do without. */
export class FloorServer {
	readonly #folder: string;
	readonly #photoBytes: number;
	readonly #server = createServer((request, response) => {
		this.#answer(request, response).catch((problem: unknown) => {
			response.writeHead(500).end(String(problem));
		});
	});
	readonly #bodies: string[] = [];
	#files = 0;

	private constructor(folder: string, photoBytes: number) {
		this.#folder = folder;
		this.#photoBytes = photoBytes;
		mkdirSync(folder, { recursive: true });
	}

	static async start(folder: string, photoBytes: number): Promise<FloorServer> {
		const floor = new FloorServer(folder, photoBytes);
		// as long as the register keeps them
		floor.#server.keepAliveTimeout = 75_000;
		floor.#server.listen(0, '127.0.0.1');
		await once(floor.#server, 'listening');
		return floor;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Keeps recorded answers; gives their addresses. */
	keep(bodies: readonly string[]): string[] {
		return bodies.map((body) => `/recorded/${this.#bodies.push(body) - 1}`);
	}

	stop(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = request.url ?? '/';
		const send = (type: string, body: string | Buffer) =>
			response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
		if (request.method === 'PUT') {
			await this.#write(await buffer(request));
			response.writeHead(204).end();
		} else if (path === '/') send('text/html', page);
		else if (path === '/dexie.mjs')
			send('text/javascript', readFileSync('node_modules/dexie/dist/dexie.mjs'));
		else if (path.startsWith('/recorded/'))
			send('application/json', this.#bodies[Number(path.slice(10))] ?? '');
		else if (path === '/photograph')
			send('application/octet-stream', randomBytes(this.#photoBytes));
		else response.writeHead(404).end();
	}

	/** On the disk, not only on its way there, when this resolves. */
	async #write(bytes: Buffer): Promise<void> {
		const file = await open(join(this.#folder, String((this.#files += 1))), 'w');
		try {
			await file.writeFile(bytes);
			await file.sync();
		} finally {
			await file.close();
		}
	}
}
