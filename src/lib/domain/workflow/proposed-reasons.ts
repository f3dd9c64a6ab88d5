import { isInRange, type TypeRange } from './type-range.ts';
import type { InvalidReason } from './invalid-reason.ts';
import type { CaseRecords } from './task-tree.ts';
import { inTheWay } from './validity.ts';

const order = 'Development Management Procedure Order 2015 (SI 2015/595)';
/** Applications for planning permission, whose contents DMPO 2015 article 7 lays down. */
const permission: TypeRange = { families: ['planning-permission', 'oil-and-gas'] };

/** The law behind a check of an application for planning permission, by task. */
const citations: Readonly<Record<string, string>> = {
	boundary: `${order}, article 7(1)(c)(i): a plan which identifies the land`,
	documents: `${order}, article 7(1)(c)(ii): plans, drawings and information necessary to describe the development`,
	description: `${order}, article 7(1)(b): the particulars specified in the form`,
	fee: 'Fees for Applications Regulations 2012 (SI 2012/2920)'
};

const law = (citation: string): InvalidReason['basis'] => ({
	kind: 'statute',
	citation,
	adoptedOn: null
});

/**
 * Reasons that an officer may choose from: what the records show to be missing or not right. Where
 * the law behind it is not known here the basis is empty, and the officer says it.
 */
export function proposedReasons(records: CaseRecords): InvalidReason[] {
	const { facts } = records;
	const known = isInRange(records.case.applicationType, permission);
	const found = inTheWay(records)
		.filter(({ task }) => task.done.by === 'finding')
		.map(({ task }): InvalidReason => {
			const note = records.findings.find((one) => one.task === task.slug)?.value?.note ?? '';
			return {
				from: task.slug,
				words: note.trim() === '' ? task.words : note.trim(),
				basis: law((known ? citations[task.slug] : undefined) ?? ''),
				remedy: ''
			};
		});
	return [
		...found,
		...(facts?.ownership?.certificate === 'none'
			? [
					{
						from: 'ownership',
						words: 'There is no ownership certificate.',
						basis: law(
							known ? `${order}, article 14; Town and Country Planning Act 1990, section 65` : ''
						),
						remedy: 'Send certificate A, B, C or D, signed and dated.'
					}
				]
			: []),
		...(facts?.agriculture?.holding === 'missing'
			? [
					{
						from: 'agricultural-holdings',
						words: 'Nothing is said of agricultural holdings.',
						basis: law(known ? `${order}, article 14` : ''),
						remedy:
							'Say whether any of the land is part of an agricultural holding, and whether its tenants were given notice.'
					}
				]
			: [])
	];
}
