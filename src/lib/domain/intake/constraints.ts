import { designation, designationWords } from '#lib/domain/designation.ts';
import type { SiteConstraint } from '#lib/domain/site-constraint.ts';
import type { Part } from './reading.ts';

export type NamedConstraint = Omit<SiteConstraint, 'id' | 'caseId' | 'writers'>;

/** Every designation the sender looked up, met or not, known to us or not. */
export function readConstraints(property: Part): NamedConstraint[] {
	const stated = property.at('planning', 'designations');
	// where schemas before 0.7 put them
	const earlier = property.at('constraints', 'planning');
	const list = stated.stated ? stated : earlier;
	if (!list.stated) {
		property.reading.gap('The submission says nothing of designations at the site.');
		return [];
	}
	return list.items(500, 'designations').flatMap((one) => {
		const code = one.at('value').text(200);
		const description = one.at('description').text(500);
		if (code === null && description === null) {
			one.reading.gap('A designation in the submission has no name; it is among the stated facts.');
			return [];
		}
		const entities = one.at('entities').items(500, 'designated entities').map(readEntity);
		return {
			code: code ?? description ?? '',
			dataset: code === null ? null : (designation(code)?.dataset ?? null),
			description: description ?? designationWords(code ?? ''),
			intersects: readIntersects(one, entities.length > 0, description ?? code ?? ''),
			entities,
			geometry: null,
			source: 'submission'
		};
	});
}

/** An answer that is neither yes nor no counts as met, so that a person looks at it. */
function readIntersects(one: Part, named: boolean, words: string): boolean {
	const intersects = one.at('intersects');
	if (typeof intersects.value === 'boolean') {
		intersects.take();
		return intersects.value;
	}
	if (!named)
		one.reading.gap(`The submission does not say whether the site meets “${words}”; check it.`);
	return true;
}

function readEntity(one: Part): SiteConstraint['entities'][number] {
	if (typeof one.value === 'string') return { name: one.text(500) ?? '', url: null };
	const name = one.at('name').text(500);
	const url = one.at('source', 'url').text(2_000);
	const source = one.at('source', 'text');
	// the address says so already
	if (url?.startsWith('https://www.planning.data.gov.uk/') && source.value === 'Planning Data')
		source.take();
	return { name: name ?? url ?? '', url };
}
