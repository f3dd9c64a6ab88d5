import { expect, it } from 'vitest';
import type { FeeBasis } from '#lib/domain/fee/fee-basis.ts';
import { readPounds } from '#lib/domain/fee/pounds.ts';
import { readBasis, typedBasis } from './fee-form.ts';

const basis: FeeBasis = {
	parts: [
		{ head: 'outline-dwellings', quantity: 6.1 },
		{ head: 'change-of-use', quantity: null }
	],
	alternatives: true,
	share: 'half',
	exemption: 'disability',
	reduction: 'parishCouncil',
	day: '2026-04-01',
	stated: 25_950,
	note: 'As agreed.'
};

it('what is recorded stands in the form and is read back the same', () => {
	expect(readBasis(typedBasis(basis))).toEqual({ basis });
	const empty: FeeBasis = {
		parts: [],
		alternatives: false,
		share: 'whole',
		exemption: null,
		reduction: null,
		day: null,
		stated: null,
		note: ''
	};
	expect(readBasis(typedBasis(empty))).toEqual({ basis: empty });
});

it('a number that is none is named', () => {
	const typed = typedBasis(basis);
	const first = { head: 'outline-dwellings', quantity: 'six' } as const;
	expect(readBasis({ ...typed, parts: [first] })).toEqual({
		wrong: 'Outline: dwellings, by site area: “six” is not a number such as 3 or 6.1.'
	});
});

it.each([
	['548', 54_800],
	['£1,043', 104_300],
	['259.5', 25_950],
	[' 0 ', 0]
])('%s is read in pence', (typed, pence) => {
	expect(readPounds(typed)).toEqual({ pence });
});

it.each([
	['-1', /less than nothing/],
	['−1', /less than nothing/],
	['', /Enter an amount/],
	['5 4 8 pounds', /not an amount/],
	['1.234', /not an amount/]
])('“%s” gets its sentence', (typed, sentence) => {
	const read = readPounds(typed);
	expect('wrong' in read ? read.wrong : '').toMatch(sentence);
});
