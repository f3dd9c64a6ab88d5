import { z } from 'zod';
import { deviceNumbers } from '#lib/domain/device-numbers.ts';
import { readLastRun } from '#lib/server/backup/last-run.ts';
import { restoredState } from '#lib/server/backup/restored-state.ts';
import type { Council } from '#lib/server/installation.ts';
import { allowedTo, done, router } from './procedure.ts';

/** The browsers that officers work on, and whether their work is safe, for those who look after both. */
export const devicesRouter = router({
	list: allowedTo('administer-devices').query(({ ctx: { council, now } }) => ({
		devices: listed(council),
		alarms: council.register.alarms().open,
		backup: council.register.backupState(now()),
		lastRun: readLastRun(council.folder)
	})),

	/** what has come back since the register was restored; null when it was not, lately */
	restored: allowedTo('see-restored').query(({ ctx: { council, now } }) =>
		restoredState(council.register, now())
	),

	seenAlarm: allowedTo('administer-devices')
		.input(z.strictObject({ id: z.number().int() }))
		.mutation(({ ctx: { council, officer }, input: { id } }) =>
			done(
				council.register.seenAlarm(id, officer.id)
					? { seen: true }
					: { notDone: 'Somebody has looked into this already. Reload the page.' }
			)
		)
});

/** Newest sign of life first. */
function listed({ register }: Council) {
	const reports = new Map(register.deviceReports().map((report) => [report.deviceId, report]));
	return register
		.devices()
		.map((device) => {
			const said = reports.get(device.id) ?? null;
			const { id, officerId, letter, firstSeen, lastSeen, restartedAt } = device;
			return {
				id,
				officerId,
				letter,
				firstSeen,
				lastSeen: said !== null && said.at > lastSeen ? said.at : lastSeen,
				restartedAt,
				numbers: deviceNumbers({ last: device.lastDeviceSeq, missing: device.missing }, said),
				/** what it last said of itself; null when it has not */
				said:
					said === null
						? null
						: { at: said.at, app: said.app, unsent: said.unsent, oldestUnsent: said.oldestUnsent }
			};
		})
		.sort((a, b) => b.lastSeen.localeCompare(a.lastSeen));
}
