import { version } from '$app/environment';
import { withTables } from '#lib/local/device.ts';
import type { KeyRow } from '#lib/local/key-row.ts';
import { rescueFile, type RescuePlan } from '#lib/local/rescue.ts';

/** Whose work is saved, and how the council is called that alone can open it. */
export interface Rescued {
	keys: KeyRow;
	name: string;
	council: string;
}

/**
 * Makes one rescue file and hands it to the browser to save. The browser keeps what has been made
 * so far outside this page's memory, so that only one photograph at a time is in it.
 * @returns the file's name and size
 */
export async function saveRescue(
	{ keys, name, council }: Rescued,
	plan: RescuePlan,
	file: number,
	progress: (bytes: number) => void
): Promise<{ name: string; bytes: number }> {
	const now = new Date();
	const parts: Blob[] = [];
	let bytes = 0;
	await withTables({ officer: { id: keys.officerId } }, async (db) => {
		const who = { keys, council, app: version, madeAt: now.toISOString() };
		for await (const part of rescueFile(db, plan, file, who)) {
			parts.push(new Blob([part]));
			bytes += part.byteLength;
			progress(bytes);
		}
	});
	const address = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }));
	const link = document.createElement('a');
	link.href = address;
	link.download = fileName(name, now, file + 1, plan.files.length);
	link.click();
	// a download that has begun no longer needs the address; how soon it begins nobody tells
	setTimeout(() => URL.revokeObjectURL(address), 10 * 60_000);
	return { name: link.download, bytes };
}

/** "bops-rescue-jo-bloggs-2026-03-03-0905-1-of-2.bops" */
function fileName(name: string, at: Date, part: number, parts: number): string {
	const who = name
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-');
	const when = at.toISOString().slice(0, 16).replace('T', '-').replace(':', '');
	return `bops-rescue-${who}-${when}${parts > 1 ? `-${part}-of-${parts}` : ''}.bops`;
}
