import { z } from 'zod';
import { applicationType } from '#lib/domain/application-type.ts';
import { mayBeInEngland } from '#lib/domain/intake/boundary.ts';
import { person } from '#lib/domain/person.ts';
import { planningCase } from '#lib/domain/planning-case.ts';
import { area, calendarDate, words } from '#lib/domain/primitives.ts';
import { provisionalLabel } from '#lib/domain/reference.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { defineCommand, type Context } from '../command.ts';
import { happened } from '../timeline.ts';

/** Somebody named on a paper form; every contact detail may be missing. */
const named = person.pick({ id: true, name: true, organisation: true, email: true, phone: true });

const payload = z.strictObject({
	applicationType: z.string().max(100),
	address: words(500),
	postcode: z.string().max(10).nullable(),
	description: words(20_000),
	receivedOn: calendarDate,
	applicant: named.nullable(),
	agent: named.nullable(),
	boundary: area.nullable()
});
type Made = z.infer<typeof payload>;

/**
 * An application that came on paper becomes a case, with or without a signal. It goes by a
 * provisional label until the register, which performs this too, gives it a reference.
 */
export const createCase = defineCommand({
	name: 'create-case',
	sort: 'act',
	permission: 'create-case',
	offline: true,
	payload,
	run(file, made, context) {
		if (file.case !== undefined) return refuse('already-exists');
		const refusal = whyNotCreated(made, context);
		if (refusal !== null) return refusal;
		const { envelope, officer } = context;
		const { caseId } = file;
		const label = provisionalLabel(officer?.initials ?? 'BOPS', caseId);
		const record = planningCase.parse({
			id: caseId,
			caseId,
			reference: null,
			provisionalLabel: label,
			previousReferences: [],
			applicationType: made.applicationType,
			status: 'received',
			description: made.description.trim(),
			address: made.address.trim(),
			uprn: null,
			postcode: made.postcode,
			town: null,
			ward: null,
			point: null,
			boundary: made.boundary,
			statedArea: null,
			receivedOn: made.receivedOn,
			source: 'paper',
			// whoever validates for everybody has it in the queue of all technicians
			assignedTo: officer?.roles.includes('technician') === true ? null : (officer?.id ?? null),
			gaps: [],
			accessNote: '',
			createdAt: envelope.captured.wall,
			writers: {}
		});
		const people = (['applicant', 'agent'] as const).flatMap((role) => {
			const one = made[role];
			return one === null
				? []
				: [
						{
							kind: 'person' as const,
							record: { ...one, caseId, role, address: null, detail: {}, writers: {} }
						}
					];
		});
		return {
			changes: [
				{ kind: 'case', record },
				...people,
				happened(
					context,
					'application-submitted',
					{ source: 'paper', provisionalLabel: label },
					made.receivedOn
				)
			]
		};
	}
});

function whyNotCreated(made: Made, { today }: Context): Refusal | null {
	if (applicationType(made.applicationType)?.current !== true) return refuse('type-not-configured');
	if (made.receivedOn > today) return refuse('date-in-future');
	if (made.address.trim() === '')
		return refuse('value-not-accepted', 'Give the address of the site.');
	if (made.description.trim() === '')
		return refuse('value-not-accepted', 'Say what is proposed, in the words of the form.');
	for (const one of [made.applicant, made.agent])
		if (one?.name.trim() === '')
			return refuse('value-not-accepted', 'Give a name, or leave the person out.');
	if (made.boundary !== null && !isInEngland(made.boundary))
		return refuse('value-not-accepted', 'The red line is not in England.');
	return null;
}

function isInEngland({ type, coordinates }: NonNullable<Made['boundary']>): boolean {
	const rings = type === 'Polygon' ? coordinates : coordinates.flat();
	return rings.flat().every(([longitude = 0, latitude = 0]) => mayBeInEngland(longitude, latitude));
}
