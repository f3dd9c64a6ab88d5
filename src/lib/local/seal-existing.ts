import type { Table } from 'dexie';
import type { Codec } from './codec.ts';
import type { DeviceDatabase } from './tables.ts';
import { isSealed } from './sealed-codec.ts';

/** Rows sealed and written at a time: a tablet that stops in the middle goes on from there. */
const batch = 50;

/**
 * Seals what an earlier version left in the open, row by row. Each row says by itself whether it is
 * sealed, so it may be stopped at any moment and begun again; nothing is deleted and nothing counts
 * as sealed that cannot be opened again.
 */
export async function sealExisting(
	db: DeviceDatabase,
	codec: Codec,
	progress: (done: number, of: number) => void = () => undefined
): Promise<void> {
	const work: [Table, (row: never) => Promise<object | null>][] = [
		[db.records, ({ key, body }: Body) => value(codec, 'body', body, `records/${key}`)],
		[db.unknown, ({ key, body }: Body) => value(codec, 'body', body, `records/${key}`)],
		[db.drafts, ({ key, body }: Body) => value(codec, 'body', body, `drafts/${key}`)],
		[db.outbox, (row: Command) => command(codec, row)],
		[
			db.captures,
			({ key, sha256, body }: Bytes) => bytes(codec, body, `captures/${key}/${sha256}`)
		],
		[db.copies, ({ sha256, body }: Bytes) => bytes(codec, body, `copies/${sha256}`)],
		[db.sync, ({ key, value: kept }: { key: string; value: unknown }) => stamped(codec, key, kept)]
	];
	const counts = await Promise.all(work.map(([table]) => table.count()));
	const of = counts.reduce((sum, one) => sum + one, 0);
	let done = 0;
	for (const [table, seal] of work) {
		const keys = await table.toCollection().primaryKeys();
		for (let from = 0; from < keys.length; from += batch) {
			for (const key of keys.slice(from, from + batch)) {
				const row: unknown = await table.get(key);
				const change = row === undefined ? null : await seal(row as never);
				if (change !== null) await table.update(key, change);
				done++;
			}
			progress(done, of);
		}
	}
}

interface Body {
	key: string;
	body: unknown;
}
interface Bytes {
	key: string;
	sha256: string;
	body: ArrayBuffer;
}
interface Command {
	id: string;
	body: unknown;
	answer: unknown;
}

async function value(codec: Codec, name: string, body: unknown, aad: string) {
	if (await isSealed(codec, body, aad)) return null;
	return { [name]: await codec.seal(body, aad) };
}

async function bytes(codec: Codec, body: ArrayBuffer, aad: string) {
	if (await isSealed(codec, body, aad)) return null;
	return { body: await codec.sealBytes(body, aad) };
}

async function command(codec: Codec, { id, body, answer }: Command) {
	const sealed = await value(codec, 'body', body, `outbox/${id}`);
	const answered = answer === null ? null : await value(codec, 'answer', answer, `answer/${id}`);
	return sealed === null && answered === null ? null : { ...sealed, ...answered };
}

/** Of the device's notes to itself, the list of officers and the packs taken to site have bodies. */
async function stamped(codec: Codec, key: string, kept: unknown) {
	if (key !== 'officers' && !key.startsWith('pack:')) return null;
	const { stamp, body } = kept as { stamp: string; body: unknown };
	const sealed = await value(codec, 'body', body, key);
	return sealed === null ? null : { value: { stamp, ...sealed } };
}
