import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import type { Report } from './report.ts';

const page =
	'<!doctype html><meta charset="utf-8"><title>Storage suite</title><body><script type="module" src="/api/suite/page.js"></script>';

/** The page's code as one file, from the application's own modules. */
async function bundle(): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: 'error',
		build: {
			write: false,
			target: 'es2023',
			lib: { entry: 'tests/storage/page.ts', formats: ['es'], fileName: 'page' }
		}
	});
	const [first] = [built].flat();
	if (first === undefined || !('output' in first)) throw new Error('Nothing was built.');
	return first.output[0].code;
}

/**
 * The application's own origin as a browser sees it: everything comes from the real server, and
 * the suite's page lies under /api, which the service worker leaves alone.
 */
export class Site {
	readonly #server = createServer((asked, answer) => void this.#answer(asked, answer));
	readonly #application: number;
	readonly #code: string;
	#heard: (report: Report) => void = () => undefined;
	/** true from when the page says so: nobody is there but the suite */
	#gone = false;

	private constructor(application: number, code: string) {
		this.#application = application;
		this.#code = code;
	}

	/** @param application port of the real server */
	static async before(application: number): Promise<Site> {
		const site = new Site(application, await bundle());
		site.#server.listen(0, '127.0.0.1');
		await once(site.#server, 'listening');
		return site;
	}

	address(phase: Report['phase']): string {
		const { port } = this.#server.address() as AddressInfo;
		return `http://localhost:${port}/api/suite?phase=${phase}`;
	}

	/** What the next page that is done tells. */
	report(): Promise<Report> {
		return new Promise((resolve) => (this.#heard = resolve));
	}

	close(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}

	async #answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
		const path = asked.url ?? '/';
		const type = { 'cache-control': 'no-store' };
		if (path.startsWith('/api/suite/report')) {
			this.#heard(JSON.parse(await text(asked)) as Report);
			answer.end();
		} else if (path.startsWith('/api/suite/gone')) {
			this.#gone = true;
			answer.end();
		} else if (path.startsWith('/api/suite/page.js'))
			answer.writeHead(200, { ...type, 'content-type': 'text/javascript' }).end(this.#code);
		else if (path.startsWith('/api/suite'))
			answer.writeHead(200, { ...type, 'content-type': 'text/html' }).end(page);
		else if (this.#gone) asked.socket.destroy();
		else this.#pass(asked, answer);
	}

	#pass(asked: IncomingMessage, answer: ServerResponse): void {
		const { method, url: path, headers } = asked;
		const onward = request(
			{ host: '127.0.0.1', port: this.#application, method, path, headers },
			(heard) => {
				const given = { ...heard.headers };
				// the suite looks at the application through a frame, which its policy forbids to others
				delete given['content-security-policy'];
				delete given['x-frame-options'];
				answer.writeHead(heard.statusCode ?? 502, given);
				heard.pipe(answer);
			}
		);
		onward.on('error', () => answer.destroy());
		asked.pipe(onward);
	}
}
