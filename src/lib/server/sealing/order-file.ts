import { readFileSync } from 'node:fs';
import { isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { audited } from '../register/audited.ts';
import { replaceFile } from '../register/epoch.ts';
import type { Register } from '../register/register.ts';
import { deviceLock, deviceSteps, standings } from './schema.ts';

/*
 * What has been ordered of devices, in a file outside the database, as the erasure ledger is: a
 * register restored from before an order would open a lost tablet again. It holds ids and
 * instants, and nothing of anybody's work.
 */

const kept = z.strictObject({
	device: z.string(),
	/** officer id */
	officer: z.string(),
	standing: z.enum(standings),
	changedBy: z.string().nullable(),
	/** an instant */
	changedAt: z.string(),
	steps: deviceSteps
});
export type KeptOrder = z.infer<typeof kept>;

export const orderFileName = 'device-orders.json';

/** Empty when there is no file. */
export function readOrders(file: string): { orders: KeptOrder[]; problem: string | null } {
	try {
		return { orders: z.array(kept).parse(JSON.parse(readFileSync(file, 'utf8'))), problem: null };
	} catch (problem) {
		if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return { orders: [], problem: null };
		return {
			orders: [],
			problem: `The file of orders to devices ${file} cannot be read, so a register that is restored would not know which tablets are locked. Put it back from its copy beside the backups.`
		};
	}
}

/** When something last happened with a device: what happened later counts. */
const latest = ({ changedAt, steps }: Pick<KeptOrder, 'changedAt' | 'steps'>): string =>
	[changedAt, ...steps.map(({ at }) => at)].reduce((a, b) => (a > b ? a : b));

/** Of two files the later word about each device. */
export function mergedOrders(...all: (readonly KeptOrder[])[]): KeptOrder[] {
	const merged = new Map<string, KeptOrder>();
	for (const one of all.flat()) {
		const known = merged.get(one.device);
		if (known === undefined || latest(one) > latest(known)) merged.set(one.device, one);
	}
	return [...merged.values()];
}

/** Writes what this register knows of orders beside it; on the disk when this returns. */
export function writeOrders(register: Register): void {
	const file = register.orderFile;
	if (file === null) return;
	const here = register.connection.orm
		.select()
		.from(deviceLock)
		.where(isNotNull(deviceLock.changedAt))
		.all()
		.flatMap(({ deviceId, standing, changedBy, changedAt, steps }): KeptOrder[] => {
			const officer = register.ownerOf(deviceId);
			if (officer === null || changedAt === null) return [];
			return [{ device: deviceId, officer, standing, changedBy, changedAt, steps }];
		});
	replaceFile(file, `${JSON.stringify(mergedOrders(readOrders(file).orders, here), null, '\t')}\n`);
}

/**
 * Puts a register right that does not know every order: because it was restored from before it, or the
 * power went between this file's disk and the register's. An officer it does not know has no device here.
 */
export function catchUpOrders(register: Register, now: Date): number {
	const file = register.orderFile;
	if (file === null) return 0;
	let applied = 0;
	for (const order of readOrders(file).orders) {
		const { device, standing, changedBy, changedAt, steps } = order;
		const officer = register.officers().get(order.officer);
		if (officer === undefined) continue;
		register.transaction(() => {
			const { orm } = register.connection;
			if (register.registerDevice(officer, device) === null) return;
			const row = orm
				.select()
				.from(deviceLock)
				.all()
				.find(({ deviceId }) => deviceId === device);
			const known = row?.changedAt ?? null;
			if (
				row !== undefined &&
				known !== null &&
				latest({ ...row, changedAt: known }) >= latest(order)
			)
				return;
			const change = { standing, changedBy, changedAt, steps };
			orm
				.insert(deviceLock)
				.values({ deviceId: device, wrongPins: 0, lastWrongAt: null, ...change })
				.onConflictDoUpdate({ target: deviceLock.deviceId, set: change })
				.run();
			audited(register, now, 'device-order-applied', { device, standing, orderedAt: changedAt });
			applied++;
		});
	}
	return applied;
}
