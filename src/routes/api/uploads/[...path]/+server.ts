import type { RequestHandler } from './$types';
import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { bytesOf } from '#lib/server/blobs/council-bytes.ts';

/** Resumable uploads by tus; the bytes of photos and documents whose words have arrived. */
const answer: RequestHandler = ({ request, locals }) =>
	locals.officer === null
		? problemAnswer(401, 'You are not signed in, or your session has ended. Sign in and try again.')
		: bytesOf(locals.council).uploads.answer(request, locals.officer, (err) => {
				locals.log.error({ council: locals.council.code, err }, 'an upload failed');
			});

export const POST = answer;
export const HEAD = answer;
export const PATCH = answer;
