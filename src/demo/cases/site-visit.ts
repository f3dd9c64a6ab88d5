import { londonDay } from '#lib/domain/london-day.ts';
import type { KeptFile } from '../documents/keep-pool.ts';
import { closePictures, picturesOfKind } from '../documents/pool.ts';
import type { Site } from '../town.ts';
import { inPlot, plotDepth, plotWidth } from '../town/buildings.ts';
import type { Point } from '../town/geometry.ts';
import { position } from '../town/ground.ts';
import type { Random } from '../town/random.ts';
import type { Act } from './history.ts';
import type { DemoOfficers } from './officers.ts';
import type { PlannedCase } from './plan.ts';

/** A photograph with the bytes that were received for it. */
export interface Taken {
	photoId: string;
	file: KeptFile;
}
/** The acts of a visit in order; bytes of a photograph arrive after its act. */
export type VisitStep = Act & { taken?: Taken };

const day = 86_400_000;
const minute = 60_000;

const captions = [
	'Front from the opposite pavement',
	'Front and its neighbour to the left',
	'Street, looking along the row',
	'Side passage',
	'Rear from the garden',
	'Boundary wall with number next door',
	'Detail of the window head',
	'Crack beside the window'
];
const notes = [
	'The outrigger next door has two windows that face the boundary, kitchen and bathroom. Neither is the only window of a habitable room.',
	'Ground falls about half a metre from the house to the end of the garden.',
	'Works have not begun. Scaffold on the house two doors along.',
	'The neighbour at the back has a tall hedge; the extension would hardly be seen from there.',
	'Applicant showed me round. They say that the shed is going.'
];
const measured = [
	['Depth from the rear wall to the back fence', 9, 18],
	['Height of the boundary wall', 1.6, 2.1],
	['From the flank wall to the boundary', 0.8, 2.4],
	['Width of the side passage', 0.8, 1.3]
] as const;

/** Where the officer stands and which way they look: towards the house from the street or the garden. */
function viewpoint(site: Site, fromBehind: boolean, random: Random) {
	const wide = plotWidth(site);
	const deep = plotDepth(site);
	const across = random.between(0.1, 0.9) * wide;
	const stand: Point = inPlot(
		site,
		across,
		fromBehind ? deep * random.between(0.75, 0.92) : -random.between(6, 9)
	);
	const { house } = site.built;
	const aim = inPlot(site, (house.left + house.right) / 2, (house.front + house.back) / 2);
	const bearing = (Math.atan2(aim[0] - stand[0], aim[1] - stand[1]) * 180) / Math.PI;
	const [longitude, latitude] = position(stand);
	return {
		position: { longitude, latitude, accuracy: Math.round(random.between(3, 12)), altitude: null },
		heading: {
			degrees: Math.round((bearing + 360 + random.between(-8, 8)) % 360),
			reference: 'true'
		}
	};
}

const pictureKeys = (site: Site, random: Random, count: number): string[] =>
	random
		.shuffled([
			...Array.from({ length: picturesOfKind }, (_, at) => `street/${site.built.kind}-${at + 1}`),
			...Array.from({ length: closePictures }, (_, at) => `close/${at + 1}`).slice(0, 3)
		])
		.slice(0, count);

/** The visit that a case has had, or is going to have. */
export function visitOf(
	planned: PlannedCase,
	begin: Date,
	officers: DemoOfficers,
	pool: ReadonlyMap<string, KeptFile>,
	now: Date
): VisitStep[] {
	const { site, visit } = planned;
	if (visit === 'none') return [];
	const random = planned.random.fork('visit');
	const actor = officers.caseOfficer.id;
	const steps: VisitStep[] = [];
	const at = (offset: number) => new Date(Math.min(begin.getTime() + offset, now.getTime()));
	const id = random.uuid(begin.getTime());
	const add = (offset: number, name: string, payload: Record<string, unknown>, taken?: Taken) =>
		steps.push({ at: at(offset), actor, name, payload, ...(taken === undefined ? {} : { taken }) });
	const goes =
		visit === 'planned'
			? new Date(now.getTime() + planned.visitIn * day)
			: new Date(
					Math.min(begin.getTime() + random.between(2, 6) * day, now.getTime() - 2 * 3_600_000)
				);
	const plannedAt = Math.min(begin.getTime(), goes.getTime() - 3_600_000) - begin.getTime();
	add(plannedAt, 'plan-visit', {
		id,
		plannedFor: londonDay(goes.toISOString()),
		plannedTime: random.pick(['10:00', '11:30', 'morning', '14:00', 'afternoon']),
		purpose: random.pick([
			'See the rear and both neighbours’ windows.',
			'Measure the depth of the garden and look at the street.',
			'Look at the building and its setting.'
		]),
		access: random.pick([
			'',
			'Ring the bell; the applicant works at home.',
			'Gate on the left, not locked.',
			'Dog. Ask for it to be shut away.'
		])
	});
	if (visit === 'planned') return steps;

	const start = goes.getTime() - begin.getTime();
	add(start, 'start-visit', { id });
	pictureKeys(site, random, random.whole(3, 6)).forEach((key, nth) => {
		const file = pool.get(key);
		if (file?.thumbnail == null) return;
		const photoId = random.uuid(goes.getTime());
		const hasPosition = random.chance(0.85);
		const view = viewpoint(site, nth % 3 === 2, random);
		add(
			start + (nth + 1) * 2 * minute,
			'take-photo',
			{
				id: photoId,
				visitId: id,
				number: `${officers.caseOfficer.initials}-${nth + 1}`,
				caption: key.startsWith('close') ? 'Detail of the brickwork' : (captions[nth] ?? ''),
				sha256: file.bytes.sha256,
				mime: 'image/jpeg',
				size: file.bytes.size,
				width: file.width,
				height: file.height,
				position: hasPosition ? view.position : null,
				heading: hasPosition ? view.heading : null,
				origin: 'camera',
				method: 'takePhoto',
				thumbnailSha256: file.thumbnail.sha256
			},
			{ photoId, file }
		);
	});
	random
		.shuffled(measured)
		.slice(0, random.whole(1, 3))
		.forEach(([what, low, high], nth) =>
			add(start + (14 + nth * 2) * minute, 'take-measurement', {
				id: random.uuid(goes.getTime()),
				visitId: id,
				what,
				value: Math.round(random.between(low, high) * 100) / 100,
				method: random.pick(['tape', 'laser']),
				tolerance: null,
				remark: ''
			})
		);
	add(start + 22 * minute, 'write-note', {
		id: random.uuid(goes.getTime()),
		visitId: id,
		text: random.pick(notes)
	});
	add(start + 25 * minute, 'finish-visit', { id, outcome: 'completed' });
	return steps;
}
