import type { SubmittedAnswer } from '#lib/domain/submission.ts';
import type { Part } from './reading.ts';

const mostCharacters = 300_000;

/** Every question the applicant was asked, with what they answered and what the sender noted of it. */
export function readAnswers(responses: Part): SubmittedAnswer[] {
	let characters = 0;
	const answers: SubmittedAnswer[] = [];
	for (const one of responses.items(2_000, 'answers')) {
		if (characters > mostCharacters) {
			responses.reading.gap(
				`Only the first ${answers.length} answers are listed as such; there is too much text for the rest.`
			);
			break;
		}
		const answer = readAnswer(one);
		if (answer === null) continue;
		characters += JSON.stringify(answer).length;
		answers.push(answer);
	}
	return answers;
}

function readAnswer(one: Part): SubmittedAnswer | null {
	const question = one.at('question').text(2_000);
	const given = one.at('responses');
	const values = Array.isArray(given.value)
		? given.items(500, 'answers to one question').map(readValue)
		: [readValue(given)];
	const answers = values.flatMap(({ value }) => (value === null ? [] : [value]));
	if (question === null && answers.length === 0) return null;
	const metadata = one.at('metadata');
	const automatic = metadata.at('autoAnswered');
	if (typeof automatic.value === 'boolean') automatic.take();
	return {
		section: metadata.at('sectionName').text(300),
		question: question ?? '',
		answers,
		autoAnswered: automatic.value === true,
		notes: [
			...readPolicies(metadata.at('policyRefs')),
			...readList(metadata.at('tags'), 'Tag'),
			...readList(metadata.at('flags'), 'Flag'),
			...readNote(metadata.at('notes')),
			...values.flatMap(({ flags }) => flags)
		]
	};
}

function readValue(one: Part): { value: string | null; flags: string[] } {
	if (typeof one.value !== 'object')
		return { value: one.stated ? one.words(20_000) : null, flags: [] };
	return {
		value: one.at('value').words(20_000),
		flags: readList(one.at('metadata', 'flags'), 'Flag')
	};
}

function readPolicies(list: Part): string[] {
	if (!Array.isArray(list.value)) return [];
	return list.items(50, 'policy references').flatMap((one) => {
		const text = one.at('text').text(1_000);
		const url = one.at('url').text(2_000);
		if (text === null && url === null) return [];
		return [
			text === null || text === url
				? `Policy: ${url ?? text}`
				: url === null
					? `Policy: ${text}`
					: `Policy: ${text} (${url})`
		];
	});
}

function readList(list: Part, called: string): string[] {
	if (!Array.isArray(list.value)) return [];
	return list.items(50, `${called.toLowerCase()}s`).flatMap((one) => {
		const text = one.text(1_000);
		return text === null ? [] : [`${called}: ${text}`];
	});
}

function readNote(note: Part): string[] {
	const text = typeof note.value === 'string' ? note.text(5_000) : null;
	return text === null ? [] : [`Note: ${text}`];
}
