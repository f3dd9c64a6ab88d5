import type { RequestHandler } from './$types';
import { receiveSubmission } from '#lib/server/intake/receive-submission.ts';
import { running } from '#lib/server/process.ts';

export const POST: RequestHandler = ({ request }) =>
	receiveSubmission(request, running().installation.councils(), new Date());
