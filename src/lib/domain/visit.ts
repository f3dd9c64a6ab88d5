import { z } from 'zod';
import { calendarDate, id, instant, sha256, words, writers } from './primitives.ts';

export const visitState = z.enum(['planned', 'started', 'finished', 'cancelled']);

export const visitOutcome = z.enum(['completed', 'no-access', 'nobody-home', 'aborted']);

/** A visit to a site. Everything recorded on it points here. */
export const visit = z.strictObject({
	id,
	caseId: id,
	officerId: id,
	state: visitState,
	plannedFor: calendarDate,
	/** e.g. "morning", "10:30"; free words */
	plannedTime: words(100),
	purpose: words(1_000),
	/** who to meet, gate code, dog, hazards */
	access: words(4_000),
	startedAt: instant.nullable(),
	finishedAt: instant.nullable(),
	outcome: visitOutcome.nullable(),
	summary: words(20_000),
	writers
});
export type Visit = z.infer<typeof visit>;

/** Where the device said it was at the shutter; null means not recorded, and is never invented. */
export const recordedPosition = z.strictObject({
	longitude: z.number().min(-180).max(180),
	latitude: z.number().min(-90).max(90),
	/** metres, 68 % (W3C Geolocation) */
	accuracy: z.number().nonnegative(),
	altitude: z.number().nullable()
});
export type RecordedPosition = z.infer<typeof recordedPosition>;

/** Degrees clockwise, and from which north, as far as the device says. */
export const recordedHeading = z.strictObject({
	degrees: z.number().min(0).max(360),
	reference: z.enum(['true', 'magnetic', 'unknown'])
});

/** A photograph taken on a visit. The original's bytes are evidence: named by hash, never changed. */
export const photo = z.strictObject({
	id,
	caseId: id,
	visitId: id,
	/** `JB-1`: officer's initials, a letter for a second device, and a number never used again */
	number: z.string(),
	caption: words(1_000),
	takenBy: id,
	takenAt: instant,
	device: id,
	sha256,
	mime: z.string(),
	/** bytes */
	size: z.number().int().positive(),
	/** pixels; null when this device could not decode the picture */
	width: z.number().int().positive().nullable(),
	height: z.number().int().positive().nullable(),
	position: recordedPosition.nullable(),
	heading: recordedHeading.nullable(),
	origin: z.enum(['camera', 'file']),
	/** how the picture was made: `takePhoto`, `videoFrame`, `fileInput` */
	method: z.string(),
	/** null until the register has verified the bytes by hash */
	originalReceivedAt: instant.nullable(),
	thumbnailSha256: sha256.nullable(),
	thumbnailReceivedAt: instant.nullable(),
	publicRegisterStatus: z.enum(['publish', 'withhold', 'not-assessed']),
	withdrawn: z.strictObject({ by: id, at: instant, reason: z.string() }).nullable(),
	writers
});
export type Photo = z.infer<typeof photo>;

/** A measurement made on site, in metres. */
export const measurement = z.strictObject({
	id,
	caseId: id,
	visitId: id,
	takenBy: id,
	takenAt: instant,
	what: words(500),
	/** metres */
	value: z.number().finite(),
	method: z.enum(['tape', 'laser', 'scaled-from-plan', 'estimated']),
	/** metres either side; null when not stated */
	tolerance: z.number().nonnegative().nullable(),
	remark: words(2_000),
	withdrawn: z.strictObject({ by: id, at: instant, reason: z.string() }).nullable(),
	writers
});
export type Measurement = z.infer<typeof measurement>;

/** Words an officer wrote: on a visit, or on the case. */
export const note = z.strictObject({
	id,
	caseId: id,
	visitId: id.nullable(),
	writtenBy: id,
	writtenAt: instant,
	text: words(20_000),
	withdrawn: z.strictObject({ by: id, at: instant, reason: z.string() }).nullable(),
	writers
});
export type Note = z.infer<typeof note>;
