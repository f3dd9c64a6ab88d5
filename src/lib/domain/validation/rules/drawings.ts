import { documentTagWords } from '#lib/domain/document-tag.ts';
import { valueOf } from '#lib/domain/proposal/fact.ts';
import { advice, dmpoArticle, guidance, statute, type Basis } from '../basis.ts';
import { doesNotApply, look, met, notMet, type Rule, type Verdict } from '../check.ts';
import { asEvidence, drawingsOf, findDocuments } from '../documents-held.ts';
import { soughtFor } from '../requirement-documents.ts';
import { blockPlanned, drawn, planned } from '../ranges.ts';
import { drawingsNeeded } from './drawings-needed.ts';

/** What asks for a plan that identifies the land, by type. */
const landPlan = (type: string): Basis => {
	if (type === 'listed')
		return statute('Planning (Listed Buildings and Conservation Areas) Act 1990, section 10(2)(b)');
	if (type.startsWith('ldc')) return dmpoArticle('39(1)(b)(i)');
	if (type.startsWith('wtt'))
		return statute(
			'Town and Country Planning (Tree Preservation) (England) Regulations 2012, regulation 16'
		);
	if (type === 'advertConsent')
		return statute(
			'Town and Country Planning (Control of Advertisements) (England) Regulations 2007, regulation 9'
		);
	if (type.startsWith('pa'))
		return statute(
			'General Permitted Development Order 2015 (SI 2015/596), Schedule 2: the class’s own paragraph'
		);
	return dmpoArticle('7(1)(c)(i)');
};
const describing = (type: string): Basis =>
	type === 'listed'
		? statute('Planning (Listed Buildings and Conservation Areas) Act 1990, section 10(2)(c)')
		: dmpoArticle('7(1)(c)(ii)');

/** V10 to V13 and V20 to V23: plans and drawings. */
export const drawingRules: readonly Rule[] = [
	{
		id: 'V10',
		title: 'There is a location plan',
		section: 'drawings',
		appliesTo: planned,
		basis: landPlan,
		outcome: 'fail',
		remedy:
			'Send a location plan, to an identified scale and showing north, with the site edged in red.',
		test({ held }) {
			const { tagged, perhaps } = findDocuments(
				held.documents,
				soughtFor('location-plan', 'Location plan')
			);
			if (tagged.length > 0) return met('There is a location plan.', ...asEvidence(tagged));
			if (perhaps.length > 0)
				return look(
					'Nothing is tagged as a location plan: see whether one of these is.',
					...asEvidence(perhaps)
				);
			return held.case.boundary === null
				? notMet('There is no location plan.')
				: look(
						'There is no location plan among the documents; the applicant drew the red line on a map, which may identify the land.',
						{ kind: 'map', words: 'The red line as the applicant drew it' }
					);
		}
	},
	{
		id: 'V11',
		title: 'Plans have a scale and show north',
		section: 'drawings',
		appliesTo: planned,
		basis: dmpoArticle('7(2)'),
		outcome: 'fail',
		remedy:
			'Send the plans again, drawn to an identified scale and showing the direction of north.',
		test({ held }) {
			const plans = drawingsOf(held.documents).filter(({ tags }) =>
				tags.some((tag) => /^(locationPlan|sitePlan|otherDrawing|treePlan|sketchPlan)/.test(tag))
			);
			return plans.length === 0
				? doesNotApply('There is no plan to look at.')
				: look(
						'See whether each plan has a scale and the direction of north.',
						...asEvidence(plans)
					);
		}
	},
	{
		id: 'V12',
		title: 'Scales are the usual ones',
		section: 'drawings',
		appliesTo: planned,
		basis: advice(
			'Convention: 1:1250 or 1:2500 for location, 1:200 or 1:500 for site, 1:50 or 1:100 for drawings'
		),
		outcome: 'advice',
		remedy: 'Use a usual scale next time.',
		test({ held }) {
			const scaled = held.documents.flatMap((one) => {
				const scale = /\b1\s?[:_-]\s?(\d{2,5})\b/.exec(`${one.name} ${one.description}`)?.[1];
				return scale === undefined ? [] : [{ document: one, scale: Number(scale) }];
			});
			if (scaled.length === 0) return doesNotApply('No name or description gives a scale.');
			const odd = scaled.filter(
				({ scale }) => ![20, 50, 100, 200, 500, 1250, 2500].includes(scale)
			);
			return odd.length > 0
				? notMet(
						`Unusual scales: ${odd.map(({ document, scale }) => `${document.name} at 1:${scale}`).join(', ')}.`,
						...asEvidence(odd.map(({ document }) => document))
					)
				: met(
						'The scales named are usual ones.',
						...asEvidence(scaled.map(({ document }) => document))
					);
		}
	},
	{
		id: 'V13',
		title: 'Two roads are named on the location plan',
		section: 'drawings',
		appliesTo: planned,
		basis: advice('Convention: no law asks for two named roads; only a local list in force may'),
		outcome: 'advice',
		remedy: 'Name the roads beside the site.',
		test({ held }) {
			const { tagged } = findDocuments(held.documents, soughtFor('location-plan', 'Location plan'));
			if (tagged.length === 0) return doesNotApply();
			const words = tagged.map(({ description }) => description).join(' ');
			const roads =
				words.match(/\b(road|street|lane|avenue|close|way|drive|hill|row|terrace|place)\b/gi) ?? [];
			return roads.length >= 2
				? met('Its description names two roads.', ...asEvidence(tagged))
				: notMet(
						'Nothing here says which roads the plan names; their absence is no reason to call it invalid.',
						...asEvidence(tagged)
					);
		}
	},
	{
		id: 'V20',
		title: 'There is a site plan',
		section: 'drawings',
		appliesTo: blockPlanned,
		basis: describing,
		outcome: 'fail',
		remedy:
			'Send a site plan (block plan) that shows the proposal against the boundaries and buildings around it.',
		test({ held }) {
			const { tagged, perhaps } = findDocuments(
				held.documents,
				soughtFor('site-plan', 'Site plan')
			);
			if (tagged.length > 0) return met('There is a site plan.', ...asEvidence(tagged));
			return perhaps.length > 0
				? look(
						'Nothing is tagged as a site plan: see whether one of these is.',
						...asEvidence(perhaps)
					)
				: notMet('There is no site plan.');
		}
	},
	{
		id: 'V21',
		title: 'Drawings describe the proposal, before and after',
		section: 'drawings',
		appliesTo: drawn,
		basis: describing,
		outcome: 'fail',
		remedy: 'Send the drawings that are missing.',
		test({ held, facts }): Verdict {
			const needed = drawingsNeeded(valueOf(facts.works));
			const looked = needed.map((one) => ({
				...one,
				...findDocuments(held.documents, soughtFor(one.reference, one.words))
			}));
			const missing = looked.filter(({ tagged }) => tagged.length === 0);
			const evidence = asEvidence([...new Set(looked.flatMap(({ tagged }) => tagged))]);
			if (missing.length === 0)
				return met('Every drawing that the works usually need is there.', ...evidence);
			const names = missing.map(({ words }) => words).join(', ');
			const elsewhere = [...new Set(missing.flatMap(({ perhaps }) => perhaps))];
			const certain = missing.filter(({ sure, perhaps }) => sure && perhaps.length === 0);
			if (certain.length === 0)
				return look(
					`Nothing is tagged as: ${names}. See whether it is needed to describe the proposal, and whether another drawing shows it.`,
					...asEvidence(elsewhere)
				);
			const said = certain.map(({ words }) => words).join(', ');
			return { ...notMet(`Missing: ${said}.`, ...evidence), remedy: `Send: ${said}.` };
		}
	},
	{
		id: 'V22',
		title: 'Drawings can be told apart',
		section: 'drawings',
		appliesTo: planned,
		basis: advice('The decision notice lists each drawing by its number'),
		outcome: 'advice',
		remedy: 'Give each drawing a number and a title of its own, with “existing” or “proposed”.',
		test({ held }) {
			const drawings = drawingsOf(held.documents);
			if (drawings.length === 0) return doesNotApply();
			const twice = repeated(drawings, (one) => one.drawingNumber?.trim().toUpperCase() ?? '');
			if (twice.length > 0)
				return {
					...notMet(
						`These share a drawing number: ${twice.map(({ name }) => name).join(', ')}.`,
						...asEvidence(twice)
					),
					outcome: 'warn'
				};
			const named = repeated(drawings, ({ name }) => name.toLowerCase());
			if (named.length > 0)
				return notMet(
					`These have the same name: ${named.map((one) => `${one.name} (${one.tags.map(documentTagWords).join('; ')})`).join(', ')}.`,
					...asEvidence(named)
				);
			return met('Names and numbers of the drawings are all different.', ...asEvidence(drawings));
		}
	},
	{
		id: 'V23',
		title: 'Plans agree with each other',
		section: 'drawings',
		appliesTo: drawn,
		basis: guidance(
			'Planning Practice Guidance, Making an application: plans must describe one proposal'
		),
		outcome: 'warn',
		remedy: 'Send drawings that agree with each other.',
		test({ held }) {
			const drawings = drawingsOf(held.documents);
			return drawings.length < 2
				? doesNotApply('There are not two drawings to compare.')
				: look(
						'See whether dimensions, openings and levels are the same on all drawings.',
						...asEvidence(drawings)
					);
		}
	}
];

/** Members that share a key with another; an empty key is shared with nobody. */
function repeated<T>(all: readonly T[], key: (one: T) => string): T[] {
	const counted = new Map<string, number>();
	for (const one of all) counted.set(key(one), (counted.get(key(one)) ?? 0) + 1);
	return all.filter((one) => key(one) !== '' && (counted.get(key(one)) ?? 0) > 1);
}
