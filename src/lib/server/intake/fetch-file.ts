import { lookup } from 'node:dns/promises';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { isPublicAddress } from './public-address.ts';

/** Where files may be fetched from, and how. */
export interface FetchRules {
	/** host names, with a port when it is not 443; `*.example.org` means every name under it */
	hosts: readonly string[];
	/** milliseconds for one file */
	patience: number;
	/** bytes */
	largest: number;
	/** every address of a host name */
	resolve: (host: string) => Promise<readonly string[]>;
	mayConnect: (address: string) => boolean;
	/** a certificate authority besides the well-known ones */
	ca?: string;
}

const mebibyte = 1024 * 1024;
const mostRedirects = 3;

export function fetchRules(hosts: readonly string[]): FetchRules {
	return {
		hosts,
		patience: 60_000,
		largest: 200 * mebibyte,
		resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
		mayConnect: isPublicAddress
	};
}

/** A file that could not be fetched: a sentence for the officer who misses it. */
export class NotFetched extends Error {}

/**
 * Fetches one file by https into `into`, from allowed hosts and public addresses only.
 * The address that was judged is the address that is called, so that a name cannot point
 * elsewhere between the two; each redirect is judged anew.
 */
export async function fetchFile(address: string, into: string, rules: FetchRules): Promise<void> {
	const patience = AbortSignal.timeout(rules.patience);
	try {
		let url = parsed(address, null);
		for (let redirects = 0; ; redirects += 1) {
			const answer = await ask(url, await vetted(url, rules), rules, patience);
			const status = answer.statusCode ?? 0;
			if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
				answer.destroy();
				if (redirects === mostRedirects)
					throw new NotFetched(`${url.host} sends us from one address to the next without end.`);
				url = parsed(answer.headers.location, url);
				continue;
			}
			await save(answer, into, url.host, rules, patience);
			return;
		}
	} catch (error) {
		if (error instanceof NotFetched) throw error;
		if (patience.aborted)
			throw new NotFetched(`The file did not arrive within ${rules.patience / 1000} seconds.`);
		throw error;
	}
}

function parsed(address: string, base: URL | null): URL {
	const url = URL.parse(address, base ?? undefined);
	if (url === null) throw new NotFetched('The address in the submission is not a web address.');
	if (url.protocol !== 'https:')
		throw new NotFetched('Files are fetched by https only, and this address is not.');
	return url;
}

const isAllowed = (host: string, hosts: readonly string[]): boolean =>
	hosts.some((allowed) =>
		allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed
	);

/** The address to call, judged. */
async function vetted(url: URL, rules: FetchRules): Promise<string> {
	if (!isAllowed(url.host, rules.hosts))
		throw new NotFetched(
			`This server is not set to fetch files from ${url.host} (DOCUMENT_HOSTS). Upload the file by hand, or ask the person who runs the server.`
		);
	const name = url.hostname.replace(/^\[|\]$/g, '');
	let addresses: readonly string[];
	try {
		addresses = isIP(name) === 0 ? await rules.resolve(name) : [name];
	} catch {
		throw new NotFetched(`The host ${url.host} could not be found.`);
	}
	const [first] = addresses;
	if (first === undefined) throw new NotFetched(`The host ${url.host} could not be found.`);
	if (!addresses.every(rules.mayConnect))
		throw new NotFetched(`${url.host} points into a private network, and is not called.`);
	return first;
}

function ask(
	url: URL,
	address: string,
	rules: FetchRules,
	patience: AbortSignal
): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const call = request(
			url,
			{
				agent: false,
				signal: patience,
				headers: { accept: '*/*', 'user-agent': 'BoPS' },
				...(rules.ca === undefined ? {} : { ca: rules.ca }),
				lookup: (_host, options, answer) => {
					const family = isIP(address);
					if (options.all === true) answer(null, [{ address, family }]);
					else answer(null, address, family);
				}
			},
			resolve
		);
		call.on('error', (error) => {
			reject(
				patience.aborted ? error : new NotFetched(`${url.host} did not answer (${error.message}).`)
			);
		});
		call.end();
	});
}

async function save(
	answer: IncomingMessage,
	into: string,
	host: string,
	{ largest }: FetchRules,
	patience: AbortSignal
): Promise<void> {
	const no = (sentence: string): NotFetched => {
		answer.destroy();
		return new NotFetched(sentence);
	};
	if (answer.statusCode !== 200)
		throw no(`${host} did not give the file (it answered ${answer.statusCode}).`);
	if (/^text\/html\b/i.test(answer.headers['content-type'] ?? ''))
		throw no(`${host} gave a web page instead of the file; it may ask for a sign-in.`);
	const tooLarge = `The file is larger than ${largest / mebibyte} MB, which is more than the register takes.`;
	if (Number(answer.headers['content-length'] ?? 0) > largest) throw no(tooLarge);
	let size = 0;
	await pipeline(
		answer,
		async function* (parts: AsyncIterable<Buffer>) {
			for await (const part of parts) {
				size += part.byteLength;
				if (size > largest) throw new NotFetched(tooLarge);
				yield part;
			}
		},
		createWriteStream(into),
		{ signal: patience }
	);
	if (size === 0) throw new NotFetched(`${host} gave an empty file.`);
}
