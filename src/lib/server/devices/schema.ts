import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { device } from '#lib/server/register/schema.ts';

/** What a device said of itself when it last asked what is new. */
export const deviceReport = sqliteTable('device_report', {
	deviceId: text('device_id')
		.primaryKey()
		.references(() => device.id),
	/** instant */
	at: text('at').notNull(),
	/** version of the application that it runs */
	app: text('app').notNull(),
	/** commands and files it keeps that the register has not received */
	unsent: integer('unsent').notNull(),
	/** when the oldest of them was made, an instant by its clock; null when there is none */
	oldestUnsent: text('oldest_unsent'),
	/** the last number it gave to a command */
	numbered: integer('numbered').notNull(),
	/** numbers of commands that wait on it: `[[from, to], …]` */
	waiting: text('waiting', { mode: 'json' }).$type<[number, number][]>().notNull(),
	/** numbers it took for acts done at the register at once: asked there, and kept nowhere else */
	online: text('online', { mode: 'json' }).$type<[number, number][]>().notNull()
});

/** Something an administrator should look into. */
export const alarm = sqliteTable(
	'alarm',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		/** instant of the first and of the last time */
		at: text('at').notNull(),
		lastAt: text('last_at').notNull(),
		/** how often */
		times: integer('times').notNull(),
		what: text('what', { enum: ['cursor-above-head'] }).notNull(),
		device: text('device').notNull(),
		officerId: text('officer_id').notNull(),
		/** the number claimed, and the register's last one then */
		claimed: integer('claimed').notNull(),
		head: integer('head').notNull(),
		seenBy: text('seen_by'),
		seenAt: text('seen_at')
	},
	(table) => [
		index('alarm_open')
			.on(table.device, table.what)
			.where(sql`${table.seenAt} is null`)
	]
);
