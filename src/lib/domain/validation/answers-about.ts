import type { SubmittedAnswer } from '#lib/domain/submission.ts';
import type { Checking, Evidence } from './check.ts';

/**
 * Answers to questions that speak of something, for a person to read: questions are worded by
 * each sender, so their words are evidence and never a fact.
 */
export const answersAbout = ({ held }: Checking, words: RegExp): SubmittedAnswer[] =>
	held.submission?.answers.filter(
		({ question, answers }) => words.test(question) && answers.some((one) => one.trim() !== '')
	) ?? [];

export const asAnswer = ({ question, answers }: SubmittedAnswer): Evidence => ({
	kind: 'answer',
	question,
	answer: answers.join('; ')
});
