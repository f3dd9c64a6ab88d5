import { z } from 'zod';

/** A UUID, version 7 where we make it (RFC 9562), so that keys sort by time; never used to order acts. */
export const id = z.uuid();

/** An instant, ISO 8601 in UTC with milliseconds: `2026-03-03T14:05:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3 });

/** A calendar date with no time and no zone: `2026-03-03`. */
export const calendarDate = z.iso.date();

/** Lower-case hexadecimal SHA-256 of some bytes. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Text that a person typed: kept as typed, bounded so that one field cannot fill a register. */
export const words = (longest: number) => z.string().max(longest);

/** WGS 84 longitude and latitude in degrees. */
export const lonLat = z.strictObject({
	longitude: z.number().min(-180).max(180),
	latitude: z.number().min(-90).max(90)
});
export type LonLat = z.infer<typeof lonLat>;

const position = z.array(z.number()).min(2).max(3);
const ring = z.array(position).min(4);

/** GeoJSON areas (RFC 7946), WGS 84 longitude then latitude: all that a red line may be. */
export const area = z.discriminatedUnion('type', [
	z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
	z.strictObject({
		type: z.literal('MultiPolygon'),
		coordinates: z.array(z.array(ring).min(1)).min(1)
	})
]);
export type Area = z.infer<typeof area>;

/**
 * For each field that several people may edit, the id of the command that last wrote it.
 * An edit names the writer it saw; that name, not a number or a clock, decides whether
 * somebody else got there first (docs/sync.md, S16).
 */
export const writers = z.record(z.string(), z.string());
export type Writers = z.infer<typeof writers>;
