import type { Submission } from '#lib/domain/submission.ts';
import { readRequested } from './documents.ts';
import { Part, isObject } from './reading.ts';

type Stated = Pick<
	Submission,
	| 'userRole'
	| 'fee'
	| 'ownership'
	| 'cil'
	| 'preAssessment'
	| 'documentsRequired'
	| 'documentsRecommended'
	| 'documentsOptional'
>;

/** What the submission says of itself: fee, ownership certificate, levy, the sender's own assessment. */
export function readApplication(payload: Part, suppliedTags: ReadonlySet<string>): Stated {
	const data = payload.at('data');
	const requested = payload.at('metadata', 'service', 'files');
	const required = readRequested(requested.at('required'));
	for (const { tag, words } of required)
		if (!suppliedTags.has(tag))
			payload.reading.gap(`Asked for by the sender’s service but not among the files: ${words}.`);
	return {
		userRole: data.at('user', 'role').text(100),
		fee: readFee(data.at('application', 'fee')),
		ownership: readOwnership(data.at('applicant', 'ownership')),
		cil: data.at('application', 'CIL', 'result').text(200),
		preAssessment: readPreAssessment(payload.at('preAssessment')),
		documentsRequired: required.map(({ words }) => words),
		documentsRecommended: readRequested(requested.at('recommended')).map(({ words }) => words),
		documentsOptional: readRequested(requested.at('optional')).map(({ words }) => words)
	};
}

/** Pounds. Categories keep their dotted names (`eleven.one`); what is claimed is named, what is not stays a fact. */
function readFee(fee: Part): Submission['fee'] {
	return {
		calculated: fee.at('calculated').stated ? fee.at('calculated').number() : null,
		payable: fee.at('payable').stated ? fee.at('payable').number() : null,
		reference: readReference(fee.at('reference')),
		categories: Object.fromEntries(readCategories(fee.at('category'), '')),
		exemptions: readClaimed(fee.at('exemption')),
		reductions: readClaimed(fee.at('reduction'))
	};
}

function readReference(reference: Part): string | null {
	return typeof reference.value === 'object'
		? reference.at('govPay').text(200)
		: reference.text(200);
}

const plainKey = /^[a-zA-Z0-9]{1,40}$/;

function readCategories(category: Part, name: string): [string, number][] {
	if (!isObject(category.value) || name.split('.').length > 3) return [];
	return Object.keys(category.value)
		.filter((key) => plainKey.test(key))
		.slice(0, 100)
		.flatMap((key): [string, number][] => {
			const one = category.at(key);
			const full = name === '' ? key : `${name}.${key}`;
			if (isObject(one.value)) return readCategories(one, full);
			const amount = one.number();
			return amount === null ? [] : [[full, amount]];
		});
}

function readClaimed(claims: Part): string[] {
	if (!isObject(claims.value)) return [];
	return Object.keys(claims.value)
		.filter((key) => plainKey.test(key))
		.slice(0, 100)
		.filter((key) => {
			const claim = claims.at(key);
			if (claim.value === true) claim.take();
			return claim.value === true;
		});
}

/** Everything declared but the owners themselves, who are people of the case. */
function readOwnership(ownership: Part): Submission['ownership'] {
	const declared = [
		['certificate'],
		['interest'],
		['interestDescription'],
		['agriculturalTenants'],
		['ownersKnown'],
		['noticeGiven'],
		['noticePublished', 'status'],
		['noticePublished', 'date'],
		['noticePublished', 'newspaperName'],
		['declaration', 'accurate']
	];
	return Object.fromEntries(
		declared.flatMap((keys) => {
			const words = ownership.at(...keys).words(2_000);
			return words === null ? [] : [[keys.join('.'), words]];
		})
	);
}

function readPreAssessment(list: Part): Submission['preAssessment'] {
	return list.items(100, 'pre-assessment results').flatMap((one) => {
		const value = one.at('value').text(1_000);
		const description = one.at('description').text(5_000);
		return value === null && description === null
			? []
			: [{ value: value ?? '', description: description ?? '' }];
	});
}
