import { version } from '$app/environment';
import type { KnownOfficers } from '#lib/local/known-officers.ts';
import { ordersFor, sealAndWipe, type Wiping } from '#lib/sync/seal-and-wipe.ts';

/** Milliseconds until the register is tried again. */
const pause = 15_000;

const underWay = new Set<string>();

/**
 * Carries out the order to seal and wipe an officer's copy on this browser, however often it is cut off.
 * @returns what it came to; null when another call is at it already
 */
export async function carryOutWipe(
	store: KnownOfficers,
	officerId: string
): Promise<Exclude<Wiping, 'later'> | null> {
	if (underWay.has(officerId)) return null;
	underWay.add(officerId);
	try {
		for (;;) {
			const came = await once(store, officerId);
			if (came !== 'later') return came;
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	} finally {
		underWay.delete(officerId);
	}
}

async function once(store: KnownOfficers, officerId: string): Promise<Wiping> {
	try {
		const row = await store.keys(officerId);
		if (row === undefined) return 'wiped';
		const known = (await store.all()).find((one) => one.officerId === officerId);
		const about = { council: known?.council ?? '', app: version, now: () => new Date() };
		return await sealAndWipe(store, officerId, await ordersFor(row), about);
	} catch (error) {
		// storage that does not answer is tried again; nothing has been removed by what failed
		reportError(error);
		return 'later';
	}
}
