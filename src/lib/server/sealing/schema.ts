import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import type { Standing } from '#lib/commands/council-box.ts';
import { device } from '#lib/server/register/schema.ts';

export const standings = ['good', 'locked', 'wipe', 'wiped'] as const satisfies Standing[];

const step = z.strictObject({
	what: z.enum(['locked', 'unlocked', 'wipe-ordered', 'met', 'handed-over', 'not-all', 'wiped']),
	/** an instant */
	at: z.string(),
	/** officer id; null: the device itself */
	by: z.string().nullable(),
	/** things handed over, of them not to be taken in; null where none were counted */
	things: z.number().nullable(),
	not: z.number().nullable()
});
export const deviceSteps = z.array(step);
/** One thing that was ordered of a device, or that the device did upon it. */
export type DeviceStep = z.infer<typeof step>;

/** What an administrator has said of a device, and what it has said of itself. */
export const deviceLock = sqliteTable('device_lock', {
	deviceId: text('device_id')
		.primaryKey()
		.references(() => device.id),
	standing: text('standing').$type<Standing>().notNull(),
	/** officer id */
	changedBy: text('changed_by'),
	changedAt: text('changed_at'),
	/** wrong PINs in a row that the device told of */
	wrongPins: integer('wrong_pins').notNull(),
	lastWrongAt: text('last_wrong_at'),
	/** what was ordered and done, oldest first */
	steps: text('steps', { mode: 'json' }).$type<DeviceStep[]>().notNull().default([])
});
