import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Standing } from '#lib/commands/council-box.ts';
import { device } from '#lib/server/register/schema.ts';

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
	lastWrongAt: text('last_wrong_at')
});
