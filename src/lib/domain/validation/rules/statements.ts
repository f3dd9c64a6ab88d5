import { valueOf } from '#lib/domain/proposal/fact.ts';
import type { ProposalFacts } from '#lib/domain/proposal/proposal-facts.ts';
import { advice, dmpoArticle, guidance, statute } from '../basis.ts';
import { doesNotApply, look, met, notMet, value, type Evidence, type Rule } from '../check.ts';
import { answersAbout, asAnswer } from '../answers-about.ts';
import { asEvidence, findDocuments } from '../documents-held.ts';
import { soughtFor } from '../requirement-documents.ts';
import { every, formal, permission } from '../ranges.ts';
import { isListInDate } from '#lib/domain/workflow/invalid-reason.ts';

/** The day from which the biodiversity gain condition applies to major development, and to small sites. */
const gainBegins = { major: '2024-02-12', small: '2024-04-02' };

/** V30 to V32, V37 to V39: statements that are more than a document. */
export const statementRules: readonly Rule[] = [
	{
		id: 'V30',
		title: 'Biodiversity net gain is answered',
		section: 'statements',
		appliesTo: permission,
		basis: dmpoArticle('7(1)(ba) and (1A)'),
		outcome: 'fail',
		remedy:
			'Say whether the biodiversity gain condition would apply; if not, give the exemption and why it fits.',
		test(at) {
			const { facts, madeOn } = at;
			if (facts.householder) return met('A householder application is exempt.');
			const begins = valueOf(facts.major) === true ? gainBegins.major : gainBegins.small;
			if (madeOn < begins)
				return met(`It was made on ${madeOn}, before the condition began on ${begins}.`);
			const said = answersAbout(at, /biodiversity (net )?gain/i);
			if (said.length > 0)
				return look(
					'See whether the condition applies, or the exemption that is claimed fits.',
					...said.map(asAnswer)
				);
			return at.held.submission === null
				? look('It came on paper: look whether the question on biodiversity net gain is answered.')
				: notMet('Nothing in the form says whether the biodiversity gain condition would apply.');
		}
	},
	{
		id: 'V31',
		title: 'Biodiversity information is complete',
		section: 'statements',
		appliesTo: permission,
		basis: dmpoArticle('7(1A)'),
		outcome: 'fail',
		remedy:
			'Send the value before development with its date, the completed metric, a plan of the habitats to scale with north, and what is said of degradation and irreplaceable habitat.',
		test(at) {
			const { facts, held } = at;
			if (facts.householder) return doesNotApply();
			const { tagged } = findDocuments(held.documents, soughtFor('bng-metric', 'Metric'));
			if (tagged.length > 0)
				return look(
					'See whether it has the value before development, its date, the metric and its version, and a plan of the habitats.',
					...asEvidence(tagged)
				);
			const applies = answersAbout(at, /biodiversity gain condition.*apply/i).find(({ answers }) =>
				answers.some((one) => /^yes/i.test(one))
			);
			return applies === undefined
				? doesNotApply()
				: notMet(
						'The condition is said to apply, and no biodiversity information is among the documents.',
						asAnswer(applies)
					);
		}
	},
	{
		id: 'V32',
		title: 'Environmental impact assessment is screened',
		section: 'statements',
		appliesTo: permission,
		basis: statute(
			'Town and Country Planning (Environmental Impact Assessment) Regulations 2017 (SI 2017/571)'
		),
		outcome: 'warn',
		remedy: 'Screen the proposal, or ask for an environmental statement.',
		test({ facts, held }) {
			const { tagged } = findDocuments(held.documents, {
				tags: ['environmentalImpactAssessment'],
				words: /(?!)/
			});
			if (facts.householder) return doesNotApply('Works to one house are in neither Schedule.');
			const thresholds = overThreshold(facts);
			if (tagged.length > 0)
				return look(
					'An environmental statement was sent: see that it is one.',
					...asEvidence(tagged)
				);
			if (thresholds.over.length > 0)
				return look(
					'It is over a threshold or in a sensitive area: screen it.',
					...thresholds.over
				);
			return thresholds.unknown.length > 0
				? look(`Not known: ${thresholds.unknown.join(', ')}. See whether it has to be screened.`)
				: met('It is under the thresholds of urban development, and in no sensitive area.');
		}
	},
	{
		id: 'V37',
		title: 'The council’s local list is in force',
		section: 'after',
		appliesTo: every,
		basis: dmpoArticle('11(3)(c)'),
		outcome: 'advice',
		remedy: 'Review the local list and publish it again.',
		test({ list, madeOn }) {
			if (list === null)
				return notMet(
					'The council has put no local list into BoPS: only what is required nationally is checked.'
				);
			const evidence = value(
				'Local list',
				`${list.title}, adopted ${list.adoptedOn}`,
				list.url ?? 'the council’s rule file'
			);
			return isListInDate(list.adoptedOn, madeOn)
				? met(
						`It was adopted on ${list.adoptedOn}, within the two years before ${madeOn}.`,
						evidence
					)
				: notMet(
						list.adoptedOn > madeOn
							? `It was adopted on ${list.adoptedOn}, after this application was made: its rules are advice here.`
							: `It was adopted on ${list.adoptedOn}, more than two years before ${madeOn}: its rules are advice here.`,
						evidence
					);
		}
	},
	{
		id: 'V38',
		title: 'Community infrastructure levy is answered',
		section: 'statements',
		appliesTo: formal,
		basis: guidance(
			'Community Infrastructure Levy Regulations 2010; the form is needed at validation only where a local list says so'
		),
		outcome: 'warn',
		remedy: 'Send the form with the additional information for the community infrastructure levy.',
		test({ facts, held }) {
			const homes = facts.dwellings.provided;
			const metres = facts.floorspace.created;
			const large = (homes.known && homes.value >= 1) || (metres.known && metres.value >= 100);
			if (!large) return doesNotApply('It makes no home and less than 100 m².');
			const cil = held.submission?.cil ?? null;
			if (cil !== null)
				return met('The question is answered.', value('Levy', cil, 'data.application.CIL'));
			const { perhaps } = findDocuments(held.documents, soughtFor('cil-form', 'CIL form'));
			return perhaps.length > 0
				? look('See whether one of these is the levy form.', ...asEvidence(perhaps))
				: notMet('It makes a home or 100 m² or more, and nothing is said of the levy.');
		}
	},
	{
		id: 'V39',
		title: 'Somebody is named for the site visit',
		section: 'after',
		appliesTo: formal,
		basis: guidance('Planning application data specification, `site-visit`'),
		outcome: 'warn',
		remedy: 'Say whom to contact for a visit, and whether the site can be seen from public land.',
		test({ held }) {
			const contact = held.people.find(({ role }) => role === 'site-contact');
			if (contact === undefined) return notMet('Nobody is named to arrange a visit with.');
			const evidence = value('Site contact', contact.name, 'data.applicant.siteContact');
			return (contact.email ?? contact.phone) === null
				? notMet(
						`${contact.name || 'Somebody'} is named, without a telephone number or e-mail.`,
						evidence
					)
				: met(`${contact.name} is to be contacted for a visit.`, evidence);
		}
	},
	{
		id: 'V47',
		title: 'Documents are looked at before they are published',
		section: 'after',
		appliesTo: formal,
		basis: advice('Data protection: nothing is published until somebody has assessed it'),
		outcome: 'advice',
		remedy: 'Assess each document for personal data, and redact it where needed.',
		test({ held }) {
			const open = held.documents.filter((one) => one.publicRegisterStatus === 'not-assessed');
			return open.length === 0
				? met('Every document has been assessed for the public register.')
				: notMet(
						`${open.length} of ${held.documents.length} documents have not been assessed; none of them is published.`,
						...asEvidence(open)
					);
		}
	}
];

/** Regulations 2017, Schedule 2, 10(b) as amended: urban development; and the sensitive areas of regulation 2(1). */
function overThreshold({ dwellings, siteArea, designated }: ProposalFacts): {
	over: Evidence[];
	unknown: string[];
} {
	const over: Evidence[] = [];
	const unknown: string[] = [];
	const homes = dwellings.provided;
	const area = siteArea.reckoned;
	const hectares = area.known ? area.value / 10_000 : null;
	if (hectares === null) unknown.push('the site area');
	else if (hectares > 5 || (hectares > 1 && homes.known && homes.value === 0))
		over.push(value('Site area', `${hectares.toFixed(2)} hectares`, area.from ?? ''));
	if (homes.known && homes.value > 150) over.push(value('Homes', String(homes.value), homes.from));
	const sensitive = [
		['Site of Special Scientific Interest', designated.siteOfSpecialScientificInterest],
		['National Park', designated.nationalPark],
		['World Heritage Site', designated.worldHeritageSite],
		['Scheduled monument', designated.scheduledMonument],
		['Area of Outstanding Natural Beauty', designated.areaOfOutstandingNaturalBeauty],
		['European site', designated.habitatsSite]
	] as const;
	for (const [words, fact] of sensitive)
		if (fact.known && fact.value) over.push(value('Sensitive area', words, fact.from));
	return { over, unknown };
}
