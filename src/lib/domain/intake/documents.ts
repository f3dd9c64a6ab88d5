import type { CaseDocument } from '#lib/domain/case-document.ts';
import { documentTagGroup, documentTagWords } from '#lib/domain/document-tag.ts';
import { tidy, type Part } from './reading.ts';

export type NamedDocument = Omit<CaseDocument, 'id' | 'caseId' | 'writers'>;

/** The files a payload names. Their bytes are fetched later, if at all: until then "not received". */
export function readDocuments(payload: Part, receivedOn: string): NamedDocument[] {
	return payload
		.at('files')
		.items(1_000, 'files')
		.map((file, index) => {
			const url = readUrl(file.at('name')) ?? readUrl(file.at('url'));
			const name = url === null ? file.at('name').text(500) : fileName(url);
			if (name === null)
				file.reading.gap(`File ${index + 1} of the submission has no name or address.`);
			return {
				name: name ?? `File ${index + 1}`,
				tags: readTags(file.at('type')),
				description: file.at('description').text(4_000) ?? '',
				drawingNumber: readNumber(file),
				sourceUrl: url,
				receivedOn,
				sha256: null,
				mime: null,
				size: null,
				bytesReceivedAt: null,
				fetchProblem: null,
				publicRegisterStatus: 'not-assessed'
			};
		});
}

function readUrl(part: Part): string | null {
	const { value } = part;
	if (typeof value !== 'string' || value.length > 2_000 || !/^https?:\/\//i.test(value))
		return null;
	part.take();
	return value.toWellFormed();
}

/** The last segment of the path, as the person named it: `location%20plan.pdf` → `location plan.pdf` */
function fileName(url: string): string {
	const path = url.replace(/[?#].*$/s, '').replace(/\/+$/, '');
	const segment = path.slice(path.lastIndexOf('/') + 1);
	let name = segment;
	try {
		name = decodeURIComponent(segment);
	} catch {
		// not percent-encoding after all: the name as it stands
	}
	return tidy(name.replace(/[/\\]/g, ' ')).slice(0, 500).toWellFormed() || 'Unnamed file';
}

function readNumber(file: Part): string | null {
	const number = file.at('number');
	return number.stated ? number.text(100) : file.at('drawingNumber').text(100);
}

function readTags(type: Part): string[] {
	if (!Array.isArray(type.value)) {
		const one = readTag(type);
		return one === null ? [] : [one];
	}
	const tags = type.items(50, 'tags').map(readTag);
	return [...new Set(tags.filter((tag) => tag !== null))];
}

function readTag(part: Part): string | null {
	if (!part.stated) return null;
	if (typeof part.value !== 'object') return part.text(100);
	const tag = part.at('value').text(100);
	// a tag we know has words of its own; the sender's would only repeat it
	if (tag !== null && documentTagGroup(tag) !== null) part.at('description').take();
	return tag;
}

/** What the sender's service asked for: `Site plan - proposed (sitePlan.proposed)` */
export function readRequested(list: Part): { tag: string; words: string }[] {
	return list.items(500, 'requested documents').flatMap((one) => {
		if (typeof one.value !== 'object') {
			const tag = one.text(100);
			return tag === null ? [] : [{ tag, words: `${documentTagWords(tag)} (${tag})` }];
		}
		const tag = one.at('value').text(100);
		const words = one.at('description').text(300);
		if (tag === null) return words === null ? [] : [{ tag: words, words }];
		return [{ tag, words: `${words ?? documentTagWords(tag)} (${tag})` }];
	});
}
