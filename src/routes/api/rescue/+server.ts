import { may } from '#lib/domain/permissions.ts';
import { refusalWords } from '#lib/domain/refusal.ts';
import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { whyNotTaken } from '#lib/server/rescue/answers.ts';
import { readPiece } from '#lib/server/rescue/read-piece.ts';
import { takeIn } from '#lib/server/rescue/take-in.ts';
import type { RequestHandler } from './$types';

/** A piece of a rescue file, from the screen that imports it. */
export const POST: RequestHandler = async ({ request, locals }) => {
	const { officer, council } = locals;
	if (officer === null)
		return problemAnswer(
			401,
			'You are not signed in, or your session has ended. Sign in and try again.'
		);
	if (may(officer, 'import-rescue', false) !== 'yes')
		return problemAnswer(403, refusalWords['not-permitted']);
	try {
		const { begin, items } = await readPiece(request);
		const taken = await takeIn(council, begin, items, {
			by: officer.id,
			held: null,
			now: new Date()
		});
		return Response.json({ taken });
	} catch (problem) {
		return whyNotTaken(problem);
	}
};
