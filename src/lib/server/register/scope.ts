import type Database from 'better-sqlite3';
import type { CaseFile } from '#lib/commands/case-file.ts';
import type { Officer, Role } from '#lib/domain/officer.ts';
import { isInProgress, type CaseStatus } from '#lib/domain/case-status.ts';
import { lateWork } from '#lib/domain/late-work.ts';
import type { Step } from './change-log.ts';
import type { Counters } from './counter.ts';

/** Work that belongs to everybody of a role: while a case stands so, they all have it on their devices. */
export const queues: { reason: string; role: Role; statuses: CaseStatus[] }[] = [
	{ reason: 'validation', role: 'technician', statuses: ['received', 'invalid'] },
	{
		reason: 'decision',
		role: 'reviewer',
		statuses: ['awaiting-determination', 'in-committee']
	}
];

/** Team leaders have a case while work that arrived after its end waits to be looked at. */
const lateReason = 'late-work';

/** Reasons that follow from the records of a case; `opened` and the like end by their date instead. */
const derivedReasons = [
	'assigned',
	'visit',
	'pinned',
	lateReason,
	...queues.map((queue) => queue.reason)
];

interface ScopeRow {
	officer_id: string;
	reason: string;
	until: string | null;
}

/**
 * Which cases are on whose devices. It is data in the sequence: entering and leaving
 * are change rows, so a device never compares lists.
 */
export class Scopes {
	readonly #counters: Counters;
	readonly #ofCase: Database.Statement<[string], ScopeRow>;
	readonly #put: Database.Statement<[string, string, string, string | null]>;
	readonly #drop: Database.Statement<[string, string, string]>;
	readonly #expired: Database.Statement<
		[string],
		{ officer_id: string; case_id: string; reason: string }
	>;
	readonly #anyExpired: Database.Statement<[string], number>;
	readonly #isIn: Database.Statement<[string, string], number>;
	readonly #unqueued: Database.Statement<[string, string, string], string>;
	readonly #overqueued: Database.Statement<[string, string, string], string>;

	constructor(sqlite: Database.Database, counters: Counters) {
		this.#counters = counters;
		this.#ofCase = sqlite.prepare('select officer_id, reason, until from scope where case_id = ?');
		this.#put = sqlite.prepare(
			`insert into scope (officer_id, case_id, reason, until) values (?, ?, ?, ?)
			on conflict do update set until = max(until, excluded.until)`
		);
		this.#drop = sqlite.prepare(
			'delete from scope where officer_id = ? and case_id = ? and reason = ?'
		);
		this.#expired = sqlite.prepare(
			'select officer_id, case_id, reason from scope where until <= ? order by case_id, officer_id'
		);
		// no order here: ordering would walk the whole table
		this.#anyExpired = sqlite
			.prepare<[string], number>('select 1 from scope where until <= ? limit 1')
			.pluck();
		this.#isIn = sqlite
			.prepare<[string, string], number>(
				'select 1 from scope where officer_id = ? and case_id = ? limit 1'
			)
			.pluck();
		this.#unqueued = sqlite
			.prepare<[string, string, string], string>(
				`select id from planning_case where status in (select value from json_each(?))
				and not exists (select 1 from scope
					where officer_id = ? and case_id = planning_case.id and reason = ?)
				order by id`
			)
			.pluck();
		this.#overqueued = sqlite
			.prepare<[string, string, string], string>(
				`select case_id from scope where officer_id = ? and reason = ?
				and not exists (select 1 from planning_case
					where id = scope.case_id and status in (select value from json_each(?)))
				order by case_id`
			)
			.pluck();
	}

	/** number of cases in the officer's scope, kept as a counter so that asking costs nothing */
	size(officerId: string): number {
		return this.#counters.value(`scope:${officerId}`);
	}

	has(officerId: string, caseId: string): boolean {
		return this.#isIn.get(officerId, caseId) !== undefined;
	}

	/** Brings the reasons of one case in line with its records. */
	follow(file: CaseFile, officers: ReadonlyMap<string, Officer>, step: Step): void {
		const now = new Map<string, [string, string]>();
		for (const [officerId, reason] of reasonsOf(file, officers))
			now.set(`${officerId} ${reason}`, [officerId, reason]);
		const gone = this.#ofCase
			.all(file.caseId)
			.filter((row) => derivedReasons.includes(row.reason))
			.filter((row) => !now.delete(`${row.officer_id} ${row.reason}`));
		// entering first: whoever changes from one reason to another never leaves in between
		for (const [officerId, reason] of now.values())
			this.enter(officerId, file.caseId, reason, null, step);
		for (const row of gone) this.#leave(row.officer_id, file.caseId, row.reason, step);
	}

	enter(officerId: string, caseId: string, reason: string, until: string | null, step: Step): void {
		const already = this.has(officerId, caseId);
		this.#put.run(officerId, caseId, reason, until);
		if (already) return;
		this.#counters.raise(`scope:${officerId}`);
		step.scope('scope-add', officerId, caseId);
	}

	#leave(officerId: string, caseId: string, reason: string, step: Step): void {
		this.#drop.run(officerId, caseId, reason);
		if (this.has(officerId, caseId)) return;
		this.#counters.raise(`scope:${officerId}`, -1);
		step.scope('scope-remove', officerId, caseId);
	}

	anyExpired(now: string): boolean {
		return this.#anyExpired.get(now) !== undefined;
	}

	/** Ends what has run out, each case under a step of its own, so that devices fetch them in pages. */
	expire(now: string, nextStep: () => Step): void {
		for (const row of this.#expired.all(now))
			this.#leave(row.officer_id, row.case_id, row.reason, nextStep());
	}

	/** Cases that should enter or leave an officer's queues because of their roles. */
	queueDifferences(officer: Officer): { caseId: string; reason: string; op: 'enter' | 'leave' }[] {
		const noLonger = isLeader(officer) ? [] : this.#overqueued.all(officer.id, lateReason, '[]');
		const late = noLonger.map((caseId) => ({ caseId, reason: lateReason, op: 'leave' as const }));
		const queued = queues.flatMap(({ reason, role, statuses }) => {
			const wanted = officer.active && officer.roles.includes(role);
			const list = JSON.stringify(wanted ? statuses : []);
			return [
				...this.#overqueued
					.all(officer.id, reason, list)
					.map((caseId) => ({ caseId, reason, op: 'leave' as const })),
				...this.#unqueued
					.all(list, officer.id, reason)
					.map((caseId) => ({ caseId, reason, op: 'enter' as const }))
			];
		});
		return [...late, ...queued];
	}

	/** Brings an officer's queues in line with their roles, each case under a step of its own. */
	followRoles(officer: Officer, nextStep: () => Step): void {
		for (const { caseId, reason, op } of this.queueDifferences(officer))
			if (op === 'enter') this.enter(officer.id, caseId, reason, null, nextStep());
			else this.#leave(officer.id, caseId, reason, nextStep());
	}
}

function* reasonsOf(
	file: CaseFile,
	officers: ReadonlyMap<string, Officer>
): Generator<[officerId: string, reason: string]> {
	const planningCase = file.case;
	if (planningCase === undefined) return;
	if (planningCase.assignedTo !== null) yield [planningCase.assignedTo, 'assigned'];
	for (const visit of file.all('visit'))
		if ((visit.state === 'planned' || visit.state === 'started') && officers.has(visit.officerId))
			yield [visit.officerId, 'visit'];
	for (const pin of file.all('pin'))
		if (pin.active && officers.has(pin.officerId)) yield [pin.officerId, 'pinned'];
	for (const { reason, role, statuses } of queues)
		if (statuses.includes(planningCase.status))
			for (const officer of officers.values())
				if (officer.active && officer.roles.includes(role)) yield [officer.id, reason];
	if (!isInProgress(planningCase.status) && lateWork(file.all('event')).length > 0)
		for (const officer of officers.values()) if (isLeader(officer)) yield [officer.id, lateReason];
}

const isLeader = (officer: Officer): boolean =>
	officer.active && officer.roles.includes('reviewer');
