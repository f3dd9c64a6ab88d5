import { caseStatusWords, isInProgress } from '#lib/domain/case-status.ts';
import { endedBefore, lateWork, looksAfter } from '#lib/domain/late-work.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import { eventWords } from '#lib/domain/process-event.ts';
import type { TimelineEvent } from '#lib/domain/timeline-event.ts';
import type { Device } from './device.ts';
import type { Trouble } from './replay.ts';
import { openRecords } from './shown-case.ts';

/** Work of others that arrived after its case had ended, as something that needs this officer; null: none. */
export function lateTrouble(
	on: PlanningCase,
	events: readonly TimelineEvent[],
	officers: ReadonlyMap<string, Officer>,
	me: string
): Trouble | null {
	const officer = officers.get(me);
	if (officer === undefined || isInProgress(on.status)) return null;
	if (!looksAfter(officer, on.assignedTo)) return null;
	const late = lateWork(events).filter(({ by }) => by !== me);
	const [first] = late;
	const ended = first === undefined ? null : endedBefore(first);
	if (first === undefined || ended === null) return null;
	const authors = [...new Set(late.map(({ by }) => officers.get(by)?.name ?? by))].join(', ');
	return {
		id: `late:${on.id}`,
		caseId: on.id,
		about: { reference: on.reference ?? on.provisionalLabel ?? '', address: on.address },
		what:
			late.length === 1
				? `${eventWords(first.type)} by ${authors}`
				: `${late.length} things recorded by ${authors}`,
		outcome: 'late',
		sentence:
			`This arrived when the case had already ended (${caseStatusWords[ended].toLowerCase()}). ` +
			'It is kept on the case. Look whether it changes anything.',
		words: [],
		at: first.at,
		dismissible: false,
		late: late.map(({ id }) => id)
	};
}

/** The same for every case on this device that has ended. */
export async function lateTroubles(device: Device): Promise<Trouble[]> {
	const { records } = device.db;
	const [rows, officers] = await Promise.all([
		device.run(() => records.where({ kind: 'case' }).toArray()),
		device.officers()
	]);
	const officer = officers.get(device.officer.id);
	const ended = (await openRecords(device, rows)).flatMap((one) =>
		one.kind === 'case' &&
		!isInProgress(one.record.status) &&
		officer !== undefined &&
		looksAfter(officer, one.record.assignedTo)
			? [one.record]
			: []
	);
	const troubles: Trouble[] = [];
	for (const on of ended) {
		const kept = await device.run(() => records.where({ caseId: on.id }).toArray());
		const opened = await openRecords(
			device,
			kept.filter(({ kind }) => kind === 'event')
		);
		const events = opened.flatMap((one) => (one.kind === 'event' ? [one.record] : []));
		const trouble = lateTrouble(on, events, officers, device.officer.id);
		if (trouble !== null) troubles.push(trouble);
	}
	return troubles;
}
