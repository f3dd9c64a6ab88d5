import { caseStatus, type CaseStatus } from '#lib/domain/case-status.ts';

export const sorts = ['received', 'reference', 'address', 'status', 'relevance'] as const;
export type SortBy = (typeof sorts)[number];

/** What is asked of the register; kept in the page's address, so that a search can be sent to a colleague. */
export interface RegisterQuery {
	words: string;
	status: CaseStatus[];
	type: string[];
	/** officer id, `nobody`, or null for anybody */
	officer: string | null;
	/** only cases where something is missing */
	gaps: boolean;
	/** null: as is usual, the best match first, or without words the newest */
	sort: Sorted | null;
	page: number;
}

export interface Sorted {
	by: SortBy;
	descending: boolean;
}

export const sortOf = ({ sort, words }: RegisterQuery): Sorted =>
	sort ?? { by: words.trim() === '' ? 'received' : 'relevance', descending: true };

export function fromAddress(params: URLSearchParams): RegisterQuery {
	const sort = params.get('sort') ?? '';
	const by = sorts.find((one) => one === sort.replace(/^-/, ''));
	const page = Number(params.get('page') ?? '1');
	return {
		words: params.get('q') ?? '',
		status: params
			.getAll('status')
			.map((one) => caseStatus.safeParse(one))
			.filter((one) => one.success)
			.map((one) => one.data),
		type: params.getAll('type'),
		officer: params.get('officer'),
		gaps: params.get('gaps') === 'yes',
		sort: by === undefined ? null : { by, descending: sort.startsWith('-') },
		page: Number.isInteger(page) && page > 0 ? page : 1
	};
}

/** `?q=…`, or nothing when everything is as usual. */
export function toAddress(query: RegisterQuery): string {
	const params = new URLSearchParams();
	if (query.words !== '') params.set('q', query.words);
	for (const one of query.status) params.append('status', one);
	for (const one of query.type) params.append('type', one);
	if (query.officer !== null) params.set('officer', query.officer);
	if (query.gaps) params.set('gaps', 'yes');
	if (query.sort !== null)
		params.set('sort', `${query.sort.descending ? '-' : ''}${query.sort.by}`);
	if (query.page > 1) params.set('page', String(query.page));
	const text = params.toString();
	return text === '' ? '' : `?${text}`;
}
