import type { Site } from '../town.ts';
import type { Random } from '../town/random.ts';
import type { Proposal } from './proposals.ts';

/** A file of a submission: how it is named and tagged there, and which file of the pool it is. */
export interface SubmittedFile {
	name: string;
	tags: readonly (readonly [code: string, words: string])[];
	/** key of the pool; null: named in the submission but never received */
	pool: string | null;
}

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
export const sitePlanKey = (site: Site) => `site-plans/${site.id}`;
export const drawingKey = (kind: string, works: string, sheet: 'elevations' | 'floor-plans') =>
	`${sheet}/${kind}-${works}`;

/** What an applicant sends with a proposal. */
export function filesFor(
	site: Site,
	proposal: Proposal,
	planned: ReadonlySet<number>,
	random: Random
): SubmittedFile[] {
	const { kind } = site.built;
	const files: SubmittedFile[] = [
		{
			name: `${slug(site.address.street)}-${site.address.number}-location-and-block-plan.pdf`,
			tags: [
				['locationPlan', 'Location plan'],
				['sitePlan.proposed', 'Site plan - proposed']
			],
			pool: planned.has(site.id) ? sitePlanKey(site) : null
		}
	];
	const { works } = proposal;
	if (works !== null && proposal.type !== 'approval.conditions') {
		files.push({
			name: `elevations-${slug(works)}.pdf`,
			tags: [
				['elevations.existing', 'Elevations - existing'],
				['elevations.proposed', 'Elevations - proposed']
			],
			pool: drawingKey(kind, works, 'elevations')
		});
		if (works !== 'windows' && works !== 'shopfront')
			files.push({
				name: `floor-plans-${slug(works)}.pdf`,
				tags: [['floorPlan.proposed', 'Floor plan - proposed']],
				pool: drawingKey(kind, works, 'floor-plans')
			});
	}
	if (proposal.type === 'pp.full.minor' || (proposal.fee > 200 && random.chance(0.3)))
		files.push({
			name: 'design-and-access-statement.pdf',
			tags: [['designAndAccessStatement', 'Design and access statement']],
			pool: `design-statement/${site.zone}`
		});
	if (proposal.type === 'listed' || (kind === 'shop' && random.chance(0.4)))
		files.push({
			name: 'heritage-statement.pdf',
			tags: [['heritageStatement', 'Heritage statement']],
			pool: `heritage-statement/${random.whole(1, 2)}`
		});
	if (random.chance(0.55))
		files.push({
			name: `photograph-of-the-front.jpg`,
			tags: [['photographs.existing', 'Photographs - existing']],
			pool: `street/${kind}-${random.whole(1, 5)}`
		});
	// some files are named in a submission and do not arrive
	if (random.chance(0.12))
		files.push({
			name: 'correspondence.pdf',
			tags: [['otherDocument', 'Other document']],
			pool: null
		});
	return files;
}
