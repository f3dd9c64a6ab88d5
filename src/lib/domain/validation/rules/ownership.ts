import { valueOf } from '#lib/domain/proposal/fact.ts';
import type { Ownership } from '#lib/domain/proposal/declared.ts';
import { dmpoArticle, dmpoUnconfirmed, guidance, statute, type Basis } from '../basis.ts';
import { doesNotApply, look, met, notMet, value, type Evidence, type Rule } from '../check.ts';
import { agricultural, certified } from '../ranges.ts';

const certificates = (type: string): Basis =>
	type === 'listed'
		? statute(
				'Planning (Listed Buildings and Conservation Areas) Regulations 1990 (SI 1990/1519), regulation 6'
			)
		: dmpoArticle('14');

/** V06 to V09: who owns the land, and who was told. */
export const ownershipRules: readonly Rule[] = [
	{
		id: 'V06',
		title: 'The ownership certificate fits what is said of the owners',
		section: 'ownership',
		appliesTo: certified,
		basis: certificates,
		outcome: 'fail',
		remedy: 'Complete the ownership certificate that fits: A, B, C or D.',
		test({ facts, held }) {
			const { certificate, declared } = facts.ownership;
			if (!certificate.known)
				return held.submission === null
					? look('It came on paper: look which certificate is signed.')
					: notMet('There is no ownership certificate.');
			const evidence: Evidence[] = [
				value('Certificate', certificate.value.toUpperCase(), certificate.from),
				...said(facts.ownership)
			];
			const why = whyNotThatCertificate(facts.ownership);
			if (why !== null) return notMet(why, ...evidence);
			if (valueOf(declared) === false)
				return notMet(
					'The certificate is not certified: its declaration is answered no.',
					...evidence
				);
			return met(`Certificate ${certificate.value.toUpperCase()} fits the answers.`, ...evidence);
		}
	},
	{
		id: 'V07',
		title: 'Every owner and tenant had notice in time',
		section: 'ownership',
		appliesTo: certified,
		basis: dmpoUnconfirmed('13: owners as they were 21 days before the application'),
		outcome: 'warn',
		remedy: 'Serve notice on every owner and agricultural tenant, and give the day of each.',
		test({ facts, madeOn }) {
			const { certificate, owners } = facts.ownership;
			const given = valueOf(certificate);
			if (given !== 'b' && given !== 'c') return doesNotApply();
			if (owners.length === 0)
				return notMet(
					`Certificate ${given.toUpperCase()} is given, and nobody is named who had notice.`
				);
			const evidence = owners.map(({ name, noticeOn }) =>
				value(
					name === '' ? 'An owner' : name,
					noticeOn ?? 'no day given',
					'data.applicant.ownership.owners'
				)
			);
			const without = owners.filter(({ noticeOn }) => noticeOn === null);
			if (without.length > 0)
				return notMet(
					`No day of notice is given for ${without.map(({ name }) => name || 'an owner').join(', ')}.`,
					...evidence
				);
			const late = owners.filter(({ noticeOn }) => (noticeOn ?? '') > madeOn);
			return late.length > 0
				? notMet(
						`Notice to ${late.map(({ name }) => name).join(', ')} is dated after the application of ${madeOn}.`,
						...evidence
					)
				: met('Everybody named had notice on or before the day of the application.', ...evidence);
		}
	},
	{
		id: 'V08',
		title: 'Agricultural holdings are answered',
		section: 'ownership',
		appliesTo: agricultural,
		basis: dmpoArticle('14(1)(b)'),
		outcome: 'fail',
		remedy: 'Say whether any of the land is part of an agricultural holding, and tell its tenants.',
		test({ facts, held }) {
			const { agriculturalTenants: tenants, owners, noticeGiven } = facts.ownership;
			if (!tenants.known)
				return held.submission === null
					? look('It came on paper: look whether the agricultural certificate is completed.')
					: notMet('Nothing is said of agricultural holdings.');
			const evidence = value('Agricultural tenants', tenants.value ? 'Yes' : 'No', tenants.from);
			if (!tenants.value) return met('There are no agricultural tenants.', evidence);
			return valueOf(noticeGiven) === true || owners.length > 0
				? met('There are agricultural tenants, and notice was given.', evidence)
				: notMet(
						'There are agricultural tenants, and nobody is said to have had notice.',
						evidence
					);
		}
	},
	{
		id: 'V09',
		title: 'The red line takes in no land of others',
		section: 'ownership',
		appliesTo: certified,
		basis: guidance('Planning Practice Guidance, Making an application: ownership certificates'),
		outcome: 'warn',
		remedy:
			'Serve notice on the owner of that land and give Certificate B, or draw the line without it.',
		test({ facts, held }) {
			if (valueOf(facts.ownership.certificate) !== 'a') return doesNotApply();
			if (held.case.boundary === null) return doesNotApply();
			const interest = facts.ownership.interest;
			if (interest.known && !interest.value.startsWith('owner'))
				return look(
					'Certificate A says that the applicant is the only owner, and they say they are not.',
					value('Interest', interest.value, interest.from),
					{ kind: 'map', words: 'The red line over the title boundaries' }
				);
			const amended = held.submission?.facts.find(({ path }) => path.endsWith('planx_user_action'));
			return amended !== undefined && /amended/i.test(amended.value)
				? look(
						'The applicant changed the boundary of the title: see whether it takes in land of others.',
						value('What was done', amended.value, amended.path),
						{ kind: 'map', words: 'The red line over the title boundaries' }
					)
				: met('Nothing suggests that the red line takes in land of others.');
		}
	}
];

/** Why the certificate given cannot be the right one, as a sentence. */
function whyNotThatCertificate(ownership: Ownership): string | null {
	const certificate = valueOf(ownership.certificate);
	const sole = valueOf(ownership.soleOwner);
	const tenants = valueOf(ownership.agriculturalTenants);
	const knows = valueOf(ownership.ownersKnown);
	const published = valueOf(ownership.noticePublished);
	switch (certificate) {
		case 'a':
			if (sole === false) return 'Certificate A is given, and the applicant is not the sole owner.';
			if (tenants === true) return 'Certificate A is given, and there are agricultural tenants.';
			return null;
		case 'b':
			if (sole === true && tenants === false)
				return 'Certificate B is given, and the applicant is the sole owner without tenants: Certificate A fits.';
			if (knows === 'some' || knows === 'none')
				return `Certificate B is given, and ${knows} of the owners are known: Certificate ${knows === 'some' ? 'C' : 'D'} fits.`;
			if (valueOf(ownership.noticeGiven) === false)
				return 'Certificate B is given, and notice was not given to the owners.';
			return null;
		case 'c':
		case 'd':
			if (knows === 'all')
				return `Certificate ${certificate.toUpperCase()} is given, and all owners are known: Certificate B fits.`;
			if (published !== true || !ownership.newspaper.known)
				return `Certificate ${certificate.toUpperCase()} needs a notice in a newspaper, with its name and day.`;
			return null;
		case null:
			return null;
	}
}

function said(ownership: Ownership): Evidence[] {
	const asked = [
		['Interest', ownership.interest],
		['Agricultural tenants', ownership.agriculturalTenants],
		['Owners known', ownership.ownersKnown],
		['Notice in a newspaper', ownership.noticePublished]
	] as const;
	return asked.flatMap(([words, fact]) =>
		fact.known ? [value(words, plain(fact.value), fact.from)] : []
	);
}

const plain = (answer: string | boolean): string =>
	typeof answer === 'boolean' ? (answer ? 'Yes' : 'No') : answer;
