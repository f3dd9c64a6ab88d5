import { pushBudget } from '#lib/commands/protocol.ts';
import {
	entryHead,
	rescueMark,
	type Begin,
	type BytesHead,
	type Item,
	type TakenIn
} from '#lib/commands/rescue-file.ts';

/** A photograph travels in pieces of this many bytes, and goes on where it was cut. */
const piece = 4 * 1024 * 1024;
const overhead = 4_096;

/** Sends one piece to the register and gives its answer for each thing in it. */
export type HandOver = (piece: Uint8Array<ArrayBuffer>[]) => Promise<TakenIn[]>;

/**
 * Hands things over to the register, in order, from a tablet or from a file. Each is answered for
 * before the next goes; who is cut off begins again, and what the register has is not sent twice.
 *
 * @throws whatever `send` throws; what was answered before is with the register
 * @yields what became of each thing
 */
export async function* handIn(
	begin: Begin,
	items: AsyncIterable<Item>,
	send: HandOver
): AsyncGenerator<TakenIn> {
	const post = (parts: Uint8Array<ArrayBuffer>[], entries: number) =>
		send([rescueMark, entryHead({ ...begin, entries }, 0), ...parts, entryHead({ is: 'end' }, 0)]);
	let waiting: Uint8Array<ArrayBuffer>[] = [];
	let [things, room] = [0, 0];
	const flush = async () => {
		const answers = things === 0 ? [] : await post(waiting, things);
		[waiting, things, room] = [[], 0, 0];
		return answers;
	};
	const source = items[Symbol.asyncIterator]();
	for (;;) {
		let next: IteratorResult<Item>;
		try {
			next = await source.next();
		} catch (problem) {
			// what could be read goes all the same
			yield* await flush();
			throw problem;
		}
		if (next.done === true) break;
		const item = next.value;
		const { head, size } = item;
		if (head.is === 'bytes') {
			yield* await flush();
			yield await bytes(head, item, post);
			continue;
		}
		if (things >= pushBudget.commands || room + size > pushBudget.bytes) yield* await flush();
		waiting.push(entryHead(head, size), await item.body());
		things++;
		room += size + overhead;
	}
	yield* await flush();
}

async function bytes(
	head: BytesHead,
	item: Item,
	post: (parts: Uint8Array<ArrayBuffer>[], entries: number) => Promise<TakenIn[]>
): Promise<TakenIn> {
	const one = async (from: number, body: Uint8Array<ArrayBuffer>) => {
		const [answer] = await post([entryHead({ ...head, from }, body.byteLength), body], 1);
		if (answer === undefined) throw new Error('The register did not answer for these bytes.');
		return answer;
	};
	// asked first: what the register has is not sent again
	let answer = await one(0, new Uint8Array());
	let body: Uint8Array<ArrayBuffer> | null = null;
	while (answer.came === 'wanted') {
		body ??= await item.body();
		const { from } = answer;
		answer = await one(from, body.slice(from, from + piece));
		// a register that asks for the same again and again would be asked for ever
		if (answer.came === 'wanted' && answer.from <= from)
			throw new Error('The register lost what had arrived of these bytes.');
	}
	return answer;
}
