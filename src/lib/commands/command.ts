import type { z } from 'zod';
import type { TypedRecord } from '#lib/domain/records.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Permission } from '#lib/domain/permissions.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { CaseFile } from './case-file.ts';
import type { Envelope, Outcome } from './envelope.ts';

/** Who does it, by which envelope, and what the council knows: everything a command may look at beyond the file. */
export interface Context {
	envelope: Envelope;
	/** null when the actor is not an officer (system, applicant, API client) */
	officer: Officer | null;
	/** every officer of the council, by id */
	officers: ReadonlyMap<string, Officer>;
	/** the London calendar day on which it was done, by the author's device */
	today: string;
}

/** What a command makes of a file: the records as they are afterwards, whole. */
export interface Changes {
	changes: TypedRecord[];
	/** `applied` unless said otherwise */
	outcome?: Extract<Outcome, 'applied' | 'merged' | 'conflict'>;
}

/**
 * One thing that can be done. `run` is pure: the same file, payload and context
 * give the same answer on the device and on the register.
 *
 * Running a command again over a file that already has its effect gives no further change:
 * `runCommand` finds its timeline entry, and what leaves none writes the same again.
 */
export interface Command<P = unknown> {
	name: string;
	/** `capture` is never refused for the state of the case; `act` is judged; `edit` may conflict */
	sort: 'capture' | 'act' | 'edit';
	payload: z.ZodType<P>;
	/** where one command stands for several acts, it depends on the act: ask `permissionFor` */
	permission: Permission | ((payload: P) => Permission);
	/** false: needs the register, and the device says so instead of trying; ask `worksOffline` */
	offline: boolean | ((payload: P) => boolean);
	run(file: CaseFile, payload: P, context: Context): Changes | Refusal;
	/** hashes of the bytes this payload refers to */
	blobs?(payload: P): string[];
}

export const defineCommand = <P>(command: Command<P>): Command<P> => command;

/** What an officer must be allowed to do this. */
export const permissionFor = <P>({ permission }: Command<P>, payload: P): Permission =>
	typeof permission === 'function' ? permission(payload) : permission;

/** Whether this may be done with no connection to the register. */
export const worksOffline = <P>({ offline }: Command<P>, payload: P): boolean =>
	typeof offline === 'function' ? offline(payload) : offline;
