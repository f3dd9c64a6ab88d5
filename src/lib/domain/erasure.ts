import { z } from 'zod';
import { id, instant, sha256 } from './primitives.ts';

/** Kinds of records that an erasure act can take the content of. */
export const erasableKinds = ['photo', 'note', 'document', 'person'] as const;
export type ErasableKind = (typeof erasableKinds)[number];

/** What one act takes away of a case: records by id; what is left of each is its id, its hash and the act. */
export const recordsErased = z.strictObject({
	/** number of the act in the erasure ledger */
	erasure: z.number().int().positive(),
	things: z.array(z.strictObject({ kind: z.enum(erasableKinds), id })).min(1),
	/** commands that brought the content, as far as the register had them */
	commands: z.array(z.string()),
	/** bytes that went with it */
	bytes: z.array(sha256),
	/** the administrator, and when */
	by: id,
	at: instant
});
export type RecordsErased = z.infer<typeof recordsErased>;

/** The timeline's name of such an act: devices that read it forget what they keep of it. */
export const recordsErasedEvent = 'records-erased';
