import type { Person } from '#lib/domain/person.ts';
import type { Submission } from '#lib/domain/submission.ts';
import { known, unknown, type Fact } from './fact.ts';
import type { Stated } from './stated.ts';

export type Certificate = 'a' | 'b' | 'c' | 'd';

/** Ownership certificate and agricultural holdings (DMPO articles 13 and 14), as declared. */
export interface Ownership {
	certificate: Fact<Certificate>;
	/** `owner.sole`, `owner.co`, `tenant`, `occupier` … as it came */
	interest: Fact<string>;
	soleOwner: Fact<boolean>;
	agriculturalTenants: Fact<boolean>;
	/** how many of the other owners the applicant knows */
	ownersKnown: Fact<'all' | 'some' | 'none'>;
	noticeGiven: Fact<boolean>;
	noticePublished: Fact<boolean>;
	noticePublishedOn: Fact<string>;
	newspaper: Fact<string>;
	declared: Fact<boolean>;
	/** owners and tenants named, with the day each had notice (ISO date), null when not stated */
	owners: { personId: string; name: string; noticeOn: string | null }[];
}

const at = (key: string) => `data.applicant.ownership.${key}`;

export function ownership(
	submission: Submission | null,
	people: readonly Person[],
	stated: Stated
): Ownership {
	const words = (key: string): Fact<string> => {
		const value = submission?.ownership[key];
		return value === undefined ? unknown() : known(value, at(key));
	};
	const oneOf = <T extends string>(key: string, allowed: readonly T[], called: string): Fact<T> => {
		const given = words(key);
		if (!given.known) return given;
		const value = allowed.find((one) => one === given.value.trim().toLowerCase());
		if (value !== undefined) return known(value, given.from);
		stated.problem(
			given.from,
			`“${given.value.slice(0, 80)}” is given as ${called}, which should be one of ${allowed.join(', ')}.`
		);
		return unknown(given.from);
	};
	const yesNo = (key: string, called: string): Fact<boolean> => {
		const given = oneOf(key, ['yes', 'no'], `the answer to ${called}`);
		return given.known ? known(given.value === 'yes', given.from) : given;
	};
	const interest = words('interest');
	return {
		certificate: oneOf('certificate', ['a', 'b', 'c', 'd'], 'the ownership certificate'),
		interest,
		soleOwner: interest.known
			? interest.value === 'owner'
				? unknown(interest.from)
				: known(interest.value === 'owner.sole', interest.from)
			: unknown(),
		agriculturalTenants: yesNo('agriculturalTenants', 'whether there are agricultural tenants'),
		ownersKnown: oneOf('ownersKnown', ['all', 'some', 'none'], 'how many owners are known'),
		noticeGiven: yesNo('noticeGiven', 'whether notice was given'),
		noticePublished: yesNo('noticePublished.status', 'whether notice was published'),
		noticePublishedOn: words('noticePublished.date'),
		newspaper: words('noticePublished.newspaperName'),
		declared: yesNo('declaration.accurate', 'the ownership declaration'),
		owners: people
			.filter(({ role }) => role === 'owner')
			.map(({ id, name, detail }) => ({
				personId: id,
				name,
				noticeOn: detail['noticeDate'] ?? null
			}))
	};
}

/** The declaration that the application is accurate, and any connection to the council. */
export interface Declaration {
	accurate: Fact<boolean>;
	/** `none`, `employee`, `relation.employee`, `electedMember`, `relation.electedMember` */
	connection: Fact<string>;
}

export const declaration = (stated: Stated): Declaration => ({
	accurate: stated.yesNo('data.application.declaration.accurate', 'the declaration'),
	connection: stated.words('data.application.declaration.connection.value')
});

/** What was paid and claimed. Pounds. */
export interface FeeClaimed {
	calculated: Fact<number>;
	paid: Fact<number>;
	reference: Fact<string>;
	/** the sender says that no fee is due */
	notApplicable: Fact<boolean>;
	/** `disability`, `resubmission` */
	exemptions: string[];
	/** `sports`, `parishCouncil`, `alternative` */
	reductions: string[];
}

export function feeClaimed(submission: Submission | null, stated: Stated): FeeClaimed {
	const fee = submission?.fee;
	const pounds = (key: 'calculated' | 'payable', called: string): Fact<number> => {
		const amount = fee?.[key] ?? null;
		const path = `data.application.fee.${key}`;
		// what is not a number was left among the facts by the mapper
		if (amount === null) return stated.amount(path, called);
		if (amount >= 0) return known(amount, path);
		stated.problem(
			path,
			`${called.charAt(0).toUpperCase()}${called.slice(1)} is given as ${amount} pounds, which is less than nought.`
		);
		return unknown(path);
	};
	const payable = pounds('payable', 'the fee paid');
	const reference = fee?.reference ?? null;
	return {
		calculated: pounds('calculated', 'the fee calculated'),
		// with no payment reference nothing shows that more than nothing was paid
		paid:
			payable.known && payable.value > 0 && reference === null ? unknown(payable.from) : payable,
		reference: reference === null ? unknown() : known(reference, 'data.application.fee.reference'),
		notApplicable: stated.yesNo('data.application.fee.notApplicable', 'whether a fee is due'),
		exemptions: fee?.exemptions ?? [],
		reductions: fee?.reductions ?? []
	};
}
