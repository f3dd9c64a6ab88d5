import { photographRoom } from '#lib/domain/photograph-room.ts';
import type { Device } from './device.ts';
import { DeviceProblem } from './healing.ts';
import { giveUpBallast } from './release.ts';

/*
 * What a browser says of its free space is no proof: the figure knows nothing of the disk. So
 * before a visit the room for its photographs is filled with blocks of chance, and just before a
 * photograph is written, blocks of its size are given up for it. In one transaction the two would
 * meet a full disk; in two, one after the other, they do not.
 */

/** Bytes of one block: small, so that little is given up for nothing. */
export const blockSize = 2 * 1024 * 1024;
const blocksOf = (bytes: number) => Math.ceil(bytes / blockSize);
const perPhotograph = blocksOf(photographRoom.bytes);

const blocksFor = (device: Device, visitId: string): Promise<number> =>
	device.run(() => device.db.ballast.where({ visitId }).count());

/** For how many photographs of a visit room is kept. */
export const roomKept = async (device: Device, visitId: string): Promise<number> =>
	Math.floor((await blocksFor(device, visitId)) / perPhotograph);

/**
 * Keeps room for so many photographs of a visit, as far as the tablet has it. What is kept for
 * it already counts.
 *
 * @param options.onprogress photographs for which there is room so far
 * @returns for how many there is room now
 */
export async function keepRoom(
	device: Device,
	visitId: string,
	photographs: number,
	options: { signal?: AbortSignal; onprogress?: (photographs: number) => void } = {}
): Promise<number> {
	const { ballast } = device.db;
	let blocks = await blocksFor(device, visitId);
	try {
		for (; blocks < photographs * perPhotograph; blocks++) {
			if (options.signal?.aborted === true) break;
			const body = randomBlock();
			await device.run(() => ballast.add({ visitId, body }));
			options.onprogress?.(Math.floor((blocks + 1) / perPhotograph));
		}
	} catch (error) {
		if (!(error instanceof DeviceProblem) || error.kind !== 'full') throw error;
	}
	return roomKept(device, visitId);
}

/**
 * Gives up blocks for bytes that are about to be written: those of their visit first. False when
 * there were none.
 */
export const exchange = (device: Device, bytes: number, visitId: string | null): Promise<boolean> =>
	giveUpBallast(device, { blocks: blocksOf(bytes), first: visitId });

/** A visit is over: what was kept free for it is free for all. */
export const giveRoomBack = (device: Device, visitId: string): Promise<boolean> =>
	giveUpBallast(device, { visitId });

/** Chance, because what a disk can squeeze together keeps no room free. */
function randomBlock(): ArrayBuffer {
	const block = new Uint8Array(blockSize);
	// the browser gives 64 KiB at a time
	for (let at = 0; at < blockSize; at += 65_536)
		crypto.getRandomValues(block.subarray(at, at + 65_536));
	return block.buffer;
}
