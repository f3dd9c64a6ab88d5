import { isInProgress } from '#lib/domain/case-status.ts';
import { afterEnd } from '#lib/domain/late-work.ts';
import { londonDay } from '#lib/domain/london-day.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { may } from '#lib/domain/permissions.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { CaseFile } from './case-file.ts';
import { permissionFor, type Changes, type Command } from './command.ts';
import { wireVersion, type Envelope } from './envelope.ts';
import { commands } from './index.ts';

/** An officer's own case: assigned to them, or theirs to visit. */
export function isOwnCase(file: CaseFile, officer: Officer): boolean {
	return (
		file.case?.assignedTo === officer.id ||
		file.all('visit').some((visit) => visit.officerId === officer.id && visit.state !== 'cancelled')
	);
}

/** Something the register decides on instead of the author: kept whole, for a person to accept. */
export interface Quarantine {
	quarantine: Refusal;
}

/**
 * Performs one envelope over one file, the same on device and register:
 * finds the command, reads the payload, asks who may, runs it.
 *
 * @param author.vouchedFor whether the author is known to have been allowed when it was made
 *   (a reviewer accepted it, or a receipt of ours says so)
 */
export function runCommand(
	file: CaseFile,
	envelope: Envelope,
	officers: ReadonlyMap<string, Officer>,
	author: { vouchedFor: boolean } = { vouchedFor: false }
): (Changes & { command: Command }) | (Refusal & { command?: Command }) | Quarantine {
	if (envelope.v > wireVersion)
		return { quarantine: refuse('version-unknown', `Version ${envelope.v}.`) };
	const command = commands.get(envelope.name);
	if (command === undefined)
		return { quarantine: refuse('payload-not-understood', `"${envelope.name}".`) };
	const payload = command.payload.safeParse(envelope.payload);
	if (!payload.success) {
		const issue = payload.error.issues[0];
		return {
			quarantine: refuse(
				'payload-not-understood',
				issue === undefined ? undefined : `${issue.path.join('.')}: ${issue.message}.`
			)
		};
	}
	// done already: every command that leaves a timeline entry leaves it under its own id
	if (file.get('event', envelope.id) !== undefined) return { changes: [], command };
	const officer = officers.get(envelope.actor) ?? null;
	if (officer === null) {
		if (envelope.actor !== 'system' && !envelope.actor.startsWith('api:'))
			return { quarantine: refuse('officer-unknown') };
	} else if (!author.vouchedFor) {
		const answer = may(officer, permissionFor(command, payload.data), isOwnCase(file, officer));
		if (answer !== 'yes') {
			const refusal = refuse(answer === 'no' ? 'not-permitted' : 'not-your-case');
			// what was seen on site is never refused: a person decides
			if (command.sort !== 'act')
				return { quarantine: refuse(answer === 'no' ? 'not-permitted' : 'no-longer-assigned') };
			return { ...refusal, command };
		}
	}
	const result = command.run(file, payload.data, {
		envelope,
		officer,
		officers,
		// asked for by few, and a calendar takes its time
		get today() {
			return londonDay(envelope.captured.wall);
		}
	});
	if (isRefusal(result)) {
		if (command.sort === 'capture') return { quarantine: result };
		return { ...result, command };
	}
	const late = command.sort !== 'act' && officer !== null;
	return {
		...result,
		changes: late ? sayingIfLate(file, envelope.id, result.changes) : result.changes,
		command
	};
}

/** What arrives when the case has ended is taken in, and says so on its timeline entry: somebody has to look at it. */
function sayingIfLate(file: CaseFile, id: string, changes: TypedRecord[]): TypedRecord[] {
	const status = file.case?.status;
	if (status === undefined || isInProgress(status)) return changes;
	return changes.map((one) =>
		one.kind === 'event' && one.record.id === id
			? {
					...one,
					record: { ...one.record, detail: { ...one.record.detail, [afterEnd]: status } }
				}
			: one
	);
}
