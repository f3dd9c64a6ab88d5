import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { whyNotTaken } from '#lib/server/rescue/answers.ts';
import { takeInBeforeWiping } from '#lib/server/rescue/before-wiping.ts';
import { readPiece } from '#lib/server/rescue/read-piece.ts';
import { DeviceLocks } from '#lib/server/sealing/device-locks.ts';
import { provenDevice, wordHeader } from '#lib/server/sealing/device-word.ts';
import type { RequestHandler } from './$types';

/** What is on a tablet that is to be wiped, from the tablet itself; nobody is signed in on it. */
export const POST: RequestHandler = async ({ request, locals: { council } }) => {
	const device = provenDevice(council.register, request.headers.get(wordHeader));
	if (device === null) return problemAnswer(403, 'The register does not know this tablet.');
	// asked before the body is read: who has no order has nothing to send
	if (!new DeviceLocks(council.register).isToBeWiped(device))
		return problemAnswer(409, 'Nobody has ordered this tablet to be wiped.');
	try {
		const piece = await readPiece(request);
		return Response.json({ taken: await takeInBeforeWiping(council, device, piece, new Date()) });
	} catch (problem) {
		return whyNotTaken(problem);
	}
};
