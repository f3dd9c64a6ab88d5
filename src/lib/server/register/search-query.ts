import type Database from 'better-sqlite3';
import type { CaseStatus } from '#lib/domain/case-status.ts';

/** What is asked of the whole register. */
export interface SearchQuery {
	/** words as typed: a reference in any form, a postcode, names, parts of an address; empty for all cases */
	query: string;
	/** any of these; empty for all */
	status: readonly CaseStatus[];
	type: readonly string[];
	/** officer id, `nobody`, or null for anybody */
	assignedTo: string | null;
	/** only cases where something is missing */
	gaps: boolean;
	sort: {
		by: 'received' | 'reference' | 'address' | 'status' | 'relevance';
		descending: boolean;
	};
	/** only sites whose box meets this one, degrees WGS 84; left out for anywhere */
	within?: { west: number; south: number; east: number; north: number } | null;
	/** from 1 */
	page: number;
	/** at most 100 */
	pageSize: number;
}

export interface SearchRow {
	caseId: string;
	reference: string | null;
	address: string;
	description: string;
	applicationType: string;
	status: CaseStatus;
	assignedTo: string | null;
	receivedOn: string;
	postcode: string | null;
}

export interface SearchPage {
	/** cases found, on all pages */
	total: number;
	page: number;
	rows: SearchRow[];
}

/** More words than this narrow nothing that a person can follow. */
const mostWords = 16;

/**
 * The words of a question as a full-text expression: each as a quoted prefix, all of them wanted.
 * Quoting takes every meaning from what people type (`*`, `-`, `NEAR`, a lone quote).
 * Words are split where the tokenizer of the index splits them.
 */
export function matchExpression(query: string): string | null {
	const words = query
		.normalize('NFC')
		.split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)
		.filter(Boolean)
		.slice(0, mostWords);
	return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ');
}

/** Most weight on reference and address, least on names of documents; in the order of the columns. */
const relevance = 'bm25(case_text, 10, 6, 8, 2, 3, 0.5)';

const orders = {
	received: 'c.received_on',
	reference: 'c.reference',
	address: 'c.address collate nocase',
	status: 'c.status'
} as const;

/**
 * Among more cases than this the best match is not looked for: every one of them has the words, and
 * to weigh each takes longer than an officer waits. The newest come first.
 */
const mostWeighed = 5_000;

export function findCases(sqlite: Database.Database, query: SearchQuery): SearchPage {
	const page = Math.max(1, Math.trunc(query.page));
	const pageSize = Math.min(100, Math.max(1, Math.trunc(query.pageSize)));
	const asked = query.query.trim() !== '';
	const match = asked ? matchExpression(query.query) : null;
	if (asked && match === null) return { total: 0, page, rows: [] };

	const wheres = filtersOf(query);
	const values = {
		match,
		status: JSON.stringify(query.status),
		type: JSON.stringify(query.type),
		assignedTo: query.assignedTo,
		...query.within,
		limit: pageSize,
		offset: (page - 1) * pageSize
	};
	const ask = <T>(sql: string) => sqlite.prepare<[typeof values], T>(sql);
	const count = (sql: string) => ask<number>(`select count(*) ${sql}`).pluck().get(values) ?? 0;

	const matching = match === null ? null : count('from case_text where case_text match @match');
	const order = orderOf(query, matching);
	// what is sorted and filtered by is in one index, so that no case is read before it is on the page
	const from = `from ${
		match === null
			? 'planning_case c'
			: `case_text join case_index x on x.n = case_text.rowid
				join planning_case c indexed by planning_case_found on c.id = x.case_id`
	}`;
	const where = match === null ? wheres : ['case_text match @match', ...wheres];
	const found = `${from} ${where.length === 0 ? '' : `where ${where.join(' and ')}`}`;
	const total = matching === null || wheres.length > 0 ? count(found) : matching;
	const rows = ask<SearchRow>(
		`with page as materialized (
			select c.id, row_number() over () as n
			from (select c.id ${found} order by ${order} limit @limit offset @offset) c
		)
		select c.id as caseId, c.reference, c.address, c.description,
			c.application_type as applicationType, c.status, c.assigned_to as assignedTo,
			c.received_on as receivedOn, c.postcode
		from page join planning_case c on c.id = page.id order by page.n`
	).all(values);
	return { total, page, rows };
}

function filtersOf({ status, type, assignedTo, gaps, within = null }: SearchQuery): string[] {
	const wheres: string[] = [];
	if (status.length > 0) wheres.push('c.status in (select value from json_each(@status))');
	if (type.length > 0) wheres.push('c.application_type in (select value from json_each(@type))');
	if (assignedTo === 'nobody') wheres.push('c.assigned_to is null');
	else if (assignedTo !== null) wheres.push('c.assigned_to = @assignedTo');
	if (within !== null)
		wheres.push(
			`c.id in (select x.case_id from case_space s join case_index x on x.n = s.n
				where s.west <= @east and s.east >= @west and s.south <= @north and s.north >= @south)`
		);
	if (gaps) wheres.push('json_array_length(c.gaps) > 0');
	return wheres;
}

/** @param matching how many cases have the words; null when none were asked for */
function orderOf({ sort }: SearchQuery, matching: number | null): string {
	if (sort.by !== 'relevance') {
		const direction = sort.descending ? 'desc' : 'asc';
		return `${orders[sort.by]} ${direction}, c.id ${direction}`;
	}
	const newest = 'c.received_on desc, c.id desc';
	return matching === null || matching > mostWeighed ? newest : `${relevance}, ${newest}`;
}
