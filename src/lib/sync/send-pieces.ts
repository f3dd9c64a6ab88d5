import type { TakenIn } from '#lib/commands/rescue-file.ts';
import type { HandOver } from './hand-in.ts';

/** The register did not take something that was handed in; the message is its sentence, or ours. */
export class NotTaken extends Error {
	override name = 'NotTaken';
	/** HTTP status; null when no answer of the register itself came */
	readonly status: number | null;
	constructor(status: number | null, sentence: string) {
		super(sentence);
		this.status = status;
	}
}

const cut =
	'The connection to the council’s register was cut. What had gone in is kept there, and nothing goes in twice: choose the file again to go on.';

/** A piece that is not answered for so long is taken for lost, milliseconds. */
const longestExchange = 120_000;

/** Sends pieces to an address of the register. @throws NotTaken */
export const sendTo =
	(
		address: string,
		headers: Record<string, string>,
		fetching: typeof globalThis.fetch = (...request) => globalThis.fetch(...request)
	): HandOver =>
	async (piece) => {
		let response: Response;
		let answer: { taken?: TakenIn[]; message?: string };
		try {
			response = await fetching(address, {
				method: 'POST',
				headers: { 'content-type': 'application/octet-stream', ...headers },
				body: new Blob(piece),
				signal: AbortSignal.timeout(longestExchange)
			});
			answer = (await response.json()) as typeof answer;
		} catch {
			throw new NotTaken(null, cut);
		}
		if (response.ok && answer.taken !== undefined) return answer.taken;
		throw new NotTaken(response.status, answer.message ?? cut);
	};
