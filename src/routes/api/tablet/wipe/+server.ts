import { z } from 'zod';
import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { readBody } from '#lib/server/intake/body.ts';
import { DeviceLocks } from '#lib/server/sealing/device-locks.ts';
import { provenDevice, wordHeader } from '#lib/server/sealing/device-word.ts';
import type { RequestHandler } from './$types';

const said = z.discriminatedUnion('what', [
	z.strictObject({
		what: z.enum(['handed-over', 'not-all']),
		things: z.number().int().nonnegative(),
		not: z.number().int().nonnegative()
	}),
	z.strictObject({ what: z.literal('wiped') })
]);

/** How far a tablet is that is to be wiped. */
export const POST: RequestHandler = async ({ request, locals: { council } }) => {
	const device = provenDevice(council.register, request.headers.get(wordHeader));
	if (device === null) return problemAnswer(403, 'The register does not know this tablet.');
	const sent: unknown = await readBody(request, 4 * 1024)
		.then((bytes): unknown => JSON.parse(new TextDecoder().decode(bytes)))
		.catch(() => null);
	const read = said.safeParse(sent);
	if (!read.success) return problemAnswer(400, 'What was sent could not be read.');
	const { what, ...count } = read.data;
	const noted = new DeviceLocks(council.register).did(
		device,
		what,
		new Date(),
		'things' in count ? count : null
	);
	return noted
		? Response.json({ noted })
		: problemAnswer(409, 'Nobody has ordered this tablet to be wiped.');
};
