import { feeHead, type FeeHeadName } from '#lib/domain/fee/fee-table.ts';
import type { FeeBasis } from '#lib/domain/fee/fee-basis.ts';
import { readPounds } from '#lib/domain/fee/pounds.ts';

/** What stands in the form of a fee's basis, as text. */
export interface TypedBasis {
	parts: { head: FeeHeadName | ''; quantity: string }[];
	marks: string[];
	exemption: '' | NonNullable<FeeBasis['exemption']>;
	reduction: '' | NonNullable<FeeBasis['reduction']>;
	day: string;
	stated: string;
	note: string;
}

/** @see FeeBasis: what may be ticked */
export const marks = [
	{ value: 'alternatives', words: 'The parts are alternative proposals for the same land' },
	{ value: 'half', words: 'A certificate for a proposed use or works: half' }
] as const;

export function typedBasis(basis: FeeBasis): TypedBasis {
	const parts = basis.parts.map(({ head, quantity }) => ({
		head,
		quantity: quantity === null ? '' : String(quantity)
	}));
	return {
		parts: parts.length === 0 ? [{ head: '', quantity: '' }] : parts,
		marks: [
			...(basis.alternatives ? ['alternatives'] : []),
			...(basis.share === 'half' ? ['half'] : [])
		],
		exemption: basis.exemption ?? '',
		reduction: basis.reduction ?? '',
		day: basis.day ?? '',
		stated: basis.stated === null ? '' : (basis.stated / 100).toFixed(2),
		note: basis.note
	};
}

/** Reads the form; what cannot be read comes back as a sentence. What may be recorded the domain says. */
export function readBasis(typed: TypedBasis): { basis: FeeBasis } | { wrong: string } {
	const parts: FeeBasis['parts'] = [];
	for (const { head, quantity } of typed.parts) {
		if (head === '') continue;
		const { unit, words } = feeHead(head);
		const text = quantity.trim();
		if (unit === 'none' || text === '') parts.push({ head, quantity: null });
		else if (/^\d{1,6}(\.\d{1,4})?$/.test(text)) parts.push({ head, quantity: Number(text) });
		else return { wrong: `${words}: “${text}” is not a number such as 3 or 6.1.` };
	}
	const stated = typed.stated.trim() === '' ? null : readPounds(typed.stated);
	if (stated !== null && 'wrong' in stated) return stated;
	return {
		basis: {
			parts,
			alternatives: typed.marks.includes('alternatives'),
			share: typed.marks.includes('half') ? 'half' : 'whole',
			exemption: typed.exemption === '' ? null : typed.exemption,
			reduction: typed.reduction === '' ? null : typed.reduction,
			day: typed.day === '' ? null : typed.day,
			stated: stated?.pence ?? null,
			note: typed.note
		}
	};
}
