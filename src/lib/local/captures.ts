import type { Device } from './device.ts';

/** Bytes that come with a command, or that are kept as a copy. */
export interface CaptureBytes {
	sha256: string;
	of: 'original' | 'thumbnail' | 'document';
	/** photo or document id */
	id: string;
	mime: string;
	bytes: ArrayBuffer;
}

/** Lower-case hexadecimal SHA-256. */
export async function sha256Of(bytes: ArrayBuffer | Uint8Array): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
	return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes on this device by hash, whether only here or a copy; undefined when they are not here. */
export async function bytesOf(device: Device, sha256: string): Promise<Uint8Array | undefined> {
	const { db } = device;
	const row = await device.run(() => db.captures.where({ sha256 }).first());
	if (row === undefined) return (await copyOf(device, sha256))?.bytes;
	const name = `captures/${row.key}/${sha256}`;
	return new Uint8Array(await device.codec.openBytes(row.body, name));
}

/** Bytes kept by this device for one upload. */
export async function captureBytes(device: Device, key: string): Promise<Uint8Array | undefined> {
	const row = await device.run(() => device.db.captures.get(key));
	if (row === undefined) return undefined;
	const name = `captures/${row.key}/${row.sha256}`;
	return new Uint8Array(await device.codec.openBytes(row.body, name));
}

/** Keeps bytes that the register has too, so that they can be seen with no signal. */
export async function keepCopy(
	device: Device,
	copy: { sha256: string; caseId: string; mime: string; bytes: ArrayBuffer }
): Promise<void> {
	if ((await sha256Of(copy.bytes)) !== copy.sha256)
		throw new Error('These bytes are not the ones they are said to be. Nothing was kept.');
	const body = await device.codec.sealBytes(copy.bytes, `copies/${copy.sha256}`);
	await device.run(() =>
		device.db.copies.put({
			sha256: copy.sha256,
			caseId: copy.caseId,
			mime: copy.mime,
			size: copy.bytes.byteLength,
			keptAt: device.clock().getTime(),
			body
		})
	);
}

export async function copyOf(
	device: Device,
	sha256: string
): Promise<{ bytes: Uint8Array; mime: string } | undefined> {
	const row = await device.run(() => device.db.copies.get(sha256));
	if (row === undefined) return undefined;
	const bytes = await device.codec.openBytes(row.body, `copies/${sha256}`);
	return { bytes: new Uint8Array(bytes), mime: row.mime };
}

/** Which of these hashes are on this device, as captures or copies. Opens nothing. */
export async function heldHashes(
	device: Device,
	hashes: readonly string[]
): Promise<ReadonlySet<string>> {
	const { db } = device;
	const [copies, captures] = await device.run(() =>
		Promise.all([
			db.copies.where('sha256').anyOf(hashes).primaryKeys(),
			db.captures.where('sha256').anyOf(hashes).primaryKeys()
		])
	);
	const held = new Set(copies);
	if (captures.length > 0)
		for (const row of await device.run(() => db.uploads.where('sha256').anyOf(hashes).toArray()))
			held.add(row.sha256);
	return held;
}

/**
 * The next number for a photograph of this visit on this device: `JB-1`, on a second device
 * `JB-B1`. Given once: a photograph that was not saved leaves a gap, never a double.
 */
export async function nextPhotoNumber(device: Device, visitId: string): Promise<string> {
	const [number = ''] = await nextPhotoNumbers(device, visitId, 1);
	return number;
}

/** As `nextPhotoNumber`, for so many photographs in the order they are given. */
export async function nextPhotoNumbers(
	device: Device,
	visitId: string,
	count: number
): Promise<string[]> {
	const { db } = device;
	const key = `photos:${visitId}`;
	const [last, letter] = await device.run(() =>
		db.transaction('rw', db.sync, async () => {
			const given = ((await db.sync.get(key))?.value as number | undefined) ?? 0;
			await db.sync.put({ key, value: given + count });
			// read here and now: the tab that carries learns it, perhaps after this one was opened
			return [given, (await device.get('letter')) ?? ''] as const;
		})
	);
	return Array.from(
		{ length: count },
		(_, nth) => `${device.officer.initials}-${letter}${last + nth + 1}`
	);
}
