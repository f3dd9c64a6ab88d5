import { RescueFileProblem } from '#lib/commands/rescue-file.ts';
import { problemAnswer } from '../api/problem-answers.ts';
import { diskFull, isDiskFull } from '../blobs/upload-problem.ts';
import { BodyTooLarge } from '../intake/body.ts';
import { HandInProblem } from './hand.ts';

/** The answer for what stopped a handing in; what was answered for before it is kept. */
export function whyNotTaken(problem: unknown): Response {
	if (problem instanceof HandInProblem) return problemAnswer(409, problem.message);
	if (problem instanceof RescueFileProblem) return problemAnswer(400, problem.message);
	if (problem instanceof BodyTooLarge)
		return problemAnswer(413, 'This is more than the register takes in one go.');
	if (isDiskFull(problem)) return problemAnswer(diskFull.status_code, diskFull.body);
	throw problem;
}
