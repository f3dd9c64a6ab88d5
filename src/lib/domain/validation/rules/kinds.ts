import { dmpoArticle, statute } from '../basis.ts';
import { look, met, notMet, type Evidence, type Rule } from '../check.ts';
import { asEvidence, drawingsOf, findDocuments } from '../documents-held.ts';
import { soughtFor } from '../requirement-documents.ts';
import { adverts, lawful, priorApproval, treeWorks } from '../ranges.ts';
import { answersAbout, asAnswer } from '../answers-about.ts';

/** V42 to V45: what prior approval, tree works, advertisements and certificates need. */
export const kindRules: readonly Rule[] = [
	{
		id: 'V42',
		title: 'What the class asks for has arrived',
		section: 'kind',
		appliesTo: priorApproval,
		basis: statute(
			'General Permitted Development Order 2015 (SI 2015/596), Schedule 2: the class’s own paragraph (Part 1 A.4, Part 3 W …)'
		),
		outcome: 'warn',
		remedy:
			'Send what the class asks for; the time limit runs from receipt, and is not stopped by asking.',
		test({ held }) {
			const missing = [
				...(held.case.description.trim() === '' ? ['a description'] : []),
				...(drawingsOf(held.documents).length === 0 && held.case.boundary === null
					? ['a plan that identifies the site']
					: []),
				...(held.people.some(
					({ role, email, phone, address }) =>
						['applicant', 'agent'].includes(role) && (email ?? phone ?? address) !== null
				)
					? []
					: ['the developer’s contact address'])
			];
			return missing.length > 0
				? notMet(
						`Missing: ${missing.join(', ')}. There is no validation here: the clock runs from receipt.`
					)
				: look(
						'See whether everything the class asks for was there on receipt. There is no validation here: the clock runs from receipt.',
						...asEvidence(held.documents)
					);
		}
	},
	{
		id: 'V43',
		title: 'Each tree is identified, with what is to be done',
		section: 'kind',
		appliesTo: treeWorks,
		basis: statute(
			'Town and Country Planning (Tree Preservation) (England) Regulations 2012 (SI 2012/605), regulation 16'
		),
		outcome: 'fail',
		remedy:
			'Send a sketch plan that numbers each tree, with its species and the works; for a preservation order, the reasons.',
		test(at) {
			const { tagged, perhaps } = findDocuments(
				at.held.documents,
				soughtFor('sketch-plan', 'Tree plan')
			);
			const said = answersAbout(at, /tree|species|works? to/i);
			const evidence: Evidence[] = [...asEvidence([...tagged, ...perhaps]), ...said.map(asAnswer)];
			if (tagged.length + perhaps.length === 0)
				return notMet('No plan shows which trees are meant.', ...evidence);
			return look(
				'See whether each tree is on the plan, with its species and the works.',
				...evidence
			);
		}
	},
	{
		id: 'V44',
		title: 'Each advertisement is described',
		section: 'kind',
		appliesTo: adverts,
		basis: statute(
			'Town and Country Planning (Control of Advertisements) (England) Regulations 2007 (SI 2007/783), regulation 9'
		),
		outcome: 'fail',
		remedy:
			'Send drawings with the position, size and illumination of each advertisement, and the owner’s permission.',
		test({ held }) {
			const drawings = drawingsOf(held.documents).filter(({ tags }) =>
				tags.some((tag) => /^(elevations|sections|otherDrawing|sitePlan|streetScene)/.test(tag))
			);
			return drawings.length === 0
				? notMet('No drawing shows an advertisement.')
				: look(
						'See whether position, size, materials and illumination are given, and the owner has agreed.',
						...asEvidence(drawings)
					);
		}
	},
	{
		id: 'V45',
		title: 'The certificate’s ground, dates and evidence are there',
		section: 'kind',
		appliesTo: lawful,
		basis: dmpoArticle('39'),
		outcome: 'fail',
		remedy:
			'Describe the use or works, the date they began and the ground relied on, and send the evidence.',
		test(at) {
			const { facts, held } = at;
			if (held.case.description.trim() === '') return notMet('The use or works are not described.');
			const evidence = findDocuments(held.documents, {
				tags: [
					'bankStatement',
					'buildingControlCertificate',
					'constructionInvoice',
					'councilTaxBill',
					'otherEvidence',
					'photographs.existing',
					'statutoryDeclaration',
					'tenancyAgreement',
					'tenancyInvoice',
					'utilitiesStatement',
					'utilityBill'
				],
				words: /evidence|declaration|statement/i
			});
			const found = [...evidence.tagged, ...evidence.perhaps];
			const past = /^ldc(\.existing|\.breachOfCondition)?$/.test(facts.type);
			if (past && found.length === 0)
				return notMet('Nothing proves how long the use or works have been there.');
			const said = answersAbout(at, /ground|began|when did|lawful|existing use/i).map(asAnswer);
			return past
				? look(
						'See whether the ground, the dates and the evidence fit together.',
						...asEvidence(found),
						...said
					)
				: drawingsOf(held.documents).length > 0
					? met('The works are described and drawn.', ...asEvidence(drawingsOf(held.documents)))
					: look(
							'See whether the proposed use or works can be understood without a drawing.',
							...said
						);
		}
	}
];
