/** Why a body was not taken in. */
export class BodyTooLarge extends Error {}

/**
 * Reads a request's body, keeping no byte beyond the limit. The rest is read and let go, as far
 * as the server lets it come: a sender still sending would not hear the answer.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
	if (Number(request.headers.get('content-length') ?? 0) > limit) throw new BodyTooLarge();
	let parts: Uint8Array[] = [];
	let size = 0;
	try {
		if (request.body !== null)
			for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
				size += part.byteLength;
				if (size > limit) parts = [];
				else parts.push(part);
			}
	} catch (error) {
		// the server's own limit, above ours, ends the stream with a fault
		if (size <= limit) throw error;
	}
	if (size > limit) throw new BodyTooLarge();
	return Buffer.concat(parts);
}
