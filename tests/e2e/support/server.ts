import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** A port nobody listens on now. Kept by its server over restarts, as a council's address is. */
export async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}

/** The real server, `node server.mjs`, in a process of its own that can be killed and started again. */
export class Server {
	readonly dataDir: string;
	readonly port: number;
	/** the checkout whose build is served */
	#root: string;
	readonly #env: NodeJS.ProcessEnv;
	/** a program and its arguments that runs the server, to watch it */
	readonly #under: readonly string[];
	#process: ChildProcess | null = null;
	/** everything it printed, for a failed test's report */
	output = '';

	constructor(
		dataDir: string,
		port: number,
		options: { root?: string; env?: NodeJS.ProcessEnv; under?: readonly string[] } = {}
	) {
		this.dataDir = dataDir;
		this.port = port;
		this.#root = options.root ?? process.cwd();
		this.#env = options.env ?? {};
		this.#under = options.under ?? [];
	}

	get origin(): string {
		return `http://localhost:${this.port}`;
	}

	/** The process itself, to be looked at while it runs. */
	get pid(): number {
		if (this.#process?.pid === undefined) throw new Error('The server is not running.');
		return this.#process.pid;
	}

	get running(): boolean {
		return this.#process !== null;
	}

	/** Resolves when `/health` answers 200. Another `root` serves another build from here on. */
	async start(root = this.#root): Promise<void> {
		this.#root = root;
		const [program = process.execPath, ...args] = [...this.#under, process.execPath, 'server.mjs'];
		const server = spawn(program, args, {
			cwd: root,
			env: {
				...process.env,
				PORT: String(this.port),
				DATA_DIR: this.dataDir,
				PASSWORD_SIGN_IN: '1',
				LOG_LEVEL: 'warn',
				...this.#env
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#process = server;
		server.stdout.on('data', (text: Buffer) => (this.output += text.toString()));
		server.stderr.on('data', (text: Buffer) => (this.output += text.toString()));
		server.on('exit', () => {
			if (this.#process === server) this.#process = null;
		});
		for (let tries = 0; tries < 300; tries += 1) {
			if (this.#process === null) throw new Error(`The server stopped at once:\n${this.output}`);
			const health = await fetch(`${this.origin}/health`).catch(() => null);
			if (health?.ok === true) return;
			await wait(100);
		}
		throw new Error(`The server did not become healthy in 30 s:\n${this.output}`);
	}

	/** As when the power goes: no warning, nothing is tidied up. */
	kill(): Promise<void> {
		return this.#end('SIGKILL');
	}

	/** As an operator stops it. */
	stop(): Promise<void> {
		return this.#end('SIGTERM');
	}

	async #end(signal: NodeJS.Signals): Promise<void> {
		const server = this.#process;
		if (server === null) return;
		const ended = once(server, 'exit');
		server.kill(signal);
		await ended;
		this.#process = null;
	}
}
