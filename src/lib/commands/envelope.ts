import { z } from 'zod';
import { id, instant, sha256 } from '#lib/domain/primitives.ts';

/** Changes with the shape of anything that travels; the register upcasts older ones for twelve months. */
export const wireVersion = 2;

/** When and by which clock something was captured. No clock orders anything; these are evidence (S14). */
export const captured = z.strictObject({
	/** the device's wall clock */
	wall: instant,
	/** milliseconds since this page began (performance.now), to show jumps of the wall clock */
	monotonic: z.number().nonnegative(),
	/** register's clock minus device's clock at last contact, milliseconds; null before any contact */
	serverOffset: z.number().nullable()
});

/**
 * One command as it is kept in the outbox and as it travels.
 * `payload` is parsed by the command's own schema; here it is any JSON.
 */
export const envelope = z.strictObject({
	v: z.number().int().positive(),
	id,
	name: z.string().min(1).max(60),
	caseId: id,
	payload: z.json(),
	/** officer id, or `system`, `applicant`, `api:<client>` for those who are not officers */
	actor: z.string().min(1).max(100),
	device: id,
	/** this device's own count of commands, without gaps from 1 */
	deviceSeq: z.number().int().positive(),
	captured,
	/** one bulk act, many cases: the same batch on each */
	batch: id.nullable(),
	/** bytes this command refers to */
	blobs: z.array(sha256)
});
export type Envelope = z.infer<typeof envelope>;

/** A payload above this travels as bytes instead; `perform` says so in words. Counted in UTF-8 bytes. */
export const largestPayload = 128 * 1024;

export const outcomes = [
	'applied',
	'merged',
	'conflict',
	'superseded',
	'refused',
	'quarantined'
] as const;
export type Outcome = (typeof outcomes)[number];

/** What the register answers for one command, stored with it and given again to every repeat (S3). */
export interface Answer {
	id: string;
	outcome: Outcome;
	/** why, when refused or quarantined */
	code: string | null;
	detail: string | null;
	/** the council's sequence number of this answer */
	seq: number;
	epoch: string;
	/** the register's signature over id, payload hash, epoch, seq and actor */
	receipt: string;
}
