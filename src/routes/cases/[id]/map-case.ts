import type { CaseFile } from '#lib/commands/case-file.ts';

/** What a map needs of one case: its red line, its constraints and where photographs were taken. */
export function mapCase(file: CaseFile) {
	const planningCase = file.case;
	if (planningCase === undefined) throw new Error('A map was asked for a case that is not there.');
	return {
		id: planningCase.id,
		label: planningCase.reference ?? planningCase.provisionalLabel ?? '',
		address: planningCase.address,
		point: planningCase.point,
		boundary: planningCase.boundary,
		constraints: file.all('constraint').filter((constraint) => constraint.intersects),
		photos: file
			.all('photo')
			.filter((photo) => photo.withdrawn === null)
			.map(({ id, number, caption, position, heading }) => ({
				id,
				number,
				caption,
				position,
				heading
			}))
	};
}
