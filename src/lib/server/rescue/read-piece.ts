import {
	readBegin,
	readFrom,
	readItems,
	type Begin,
	type Item
} from '#lib/commands/rescue-file.ts';
import { readBody } from '../intake/body.ts';

/** A request of handing in is smaller than what the server takes at most, bytes. */
const longest = 16 * 1024 * 1024;

/**
 * What one request hands in.
 * @throws BodyTooLarge, RescueFileProblem
 */
export async function readPiece(
	request: Request
): Promise<{ begin: Begin; items: AsyncIterable<Item> }> {
	const body = await readBody(request, longest);
	const read = readFrom(body);
	const { begin, at } = await readBegin(read, body.byteLength);
	return { begin, items: readItems(read, at, body.byteLength) };
}
