import { and, eq, inArray } from 'drizzle-orm';
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { clockCase } from '#lib/commands/clock/clock-case.ts';
import { applicationTypeWords } from '#lib/domain/application-type.ts';
import { inProgress } from '#lib/domain/case-status.ts';
import type { Clock } from '#lib/domain/clock/clock.ts';
import { clocksOf, clockToWorkTo } from '#lib/domain/clock/clocks.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import { planningCase as caseTable } from '../register/record/schema.ts';
import type { Register } from '../register/register.ts';

/** Programs that fetch it are asked to come again after so many seconds. */
const comeAgainAfter = 60 * 60;

/** Besides the clock to work to. */
const alsoShown: readonly Clock['id'][] = ['earliest-decision', 'publicity'];

/**
 * The clocks of every case assigned to an officer, as a calendar (RFC 5545): one whole day each.
 * @param origin where the application is, for the link back
 */
export function officerCalendar(
	register: Register,
	officer: Officer,
	origin: string,
	now: Date
): string {
	const calendar = ical({
		name: `BoPS: clocks of ${officer.name}`,
		prodId: { company: 'BoPS', product: 'clocks', language: 'EN' },
		method: ICalCalendarMethod.PUBLISH,
		ttl: comeAgainAfter
	});
	const holidays = register.bankHolidays();
	for (const caseId of caseIdsOf(register, officer.id)) {
		const file = register.caseFile(caseId);
		const counted = clockCase(file);
		if (file.case === undefined || counted === null) continue;
		const clocks = clocksOf(counted, holidays);
		const first = clockToWorkTo(clocks);
		for (const clock of clocks)
			if (clock === first || (alsoShown.includes(clock.id) && clock.state === 'running'))
				addDay(calendar, file.case, clock, origin, now);
	}
	return calendar.toString();
}

const caseIdsOf = (register: Register, officerId: string): string[] =>
	register.connection.orm
		.select({ id: caseTable.id })
		.from(caseTable)
		.where(and(eq(caseTable.assignedTo, officerId), inArray(caseTable.status, [...inProgress])))
		.orderBy(caseTable.id)
		.all()
		.map(({ id }) => id);

function addDay(
	calendar: ReturnType<typeof ical>,
	planningCase: PlanningCase,
	clock: Clock,
	origin: string,
	now: Date
): void {
	if (clock.due === null) return;
	const label = planningCase.reference ?? planningCase.provisionalLabel ?? '';
	const url = `${origin}/cases/${planningCase.id}/clocks`;
	calendar.createEvent({
		// the same day of the same case is one entry however often it is fetched
		id: `${planningCase.id}.${clock.key}@bops`,
		stamp: now,
		start: new Date(`${clock.due}T00:00:00.000Z`),
		allDay: true,
		transparency: ICalEventTransparency.TRANSPARENT,
		summary: `${clock.words}: ${label}`,
		location: planningCase.address,
		description: [
			applicationTypeWords(planningCase.applicationType),
			`${clock.rule}.`,
			...(clock.status === 'established' ? [] : ['To be confirmed by a person.']),
			url
		].join('\n'),
		url
	});
}
