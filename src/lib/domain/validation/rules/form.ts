import { applicationType } from '#lib/domain/application-type.ts';
import { valueOf } from '#lib/domain/proposal/fact.ts';
import { advice, dmpoArticle, guidance } from '../basis.ts';
import { doesNotApply, look, met, notMet, value, type Evidence, type Rule } from '../check.ts';
import { every, formal, householder } from '../ranges.ts';

const form = {
	section: 'form',
	appliesTo: formal
} as const satisfies Partial<Rule>;

/** V01 to V05, V40, V41, V46 and V49: the form, who makes it, and what it declares. */
export const formRules: readonly Rule[] = [
	{
		...form,
		id: 'V01',
		title: 'The form is complete, and of a type in use',
		appliesTo: every,
		basis: dmpoArticle('7(1)(a) and (b)'),
		outcome: 'fail',
		remedy:
			'Answer the questions that were left open or cannot be read, on the form for this type.',
		test({ facts, held }) {
			const type = applicationType(facts.type);
			if (type?.current !== true)
				return notMet(`“${facts.type}” is not a type of application in use.`, {
					kind: 'value',
					words: 'Application type',
					value: facts.type,
					from: 'data.application.type.value'
				});
			if (facts.problems.length > 0)
				return {
					...notMet(
						facts.problems.map(({ problem }) => problem).join(' '),
						...facts.problems.map(({ path, problem }): Evidence => ({
							kind: 'value',
							words: problem,
							value: '',
							from: path
						}))
					),
					remedy: `Correct these answers: ${facts.problems.map(({ problem }) => problem).join(' ')}`
				};
			if (held.case.description.trim() === '')
				return notMet('The proposal is not described.', description(''));
			if (held.submission === null)
				return look('It came on paper: look whether every question of the form is answered.');
			const open = held.submission.answers.filter(
				({ question, answers }) => question !== '' && answers.every((one) => one.trim() === '')
			);
			return open.length > 0
				? look(
						`${open.length} questions have no answer.`,
						...open
							.slice(0, 20)
							.map(({ question }): Evidence => ({ kind: 'answer', question, answer: '' }))
					)
				: met('Every question that was asked has an answer, and each is of the right kind.');
		}
	},
	{
		...form,
		id: 'V02',
		title: 'The type fits the proposal',
		basis: guidance(
			'Householder applications are for one house, not a flat, and within its curtilage (planning application data specification, `hh`)'
		),
		appliesTo: householder,
		outcome: 'warn',
		remedy: 'Apply on the form for full planning permission.',
		test({ facts }) {
			const suspect: Evidence[] = [];
			if (valueOf(facts.flat) === true)
				suspect.push({
					kind: 'value',
					words: 'The property is a flat',
					value: valueOf(facts.propertyType) ?? '',
					from: facts.flat.from ?? ''
				});
			const works = valueOf(facts.works) ?? [];
			const home = works.find((one) =>
				/^(new\.(dwelling|residential)|unit|changeOfUse\.(whole|let))/.test(one)
			);
			if (home !== undefined)
				suspect.push({
					kind: 'value',
					words: 'The works make a home or change its use',
					value: home,
					from: facts.works.from ?? ''
				});
			return suspect.length > 0
				? look('The answers do not fit a householder application.', ...suspect)
				: met('Nothing in the answers speaks against a householder application.');
		}
	},
	{
		...form,
		id: 'V03',
		title: 'The description says what is proposed, and nothing else',
		basis: advice('Good practice: a description that can stand on the decision notice'),
		outcome: 'advice',
		remedy: 'Agree a clearer description with the applicant.',
		test({ held }) {
			const words = held.case.description.trim();
			const why = [
				[words.length < 15, 'it is very short'],
				[words.length > 500, 'it is longer than 500 characters'],
				[
					/\b(because|in order to|so that|we (need|want)|our)\b/i.test(words),
					'it argues or gives reasons'
				],
				[/(https?:|@)/.test(words), 'it has an address of the web or of e-mail in it'],
				[words !== '' && words === words.toUpperCase(), 'it is in capital letters']
			].flatMap(([is, sentence]) => (is === true ? [sentence] : []));
			return why.length > 0
				? notMet(`Look at the description: ${why.join(', ')}.`, description(words))
				: met('The description is of a usual length and gives no reasons.', description(words));
		}
	},
	{
		...form,
		id: 'V04',
		title: 'The applicant is named and can be reached',
		basis: dmpoArticle('7(1)(b)(i)'),
		outcome: 'fail',
		remedy: 'Give the applicant’s name and address; where an agent acts, theirs as well.',
		test({ held, facts }) {
			const [applicant, agent] = (['applicant', 'agent'] as const).map((role) =>
				held.people.find((one) => one.role === role)
			);
			if (applicant === undefined || applicant.name.trim() === '')
				return notMet('No applicant is named.');
			if (['agent', 'proxy'].includes(valueOf(facts.applicantRole) ?? '') && agent === undefined)
				return {
					...notMet('It was filled in by an agent, and no agent is named.'),
					outcome: 'warn'
				};
			const reachable = [applicant, agent].some(
				(one) => one !== undefined && (one.email ?? one.phone ?? one.address) !== null
			);
			return reachable
				? met(
						`${applicant.name} applies${agent === undefined ? '' : `, and ${agent.name} acts as agent`}.`
					)
				: {
						...notMet('There is no address, telephone number or e-mail for anybody.'),
						outcome: 'warn'
					};
		}
	},
	{
		...form,
		id: 'V05',
		title: 'The declaration is made',
		basis: dmpoArticle('7(1)(b)'),
		outcome: 'fail',
		remedy: 'Make the declaration that the application is accurate, and date it.',
		test({ facts, held, today }) {
			const { accurate } = facts.declaration;
			if (facts.submittedOn !== null && facts.submittedOn > today)
				return notMet(`It is dated ${facts.submittedOn}, which is in the future.`);
			if (accurate.known)
				return accurate.value
					? met('The declaration is made.', value('Declaration', 'Yes', accurate.from))
					: notMet('The declaration is answered no.', value('Declaration', 'No', accurate.from));
			return held.submission === null
				? look('It came on paper: look whether the declaration is signed and dated.')
				: notMet('The declaration has no answer.');
		}
	},
	{
		...form,
		id: 'V40',
		title: 'Earlier advice is linked',
		basis: advice('Helps the officer who decides'),
		outcome: 'advice',
		remedy: 'Link the earlier advice to the case.',
		test({ facts, others }) {
			const { preApplicationReference: reference } = facts;
			if (!reference.known) return doesNotApply();
			const evidence = value('Pre-application reference', reference.value, reference.from);
			return others?.some(({ label }) => label === reference.value) === true
				? met('The advice it names is in the register.', evidence)
				: notMet(`It names advice ${reference.value}, which is not at hand.`, evidence);
		}
	},
	{
		...form,
		id: 'V41',
		title: 'It is not the same proposal again',
		basis: guidance(
			'Town and Country Planning Act 1990, section 70A: the council may decline a repeat; it is not a reason to call it invalid'
		),
		outcome: 'warn',
		remedy: 'Decide whether it repeats an earlier application.',
		test({ others, held }) {
			if (others === null)
				return doesNotApply('Nobody has looked for other cases at this address.');
			const same = others.filter(
				(one) =>
					one.caseId !== held.case.id &&
					one.uprn !== null &&
					one.uprn === held.case.uprn &&
					one.applicationType === held.case.applicationType
			);
			return same.length > 0
				? look(
						'There are other cases of this type at the address.',
						...same.map(({ label, receivedOn }) =>
							value('Other case', `${label}, received ${receivedOn}`, 'cases on this device')
						)
					)
				: met('No other case of this type at this address is at hand.');
		}
	},
	{
		...form,
		id: 'V46',
		title: 'A connection with the council is explained',
		basis: guidance('Planning application data specification, `conflict-of-interest`'),
		outcome: 'warn',
		remedy: 'Say who is connected with the council, and how.',
		test({ facts }) {
			const { connection } = facts.declaration;
			if (!connection.known)
				return notMet('The question about connections with the council has no answer.');
			const evidence = value('Connection', connection.value, connection.from);
			return connection.value === 'none'
				? met('No connection with the council is declared.', evidence)
				: look('A connection with the council is declared: see who must decide it.', evidence);
		}
	},
	{
		...form,
		id: 'V49',
		title: 'It is one submission, received once',
		basis: advice('Kept apart by the register when the same submission comes again'),
		outcome: 'advice',
		remedy: 'Compare it with other cases at the address.',
		test({ held }) {
			if (held.submission === null) return doesNotApply();
			const { sourceId } = held.submission;
			const evidence = value('Id of the submission', sourceId, 'metadata.id');
			return sourceId.startsWith('sha256:')
				? notMet(
						'The submission has no id of its own: a second copy is known only if it is the same to the byte.',
						evidence
					)
				: met('A second copy of this submission would be recognised.', evidence);
		}
	}
];

const description = (words: string): Evidence =>
	value('Description', words, 'data.proposal.description');
