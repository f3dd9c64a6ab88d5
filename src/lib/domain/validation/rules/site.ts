import { metresOutside, pieces } from '#lib/domain/ground.ts';
import { crossesItself, mayBeInEngland } from '#lib/domain/intake/boundary.ts';
import type { Area } from '#lib/domain/primitives.ts';
import { valueOf } from '#lib/domain/proposal/fact.ts';
import { advice, dmpoArticle, guidance, statute } from '../basis.ts';
import { doesNotApply, look, met, notMet, value, type Evidence, type Rule } from '../check.ts';
import { findDocuments, asEvidence } from '../documents-held.ts';
import { soughtFor } from '../requirement-documents.ts';
import { bounded, permission, planned } from '../ranges.ts';

const onMap: Evidence = { kind: 'map', words: 'The red line on the map' };
const landNeeded = guidance(
	'Planning Practice Guidance, Making an application: the plan shows all the land needed, to the highway'
);

/** V14 to V19: the red line, where it is and what is said of it. */
export const siteRules: readonly Rule[] = [
	{
		id: 'V14',
		title: 'The red line is closed and sound',
		section: 'site',
		appliesTo: bounded,
		basis: dmpoArticle('7(1)(c)(i)'),
		outcome: 'fail',
		remedy: 'Send a plan with the site edged in red, as one closed line.',
		test({ held, facts }) {
			const { boundary } = held.case;
			if (boundary === null)
				return findDocuments(held.documents, soughtFor('location-plan', 'Location plan')).tagged
					.length > 0
					? look('There is no red line on the map: draw it from the location plan.', onMap)
					: notMet('Nothing shows which land it is: there is no red line and no location plan.');
			const rings = ringsOf(boundary);
			if (rings.some(crossesItself)) return notMet('The red line crosses itself.', onMap);
			const metres = valueOf(facts.siteArea.drawn) ?? 0;
			if (metres < 1) return notMet('The red line encloses less than one square metre.', onMap);
			const separate = pieces(boundary);
			if (separate > 1 && !facts.type.startsWith('wtt'))
				return {
					...look(
						`The red line is in ${separate} separate pieces: see whether it is one site.`,
						onMap
					),
					outcome: 'warn'
				};
			return met('The red line is closed, and does not cross itself.', onMap);
		}
	},
	{
		id: 'V15',
		title: 'The site is in this council’s area',
		section: 'site',
		appliesTo: bounded,
		basis: statute(
			'Town and Country Planning Act 1990, section 1: the local planning authority for the area'
		),
		outcome: 'fail',
		remedy: 'Apply to the council in whose area the land is.',
		test({ held, council }) {
			const { boundary, point } = held.case;
			const places = boundary === null ? (point === null ? [] : [point]) : cornersOf(boundary);
			if (places.length === 0) return doesNotApply();
			const outside = places.filter((one) => !mayBeInEngland(one.longitude, one.latitude));
			if (outside.length > 0) {
				const swapped = places.every((one) => mayBeInEngland(one.latitude, one.longitude));
				return {
					...notMet(
						swapped
							? 'The site lies outside England; its latitudes and longitudes seem to be the wrong way round.'
							: outside.length === places.length
								? 'The site lies outside England, where no council in England decides.'
								: 'Part of the site lies outside England.',
						onMap
					),
					...(swapped ? { remedy: 'Send the red line again, longitude before latitude.' } : {})
				};
			}
			const stated = held.submission?.facts.find(
				({ path }) => path === 'data.property.localAuthorityDistrict'
			);
			if (stated === undefined || council === null)
				return met('The site lies in England; nothing says that it is another council’s.', onMap);
			const evidence = value('Council named', stated.value, stated.path);
			return namesCouncil(stated.value, council.name)
				? met(`The submission names ${stated.value}.`, evidence)
				: look(
						`The submission names ${stated.value}: see whether the site is in the area of ${council.name}.`,
						evidence,
						onMap
					);
		}
	},
	{
		id: 'V16',
		title: 'The red line reaches the highway',
		section: 'site',
		appliesTo: permission,
		basis: landNeeded,
		outcome: 'warn',
		remedy: 'Draw the red line round all the land needed, including access to the highway.',
		test: ({ held }) =>
			held.case.boundary === null
				? doesNotApply()
				: look('See whether the red line takes in all the land needed, to the highway.', onMap)
	},
	{
		id: 'V17',
		title: 'The stated area agrees with the red line',
		section: 'site',
		appliesTo: bounded,
		basis: advice('The area decides the fee and whether a development is major'),
		outcome: 'warn',
		remedy: 'State the area of the land within the red line.',
		test({ facts }) {
			const { stated, drawn } = facts.siteArea;
			if (!stated.known || !drawn.known) return doesNotApply();
			const evidence = [
				value('Stated', `${whole(stated.value)} m²`, stated.from),
				value('Within the red line', `${whole(drawn.value)} m²`, drawn.from)
			];
			const apart = Math.abs(stated.value - drawn.value);
			const steps = (metres: number) => Math.ceil(metres / 1_000);
			if (apart > drawn.value * 0.1)
				return notMet('The stated area and the red line differ by more than a tenth.', ...evidence);
			// a metre or two across a step is how it was rounded, not another site
			return steps(stated.value) !== steps(drawn.value) && apart > 5
				? notMet('They differ across a step of 0.1 hectares, which the fee may count.', ...evidence)
				: met('The stated area and the red line agree.', ...evidence);
		}
	},
	{
		id: 'V18',
		title: 'Other land of the applicant is edged in blue',
		section: 'site',
		appliesTo: planned,
		basis: guidance('Planning Practice Guidance, Making an application: other land in blue'),
		outcome: 'warn',
		remedy:
			'Send a location plan with a blue line round other land the applicant owns beside the site.',
		test({ held }) {
			const declared = held.submission?.answers.find(
				({ question, answers }) =>
					/(adjoining|adjacent|other|neighbouring)[^?]*land[^?]*(own|control)|(own|control)[^?]*(adjoining|adjacent|other|neighbouring)[^?]*land/i.test(
						question
					) && answers.some((one) => /^yes/i.test(one))
			);
			return declared === undefined
				? doesNotApply()
				: look(
						'Other land is declared: see whether the location plan has a blue line.',
						{ kind: 'answer', question: declared.question, answer: declared.answers.join(', ') },
						...asEvidence(
							findDocuments(held.documents, soughtFor('location-plan', 'Location plan')).tagged
						)
					);
		}
	},
	{
		id: 'V19',
		title: 'The address, the UPRN and the red line are one place',
		section: 'site',
		appliesTo: bounded,
		basis: advice('Letters, notices and searches go by the address'),
		outcome: 'warn',
		remedy: 'Give the address and the UPRN of the land within the red line.',
		test({ held }) {
			const { uprn, point, boundary, address } = held.case;
			if (address.trim() === '') return notMet('There is no address in words.');
			if (uprn === null) return { ...notMet('There is no UPRN.'), outcome: 'advice' };
			const evidence = value('UPRN', uprn, 'data.property.address.uprn');
			if (point === null || boundary === null) return met('The address has a UPRN.', evidence);
			const metres = metresOutside(point, boundary);
			return metres > 50
				? notMet(`The address point is ${whole(metres)} metres from the red line.`, evidence, onMap)
				: met('The address point is in or beside the red line.', evidence);
		}
	}
];

const ringsOf = ({ type, coordinates }: Area): number[][][] =>
	type === 'Polygon' ? coordinates : coordinates.flat();

const cornersOf = (boundary: Area) =>
	ringsOf(boundary)
		.flat()
		.map(([longitude = 0, latitude = 0]) => ({ longitude, latitude }));

const whole = (number: number): string => Math.round(number).toLocaleString('en-GB');

/** `Lambeth` is named by “London Borough of Lambeth”, and the other way round. */
const namesCouncil = (named: string, council: string): boolean => {
	const key = (words: string) =>
		words
			.toLowerCase()
			.replace(
				/\b(london borough of|royal borough of|borough|city|district|county|council|of|the)\b/g,
				' '
			)
			.replace(/[^a-z]+/g, ' ')
			.trim();
	return named
		.split(', ')
		.some((one) => key(one) === key(council) || key(council).includes(key(one)));
};
