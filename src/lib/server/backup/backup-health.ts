import { keepingRulesAt } from '#lib/domain/keeping-rules.ts';
import type { Council } from '../installation.ts';
import { readLastRun } from './last-run.ts';

const when = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'Europe/London',
	dateStyle: 'long',
	timeStyle: 'short'
});

/** What is wrong with a council's backups, in words for anybody: nothing of what is in them. */
export function backupProblems({ name, register, folder }: Council, now: Date): string[] {
	const { lastAt, releasing } = register.backupState(now);
	const run = readLastRun(folder);
	const failed =
		run !== null && !run.ok
			? [
					`The last backup of ${name}, begun on ${when.format(Date.parse(run.at))}, did not pass: npx bops backup says why.`
				]
			: [];
	if (lastAt === null)
		return [`Backup is not set up for ${name}: tablets keep everything.`, ...failed];
	if (releasing) return failed;
	const { staleAfterHours } = keepingRulesAt(now);
	return [
		`The last verified backup of ${name} is of ${when.format(Date.parse(lastAt))}, more than ${staleAfterHours} hours ago: tablets release nothing until there is a newer one.`,
		...failed
	];
}
