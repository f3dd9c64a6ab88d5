import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegister } from '../register/open-register.ts';
import { dropFiles } from './copy-files.ts';
import { filesOf, verifiedBackups } from './manifest.ts';
import { registerCopy } from './verify-copy.ts';

/** However old they are, so many verified backups stay. */
const always = 3;
const day = 24 * 60 * 60 * 1000;

/**
 * Takes away verified backups older than `keepDays`, and files that only they named. Call it after a
 * backup has been verified, never instead of one.
 *
 * @returns names of the backups that went
 */
export async function dropOldBackups(
	target: string,
	code: string,
	{ keepDays, now }: { keepDays: number; now: Date }
): Promise<string[]> {
	const all = verifiedBackups(target, code);
	const before = new Date(now.getTime() - keepDays * day).toISOString();
	const old = all.slice(always).filter(({ manifest }) => manifest.takenAt < before);
	if (old.length === 0) return [];
	for (const { folder } of old) await rm(folder, { recursive: true });
	const gone = new Set(old.map(({ name }) => name));
	const named = new Set<string>();
	for (const { name, folder } of all)
		if (!gone.has(name))
			for (const sha256 of filesNamedIn(join(folder, registerCopy))) named.add(sha256);
	await dropFiles(filesOf(target, code), named);
	return [...gone];
}

function filesNamedIn(register: string): string[] {
	const { sqlite } = openRegister(register, { readonly: true });
	try {
		return sqlite.prepare<[], string>('select sha256 from blob').pluck().all();
	} finally {
		sqlite.close();
	}
}
