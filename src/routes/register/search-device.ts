import type { ShownCaseRow } from '#lib/local/shown-case.ts';
import { matches } from '../my-work/work-list.ts';
import { sortOf, type RegisterQuery } from './query.ts';
import type { Found } from './search.svelte.ts';

/** The same question asked of the cases on this device. */
export function searchDevice(held: readonly ShownCaseRow[], query: RegisterQuery): Found[] {
	const found = held
		.filter(
			(row) =>
				matches(row, query.words) &&
				(query.status.length === 0 || query.status.includes(row.case.status)) &&
				(query.type.length === 0 || query.type.includes(row.case.applicationType)) &&
				(query.officer === null || query.officer === (row.case.assignedTo ?? 'nobody')) &&
				(!query.gaps || row.case.gaps.length > 0)
		)
		.map(({ case: one }) => ({
			caseId: one.id,
			reference: one.reference ?? one.provisionalLabel,
			address: one.address,
			description: one.description,
			applicationType: one.applicationType,
			status: one.status,
			assignedTo: one.assignedTo,
			receivedOn: one.receivedOn,
			postcode: one.postcode
		}));
	const sort = sortOf(query);
	const by = {
		received: (row: Found) => row.receivedOn,
		relevance: (row: Found) => row.receivedOn,
		reference: (row: Found) => row.reference ?? '',
		address: (row: Found) => row.address,
		status: (row: Found) => row.status
	}[sort.by];
	const sign = sort.descending ? -1 : 1;
	return found.sort((a, b) => sign * by(a).localeCompare(by(b), 'en-GB', { numeric: true }));
}
