import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { instant, sha256 } from '#lib/domain/primitives.ts';

/** What is said of a backup in the file beside it: for people and for `restore`. It holds no secret. */
export const manifest = z.strictObject({
	format: z.literal(1),
	council: z.strictObject({ code: z.string(), name: z.string(), host: z.string() }),
	/** the moment whose register it holds */
	takenAt: instant,
	finishedAt: instant,
	epoch: z.string(),
	/** the last sequence number it holds */
	seq: z.number().int(),
	register: z.strictObject({ bytes: z.number().int(), sha256, commands: z.number().int() }),
	audit: z.strictObject({ rows: z.number().int(), headKnown: z.boolean() }),
	files: z.strictObject({
		/** the register names so many, of so many bytes */
		named: z.number().int(),
		bytes: z.number().int(),
		/** came into the target with this backup */
		copied: z.number().int(),
		/** read again from the target in this run and compared with their hashes */
		compared: z.number().int(),
		/** compared when they came or since; only their sizes were compared in this run */
		comparedEarlier: z.number().int()
	}),
	/** entries of the erasure ledger that this register has in effect */
	erasures: z.number().int(),
	/** on the same disk as the register */
	sameMachine: z.boolean(),
	verified: z.boolean(),
	/** why it is not verified, each in a sentence */
	problems: z.array(z.string())
});
export type Manifest = z.infer<typeof manifest>;

/** One backup of a council in a target. */
export interface KeptBackup {
	/** its folder's name: `2026-03-03T02-00-00Z` */
	name: string;
	folder: string;
	manifest: Manifest;
}

/** Files of all backups of a council, named by their hashes, beside the backups themselves. */
export const filesOf = (target: string, code: string): string => join(target, code, 'blobs');

/** A folder's name for a moment; two in one second get a number. */
export const nameFor = (at: Date, taken: (name: string) => boolean): string => {
	const plain = at.toISOString().slice(0, 19).replaceAll(':', '-');
	for (let n = 1; ; n += 1) {
		const name = n === 1 ? `${plain}Z` : `${plain}Z-${n}`;
		if (!taken(name)) return name;
	}
};

const finished = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z(-\d+)?$/;

/** The verified backups of a council in a target, newest first. */
export function verifiedBackups(target: string, code: string): KeptBackup[] {
	const folder = join(target, code);
	const kept: KeptBackup[] = [];
	for (const name of namesIn(folder)) {
		if (!finished.test(name)) continue;
		const read = readManifest(join(folder, name));
		if (read?.verified === true) kept.push({ name, folder: join(folder, name), manifest: read });
	}
	return kept.sort((a, b) => b.manifest.takenAt.localeCompare(a.manifest.takenAt));
}

function readManifest(folder: string): Manifest | null {
	try {
		return manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
	} catch {
		return null;
	}
}

/** Empty when there is no such folder. */
export function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder).sort();
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw problem;
	}
}
