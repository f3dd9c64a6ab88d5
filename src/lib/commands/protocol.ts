import { z } from 'zod';
import type { SentSetting } from '#lib/domain/council-settings.ts';
import type { BackupState } from '#lib/domain/keeping-rules.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { id, instant } from '#lib/domain/primitives.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import { envelope, type Answer, type Envelope } from './envelope.ts';

/** A push carries at most this many commands and this many bytes of JSON. */
export const pushBudget = { commands: 50, bytes: 256 * 1024 } as const;

/** A pull answers with at most about this many bytes of JSON; one case is never split. */
export const pullBudget = { bytes: 512 * 1024 } as const;

/** What a device sends: commands in the order made, with the receipt of any that was answered before. */
export const pushRequest = z.strictObject({
	epoch: z.string().nullable(),
	device: id,
	commands: z
		.array(z.strictObject({ envelope, receipt: z.string().nullable() }))
		.max(pushBudget.commands)
});
export type PushRequest = z.infer<typeof pushRequest>;

/** One answer for each command, in the same order; or nothing applied because the register is another epoch. */
export type PushAnswer =
	{ epoch: string; answers: Answer[]; serverTime: string } | { epochChanged: string };

/**
 * Where a device stands. `bootstrap` is set while the first download runs:
 * cases up to `after` (by id) are on the device, as of `horizon` or later.
 */
export const cursor = z.strictObject({
	epoch: z.string().nullable(),
	seq: z.number().int().nonnegative(),
	bootstrap: z.strictObject({ horizon: z.number().int(), after: z.string() }).nullable()
});
export type Cursor = z.infer<typeof cursor>;

/** First and last of a run of numbers. */
const run = z.tuple([z.number().int().positive(), z.number().int().positive()]);
const runs = z.array(run).max(50);

/** What a device says of itself with every pull, for the people who look after devices. */
export const deviceReport = z.strictObject({
	/** version of the application */
	app: z.string().max(60),
	/** commands and files it keeps that the register has not received */
	unsent: z.number().int().nonnegative(),
	/** when the oldest of them was made, by its clock; null when there is none */
	oldestUnsent: instant.nullable(),
	/** the last number it gave to a command */
	numbered: z.number().int().nonnegative(),
	/** numbers of commands that wait on it */
	waiting: runs,
	/** numbers it took for acts done at the register at once; a gap there is no lost work */
	online: runs
});
export type DeviceReport = z.infer<typeof deviceReport>;

export const pullRequest = z.strictObject({
	device: id,
	cursor,
	/** left out by versions before 0.2 */
	report: deviceReport.optional()
});
export type PullRequest = z.infer<typeof pullRequest>;

/** A run of numbers, first and last. */
export type Run = [number, number];

/** What a browser wrote down outside its databases, before it threw these away. */
export const keptByDevice = z.strictObject({
	device: id,
	/** numbers that had not been answered */
	numbers: z.array(run).max(200),
	/** photographs whose bytes had not been received, by id */
	pictures: z.array(id).max(200)
});

/** A record and the sequence number of its last change. */
export type PulledRecord = TypedRecord & { seq: number };

/** What was decided on a command that had been set aside. */
export interface Decision {
	/** command id */
	command: string;
	state: 'accepted' | 'declined';
	/** officer id, or `system` where the register could take it in after all */
	by: string;
	/** an instant, by the register's clock */
	at: string;
	/** why it was declined */
	reason: string | null;
}

export type PullAnswer =
	| {
			cursor: Cursor;
			/** true: ask again at once */
			more: boolean;
			/** changed records, and whole snapshots of cases that have entered the scope */
			records: PulledRecord[];
			/** cases that are whole in `records`: what the device held of them before is replaced */
			snapshots: string[];
			/** cases that have left this officer's scope */
			left: string[];
			/** all officers of the council, when any changed after the cursor; else null */
			officers: Officer[] | null;
			/** settings of the council that changed after the cursor; registers before 0.2 send none */
			settings?: SentSetting[];
			/** ids of commands whose effect these records hold */
			commands: string[];
			/** decided since on what this device had sent; also on cases that have left the scope */
			decisions: Decision[];
			/** up to here everything is in a verified backup; 0 while none is set up */
			archivedSeq: number;
			/** what may leave a device, and when */
			backup: BackupState;
			/** cases in the officer's scope, to show progress of a first download */
			scopeSize: number;
			serverTime: string;
	  }
	| { epochChanged: string };

/** What rides on an upload (tus metadata): whose bytes these are. Authorised through the record, never by hash. */
export const uploadMetadata = z.strictObject({
	caseId: id,
	of: z.enum(['original', 'thumbnail', 'document']),
	/** photo or document id */
	id,
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
	mime: z.string().max(100)
});
export type UploadMetadata = z.infer<typeof uploadMetadata>;

/** Bytes of one upload at most. */
export const largestUpload: Record<UploadMetadata['of'], number> = {
	original: 200 * 1024 * 1024,
	document: 200 * 1024 * 1024,
	thumbnail: 1024 * 1024
};

/** The register's word for verified bytes: they are on disk, fsynced, and a row says so. */
export interface BytesReceipt {
	sha256: string;
	seq: number;
	receipt: string;
}

/**
 * How a device reaches the register. Every call rejects with `Unreachable` when nothing
 * certain is known (no network, a proxy's page, a cut answer): ask again later.
 */
export interface Transport {
	push(request: PushRequest): Promise<PushAnswer>;
	pull(request: PullRequest): Promise<PullAnswer>;
	/** resumable; `progress` in bytes of `bytes.byteLength`; `signal` stops it, as `Unreachable` */
	upload(
		metadata: UploadMetadata,
		bytes: Uint8Array,
		progress: (sent: number) => void,
		signal: AbortSignal
	): Promise<BytesReceipt>;
}

/** Nothing certain is known of what the register did. */
export class Unreachable extends Error {
	override name = 'Unreachable';
}
/** The session has ended: the queue waits for the same officer to sign in again. */
export class SignedOut extends Error {
	override name = 'SignedOut';
}

export type { Answer, Envelope };
