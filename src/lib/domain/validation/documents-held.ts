import type { CaseDocument } from '#lib/domain/case-document.ts';
import { documentTagGroup } from '#lib/domain/document-tag.ts';
import type { Evidence } from './check.ts';

/** How something may be found among the documents of a case. */
export interface Sought {
	/** tags that say it outright */
	tags: readonly string[];
	/** tags of documents that often hold it among other things */
	within?: readonly string[];
	/** words of a file name or description that hint at it */
	words: RegExp;
}

/** Tags that say nothing of what is in a document: it may hold anything. */
const anything = new Set([
	'otherDrawing',
	'otherDocument',
	'otherSupporting',
	'otherEvidence',
	'necessaryInformation',
	'relevantInformation'
]);

export interface Found {
	/** tagged as what is sought */
	tagged: CaseDocument[];
	/** not tagged so, but it may be in there */
	perhaps: CaseDocument[];
}

/**
 * Searches every document before anything is called missing: by tag, then in documents that often
 * hold it, then by file name, description and the tags that say nothing.
 */
export function findDocuments(
	documents: readonly CaseDocument[],
	{ tags, within = [], words }: Sought
): Found {
	const submitted = documents.filter((one) => !one.tags.some((tag) => tag.startsWith('internal.')));
	const tagged = submitted.filter((one) => one.tags.some((tag) => tags.includes(tag)));
	if (tagged.length > 0) return { tagged, perhaps: [] };
	return {
		tagged,
		perhaps: submitted.filter(
			(one) =>
				words.test(one.name) ||
				words.test(one.description) ||
				one.tags.length === 0 ||
				one.tags.some((tag) => within.includes(tag) || anything.has(tag))
		)
	};
}

export const asEvidence = (documents: readonly CaseDocument[]): Evidence[] =>
	documents.map(({ id, name }) => ({ kind: 'document', id, name }));

export const drawingsOf = (documents: readonly CaseDocument[]): CaseDocument[] =>
	documents.filter(({ tags }) => tags.some((tag) => documentTagGroup(tag) === 'drawings'));
