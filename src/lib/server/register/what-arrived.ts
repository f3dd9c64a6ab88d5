import { and, count, eq, inArray, isNull } from 'drizzle-orm';
import type { Run } from '#lib/commands/protocol.ts';
import type { Device } from './devices.ts';
import type { RegisterConnection } from './open-register.ts';
import { photo } from './record/schema.ts';

/** What a device had that nobody else has, as far as it was written down: numbers of commands, ids of photographs. */
export interface Kept {
	numbers: readonly Run[];
	pictures: readonly string[];
}

/**
 * How much of what a device kept the register has never received: commands, and photographs
 * whose words it has without the picture. A photograph whose words are missing counts as a command.
 *
 * @param device null: the register has never heard of it
 */
export function neverReceived(
	{ orm }: RegisterConnection,
	device: Pick<Device, 'officerId' | 'lastDeviceSeq' | 'missing'> | null,
	kept: Kept
): { commands: number; pictures: number } {
	let commands = 0;
	for (const [from, to] of kept.numbers) {
		const last = device?.lastDeviceSeq ?? 0;
		commands += Math.max(0, to - Math.max(from, last + 1) + 1);
		for (const [first, end] of device?.missing ?? [])
			commands += Math.max(0, Math.min(to, end) - Math.max(from, first) + 1);
	}
	if (device === null || kept.pictures.length === 0) return { commands, pictures: 0 };
	const [row] = orm
		.select({ n: count() })
		.from(photo)
		.where(
			and(
				inArray(photo.id, [...kept.pictures]),
				eq(photo.takenBy, device.officerId),
				isNull(photo.originalReceivedAt)
			)
		)
		.all();
	return { commands, pictures: row?.n ?? 0 };
}
