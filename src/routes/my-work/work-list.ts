import type { Clock } from '#lib/domain/clock/clock.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import type { Visit } from '#lib/domain/visit.ts';

/** What the list needs of one case on this device. */
export interface CaseOnDevice {
	case: PlanningCase;
	visits: readonly Visit[];
	/** the one to work to; null when none runs */
	clock: Clock | null;
	unsentCount: number;
	needsMe: boolean;
	/** things others did to it since this officer last looked */
	changes: number;
}

export const shows = ['mine', 'visits', 'needs-me', 'changed', 'unsent', 'all'] as const;
export type Show = (typeof shows)[number];

export const showWords: Record<Show, string> = {
	mine: 'Assigned to me',
	visits: 'Visit to do',
	'needs-me': 'Needs me',
	changed: 'Changed',
	unsent: 'Not sent yet',
	all: 'All on this tablet'
};

export const orders = ['time-left', 'visit', 'newest', 'oldest', 'reference', 'address'] as const;
export type Order = (typeof orders)[number];

export const orderWords: Record<Order, string> = {
	'time-left': 'Least time left first',
	visit: 'Next visit first',
	newest: 'Newest received first',
	oldest: 'Oldest received first',
	reference: 'Reference',
	address: 'Address'
};

/** A visit of this officer that is still to be done or is going on. */
export const openVisits = (visits: readonly Visit[], officerId: string): Visit[] =>
	visits
		.filter(
			(visit) =>
				visit.officerId === officerId && (visit.state === 'planned' || visit.state === 'started')
		)
		.sort((a, b) => a.plannedFor.localeCompare(b.plannedFor));

export type Due = 'going-on' | 'overdue' | 'today' | 'later';

/** When a visit is due, seen from `today` (London calendar day). */
export function due(visit: Visit, today: string): Due {
	if (visit.state === 'started') return 'going-on';
	if (visit.plannedFor < today) return 'overdue';
	return visit.plannedFor === today ? 'today' : 'later';
}

/** Every word typed is somewhere in the case's reference, address, proposal or visits. */
export function matches(
	{ case: one, visits }: Pick<CaseOnDevice, 'case' | 'visits'>,
	typed: string
): boolean {
	const words = typed.toLocaleLowerCase('en-GB').split(/\s+/).filter(Boolean);
	if (words.length === 0) return true;
	const text = [
		one.reference,
		one.provisionalLabel,
		...one.previousReferences,
		one.address,
		one.postcode,
		// "SW1A1AA" finds "SW1A 1AA"
		one.postcode?.replaceAll(' ', ''),
		one.town,
		one.ward,
		one.uprn,
		one.description,
		...visits.map((visit) => visit.purpose)
	]
		.filter((part) => part !== null && part !== undefined)
		.join('\n')
		.toLocaleLowerCase('en-GB');
	return words.every((word) => text.includes(word));
}

export interface Look {
	officerId: string;
	/** London calendar day */
	today: string;
}

export function isShown(row: CaseOnDevice, show: Show, look: Look): boolean {
	switch (show) {
		case 'mine':
			return row.case.assignedTo === look.officerId;
		case 'visits':
			return openVisits(row.visits, look.officerId).length > 0;
		case 'needs-me':
			return row.needsMe;
		case 'changed':
			return row.changes > 0;
		case 'unsent':
			return row.unsentCount > 0;
		case 'all':
			return true;
	}
}

/** Without a clock: after all that have one. */
const dueOn = (row: CaseOnDevice) => row.clock?.due ?? '9999-12-31';
const label = (row: CaseOnDevice) => row.case.reference ?? row.case.provisionalLabel ?? '';

/** Comparison for `order`; equal rows fall back to the reference, so a list never jumps about. */
export function compare(order: Order, look: Look): (a: CaseOnDevice, b: CaseOnDevice) => number {
	const byReference = (a: CaseOnDevice, b: CaseOnDevice) =>
		label(a).localeCompare(label(b), 'en-GB', { numeric: true });
	const nextVisit = (row: CaseOnDevice) =>
		openVisits(row.visits, look.officerId)[0]?.plannedFor ?? '9999-12-31';
	const by: Record<Order, (a: CaseOnDevice, b: CaseOnDevice) => number> = {
		'time-left': (a, b) => dueOn(a).localeCompare(dueOn(b)),
		visit: (a, b) => nextVisit(a).localeCompare(nextVisit(b)),
		newest: (a, b) => b.case.receivedOn.localeCompare(a.case.receivedOn),
		oldest: (a, b) => a.case.receivedOn.localeCompare(b.case.receivedOn),
		reference: byReference,
		address: (a, b) => a.case.address.localeCompare(b.case.address, 'en-GB', { numeric: true })
	};
	return (a, b) => by[order](a, b) || byReference(a, b);
}
