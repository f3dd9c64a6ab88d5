import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../register/epoch.ts';

const lastRun = z.object({
	/** when it began, an instant */
	at: z.string(),
	/** verified and published */
	ok: z.boolean(),
	/** the backup's folder in the target */
	name: z.string().nullable(),
	/** why not, each in a sentence */
	problems: z.array(z.string()),
	seconds: z.number()
});
/** What the last backup of a council came to, for health, metrics and people. */
export type LastRun = z.infer<typeof lastRun>;

const fileOf = (councilFolder: string) => join(councilFolder, 'last-backup.json');

export function noteRun(councilFolder: string, run: LastRun): void {
	replaceFile(fileOf(councilFolder), JSON.stringify(run, null, '\t'));
}

/** Null when none has run, or what it left cannot be read. */
export function readLastRun(councilFolder: string): LastRun | null {
	try {
		return lastRun.parse(JSON.parse(readFileSync(fileOf(councilFolder), 'utf8')));
	} catch {
		return null;
	}
}
