import { desc } from 'drizzle-orm';
import { keepingRulesAt } from '#lib/domain/keeping-rules.ts';
import type { Register } from '../register/register.ts';
import { restore } from './schema.ts';

/** What has come back since the register was restored, as its rows say. */
export interface RestoredState {
	/** the moment it was put back to, an instant */
	takenAt: string;
	restoredAt: string;
	/** work that had been accepted, was lost, and has been sent again */
	recovered: number;
	/** devices that sent it */
	fromDevices: number;
	/** devices in use before the backup that have not been heard of since the restore */
	notSeen: number;
}

const day = 24 * 60 * 60 * 1000;

/** Null when no backup was restored lately. */
export function restoredState({ connection }: Register, now: Date): RestoredState | null {
	const { orm, sqlite } = connection;
	const last = orm.select().from(restore).orderBy(desc(restore.restoredAt)).limit(1).get();
	const { restoreShownDays } = keepingRulesAt(now);
	if (last === undefined) return null;
	const { takenAt, restoredAt, epoch } = last;
	if (now.getTime() - Date.parse(restoredAt) > restoreShownDays * day) return null;
	const came = sqlite
		.prepare<[string], { recovered: number; fromDevices: number }>(
			`select count(*) as recovered, count(distinct device) as fromDevices from command_log
			where seq > (select after_seq from epoch where id = ?) and original_seq <> seq`
		)
		.get(epoch);
	const notSeen = sqlite
		.prepare<[{ since: string; restoredAt: string }], number>(
			`select count(*) from (
				select max(d.last_seen, coalesce(r.at, '')) as seen
				from device d left join device_report r on r.device_id = d.id
			) where seen >= @since and seen < @restoredAt`
		)
		.pluck()
		.get({
			since: new Date(Date.parse(takenAt) - restoreShownDays * day).toISOString(),
			restoredAt
		});
	return {
		takenAt,
		restoredAt,
		...(came ?? { recovered: 0, fromDevices: 0 }),
		notSeen: notSeen ?? 0
	};
}
