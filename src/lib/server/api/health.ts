import { statfs } from 'node:fs/promises';
import { backupProblems } from '#lib/server/backup/backup-health.ts';
import type { Council } from '#lib/server/installation.ts';
import { meta } from '#lib/server/register/schema.ts';

/** What a probe is told. Words for a person; no personal data, because anybody may ask. */
export interface Health {
	status: 'ok' | 'degraded' | 'down';
	/** what does not work as it should, in words */
	degraded: string[];
}

/** Told which council’s register took nothing, and the fault as it was, for the log. */
export type Failed = (council: string, error: unknown) => void;

/** Below this share of the disk free, photographs will soon have nowhere to go. */
const littleRoom = 0.05;

/** Whether this council's register takes commands now: it writes one row and commits it to the disk. */
function writeProblem(council: Council, now: Date, failed: Failed): string | null {
	const row = { name: 'last-write-check', value: now.toISOString() };
	try {
		council.register.connection.orm
			.insert(meta)
			.values(row)
			.onConflictDoUpdate({ target: meta.name, set: { value: row.value } })
			.run();
		return null;
	} catch (error) {
		failed(council.code, error);
		return `The register of ${council.name} cannot take commands: ${whyInWords(error)}. Tablets keep what they have and try again.`;
	}
}

/** Why a database took nothing, for anybody to read. Its own code is for the log. */
function whyInWords(error: unknown): string {
	const fault = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
	const known = Object.keys(reasons).find((start) => code.startsWith(start));
	return known === undefined ? 'it failed, and the log says how' : (reasons[known] ?? '');
}

const reasons: Record<string, string> = {
	SQLITE_FULL: 'the disk is full',
	SQLITE_BUSY: 'it is busy with another program',
	SQLITE_LOCKED: 'it is busy with another program',
	SQLITE_READONLY: 'its file may not be written to',
	SQLITE_PERM: 'its file may not be written to',
	SQLITE_CANTOPEN: 'its file cannot be opened',
	SQLITE_IOERR: 'the disk does not answer as it should',
	SQLITE_CORRUPT: 'its file is damaged',
	SQLITE_NOTADB: 'its file is damaged'
};

/** An erasure ledger that is not what was written would let erased data come back after a restore. */
const ledgerProblem = ({ name, register }: Council): string[] =>
	(register.erasures?.read().problem ?? null) === null
		? []
		: [`The erasure ledger of ${name} is not what was written: npx bops doctor says where.`];

/** Alarms that no administrator has looked into. */
function alarms({ name, register }: Council): string[] {
	const { open } = register.alarms();
	return open.length === 0
		? []
		: [
				`${open.length === 1 ? 'A tablet' : `${open.length} tablets`} of ${name} claimed to know more than the register has ever told. Look at the page Devices: the register may have been restored unnoticed, or somebody is trying something.`
			];
}

async function roomProblem(dataDir: string): Promise<string | null> {
	const disk = await statfs(dataDir);
	const free = disk.bavail / disk.blocks;
	if (free >= littleRoom) return null;
	return `Only ${Math.round(free * 100)} per cent of the disk with the registers is free.`;
}

const cacheFor = 5_000;
let last: { at: number; answer: Promise<Health> } | null = null;

/** As `health`, asked of the disk at most every five seconds: anybody may ask, and each writes. */
export function recentHealth(
	councils: Council[],
	dataDir: string,
	now: Date,
	failed: Failed
): Promise<Health> {
	if (last === null || now.getTime() - last.at >= cacheFor)
		last = { at: now.getTime(), answer: health(councils, dataDir, now, failed) };
	return last.answer;
}

/** `down` only when no council's register takes commands. */
export async function health(
	councils: Council[],
	dataDir: string,
	now: Date,
	failed: Failed
): Promise<Health> {
	const tried = councils.map((council) => ({
		council,
		problem: writeProblem(council, now, failed)
	}));
	const broken = tried.flatMap(({ problem }) => problem ?? []);
	const degraded = [
		...broken,
		(await roomProblem(dataDir)) ?? [],
		...tried.flatMap(({ council, problem }) =>
			problem === null
				? [...backupProblems(council, now), ...alarms(council), ...ledgerProblem(council)]
				: []
		)
	].flat();
	if (broken.length > 0 && broken.length === councils.length) return { status: 'down', degraded };
	return { status: degraded.length > 0 ? 'degraded' : 'ok', degraded };
}
