// Starts the built app: checks everything it needs first, says all that is wrong at once,
// adds headers to what SvelteKit's adapter serves by itself, and stops cleanly.
import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const pinnedNode = resolve(root, 'node_modules/.bin/node');

// the register runs TypeScript as it stands, and better-sqlite3 breaks on Node 20 without a word
if (process.features.typescript) await start();
else if (existsSync(pinnedNode)) runAgainOn(pinnedNode);
else {
	console.error(
		`BoPS needs Node 24 (or 22.18 and later); this is ${process.version}. ` +
			'Run "npm ci" here, which brings one, or install a newer Node.'
	);
	process.exitCode = 1;
}

/** @param {string} node */
function runAgainOn(node) {
	// the channel tells the child when we are killed without a word: it must not keep the port
	const child = spawn(node, process.argv.slice(1), {
		stdio: ['inherit', 'inherit', 'inherit', 'ipc']
	});
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
		process.on(signal, () => child.kill(signal));
	child.on('exit', (code, signal) => {
		process.exitCode = code ?? (signal === null ? 1 : 128);
	});
}

async function start() {
	// a folder given relative to where the operator stands, before we stand elsewhere
	if (process.env['DATA_DIR']) process.env['DATA_DIR'] = resolve(process.env['DATA_DIR']);
	process.chdir(root);
	const { readConfiguration } = await import('./src/lib/server/configuration.ts');
	const { answerHeaders } = await import('./src/lib/server/api/answer-headers.ts');
	const { configuration, problems } = readConfiguration(process.env);
	if (!existsSync('build/handler.js'))
		problems.push('The app has not been built. Build it with "npm run build".');

	/** @type {(handler: import('node:http').RequestListener) => void} */
	let open = () => {};
	/** @type {Promise<import('node:http').RequestListener>} */
	const opened = new Promise((resolve) => (open = resolve));
	const server = createServer(
		{
			// an upload over a bad line may take its time; a request that only dribbles its headers may not
			headersTimeout: 20_000,
			requestTimeout: 10 * 60_000,
			keepAliveTimeout: 75_000
		},
		(request, response) => {
			void opened.then((handler) => handler(request, response));
		}
	);
	if (problems.length === 0) {
		const busy = await listen(server, configuration);
		if (busy !== null) problems.push(busy);
	}
	if (problems.length > 0) return refuseToStart(problems);

	// what the adapter reads when it is loaded
	process.env['BODY_SIZE_LIMIT'] ??= '32M';
	const trustedProxy = process.env['PROTOCOL_HEADER'] !== undefined;
	if (!trustedProxy) process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
	/** @type {{ handler: import('node:http').RequestListener }} */
	let app;
	try {
		app = await import(new URL('build/handler.js', import.meta.url).href);
	} catch (error) {
		server.close();
		return refuseToStart([error instanceof Error ? error.message : String(error)]);
	}

	const { keepBuild } = await import('./src/lib/server/earlier-builds.ts');
	const earlier = keepBuild(
		resolve('build/client/_app/immutable'),
		resolve(configuration.dataDir, 'earlier-builds'),
		new Date()
	);

	const httpsByOrigin = configuration.origin?.startsWith('https:') === true;
	open((request, response) => {
		// without a proxy we know how we were reached, whatever the client claims
		if (!trustedProxy) request.headers['x-forwarded-proto'] = 'http';
		const forwarded = request.headers[process.env['PROTOCOL_HEADER'] ?? ''];
		const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
		for (const [name, value] of Object.entries(
			answerHeaders(path, httpsByOrigin || forwarded === 'https')
		))
			response.setHeader(name, value);
		nameType(path, response);
		const found = request.method === 'GET' ? earlier.find(path) : null;
		if (found !== null) {
			response.writeHead(200, {
				'content-type': found.type,
				'cache-control': 'public, max-age=31536000, immutable'
			});
			createReadStream(found.file)
				.on('error', () => response.destroy())
				.pipe(response);
			return;
		}
		response.once('finish', () => letGo(request));
		app.handler(request, response);
	});

	stopOnSignals(server);
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : configuration.port;
	console.log(`BoPS is at ${configuration.origin ?? `http://localhost:${port}`}`);
}

/**
 * @param {import('node:http').Server} server
 * @param {import('./src/lib/server/configuration.ts').Configuration} configuration
 * @returns {Promise<string | null>} why it cannot listen, in words
 */
function listen(server, { port, host }) {
	return new Promise((resolve) => {
		server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
			if (error.code === 'EADDRINUSE')
				resolve(`PORT ${port} is in use by another program. Stop it, or set PORT to another.`);
			else if (error.code === 'EACCES')
				resolve(
					`This user may not listen on PORT ${port}; ports below 1024 need a proxy in front.`
				);
			else resolve(`It cannot listen on ${host ?? 'this machine'}:${port}: ${error.message}.`);
		});
		server.listen({ port, ...(host === null ? {} : { host }) }, () => resolve(null));
	});
}

/** @param {string[]} problems */
function refuseToStart(problems) {
	console.error('BoPS did not start:');
	for (const problem of problems) console.error(`  - ${problem}`);
	process.exitCode = 1;
}

/** How long a sender may go on sending what has been refused already, milliseconds. */
const longestFarewell = 30_000;

/**
 * A refused upload is answered before it has all arrived. The rest is read and dropped, because a
 * sender still sending does not hear the answer; but not for ever.
 * @param {import('node:http').IncomingMessage} request
 */
function letGo(request) {
	if (request.complete) return;
	request.removeAllListeners('data');
	request.resume();
	setTimeout(() => {
		if (!request.complete) request.destroy();
	}, longestFarewell).unref();
}

/**
 * The adapter has no name for map archives, and without one `nosniff` makes a browser refuse them.
 * @param {string} path
 * @param {import('node:http').ServerResponse} response
 */
function nameType(path, response) {
	if (!path.endsWith('.pmtiles')) return;
	const writeHead = response.writeHead.bind(response);
	response.writeHead = /** @type {typeof response.writeHead} */ (
		(/** @type {number} */ status, /** @type {Record<string, string>} */ headers) =>
			writeHead(status, { ...headers, 'Content-Type': 'application/vnd.pmtiles' })
	);
}

/** @param {import('node:http').Server} server */
function stopOnSignals(server) {
	let stopping = false;
	const stop = () => {
		if (stopping) return;
		stopping = true;
		// open event streams end first, or closing would wait for them
		process.emit(/** @type {any} */ ('sveltekit:shutdown'), /** @type {any} */ ('SIGTERM'));
		server.close(() => process.exit(0));
		// a connection becomes idle when its last answer, or its stream, has ended
		setInterval(() => server.closeIdleConnections(), 50);
		setTimeout(() => server.closeAllConnections(), 5_000).unref();
	};
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
	// started by a program that has ended (see runAgainOn)
	process.on('disconnect', stop);
	process.channel?.unref();
}
