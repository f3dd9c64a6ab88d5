import { describe, expect, it } from 'vitest';
import { fromAddress, toAddress, type RegisterQuery } from './query.ts';

describe('a search of the register in the page’s address', () => {
	it('comes back as it was', () => {
		const query: RegisterQuery = {
			words: 'oak tree & "fence"',
			status: ['received', 'in-assessment'],
			type: ['pp.full.householder'],
			officer: 'nobody',
			gaps: true,
			sort: { by: 'reference', descending: true },
			page: 3
		};
		expect(fromAddress(new URLSearchParams(toAddress(query)))).toEqual(query);
	});

	it('is short when everything is as usual', () => {
		expect(toAddress(fromAddress(new URLSearchParams()))).toBe('');
	});

	it('ignores what it does not know', () => {
		const read = fromAddress(new URLSearchParams('status=eaten&sort=colour&page=-2&gaps=maybe'));
		expect(read).toMatchObject({ status: [], sort: null, page: 1, gaps: false });
	});
});
