import { gunzipSync, gzipSync } from 'node:zlib';
import type { KeyRow } from '#lib/local/key-row.ts';
import { withTables, type DeviceOptions } from '#lib/local/device.ts';
import type { KnownOfficers } from '#lib/local/known-officers.ts';

/** A device's whole copy at rest: what its keys are, and every row of every table. */
interface Frozen {
	keys: unknown;
	tables: Record<string, unknown[]>;
}

interface Bytes {
	$bytes: string;
}

const isBytes = (value: unknown): value is Bytes =>
	typeof value === 'object' && value !== null && '$bytes' in value;

/** JSON knows no bytes. */
const asText = (value: unknown): string =>
	JSON.stringify(value, (_key, one: unknown) =>
		one instanceof ArrayBuffer ? { $bytes: Buffer.from(one).toString('base64') } : one
	);
const asValue = (text: string): unknown =>
	JSON.parse(text, (_key, one: unknown) =>
		isBytes(one) ? new Uint8Array(Buffer.from(one.$bytes, 'base64')).buffer : one
	) as unknown;

type At = Pick<DeviceOptions, 'indexedDB' | 'officer'>;

/** Compresses what lies on a tablet. */
export const freeze = (keys: KeyRow, at: At): Promise<Buffer> =>
	withTables(at, async (db) => {
		const tables: Frozen['tables'] = {};
		for (const table of db.tables) tables[table.name] = await table.toArray();
		return gzipSync(asText({ keys, tables } satisfies Frozen), { level: 9 });
	});

/** Puts it on a tablet that has nothing, as it was, whatever tables this build has besides. */
export async function thaw(frozen: Buffer, store: KnownOfficers, at: At): Promise<void> {
	const { keys, tables } = asValue(gunzipSync(frozen).toString()) as Frozen;
	await store.addKeys(keys as KeyRow);
	await withTables(at, async (db) => {
		for (const [name, rows] of Object.entries(tables)) await db.table(name).bulkPut(rows);
	});
}
