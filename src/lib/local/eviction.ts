import type { Run } from '#lib/commands/protocol.ts';
import type { Device } from './device.ts';
import { runsOf } from './number-runs.ts';
import type { Waiting } from './waiting.ts';

/*
 * A browser may throw a site's databases away, because of space or because somebody cleared
 * it, and says nothing of it. So the device writes down, in another place than its databases,
 * what they hold that nobody else has. At the next start the two are compared.
 */

/** What was written down outside the databases: numbers and ids, no words. */
interface Canary {
	device: string;
	/** the `deviceSeq` given last */
	numbered: number;
	/** commands that had not been answered, by `deviceSeq` */
	waiting: Run[];
	/** photographs whose bytes had not been received, by id */
	pictures: string[];
}

/** Where it is written: the page's `localStorage`, which goes another way than its databases. */
export type CanaryStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Work that was on this browser and is gone. */
export interface Lost {
	/** the device that kept it; its name and its numbers are not used again */
	device: string;
	/** milliseconds since 1970 by this device's clock: when it was found to be gone */
	at: number;
	/** false: the storage is an earlier one than it was, and what came after is gone */
	whole: boolean;
	/** how many things it had numbered */
	numbered: number;
	waiting: Run[];
	pictures: string[];
	/** what of it the register has never received; null until the register has said */
	missing: { commands: number; pictures: number } | null;
	/** 1: the officer has read it */
	seen: 0 | 1;
}

const prefix = 'bops-kept:';
const nameOf = (officerId: string) => prefix + officerId;
/** More of them are not named; their number is then too low, and never too high. */
const mostNamed = 200;

/** The page's own store; null where there is no page, or where it is refused. */
export function pageStore(): CanaryStore | null {
	try {
		return typeof document === 'undefined' ? null : localStorage;
	} catch {
		return null;
	}
}

function read(store: CanaryStore | null, officerId: string): Canary | null {
	try {
		const kept = store?.getItem(nameOf(officerId)) ?? null;
		return kept === null ? null : (JSON.parse(kept) as Canary);
	} catch {
		return null;
	}
}

/** Writes down what only this device has. Fails nobody: without it an eviction is only noticed less well. */
export async function writeDown(
	device: Device,
	{ numbers, pictures }: Pick<Waiting, 'numbers' | 'pictures'>
): Promise<void> {
	const store = device.canary;
	if (store === null) return;
	const canary: Canary = {
		device: device.deviceId,
		numbered: Math.max((await device.remembered('counter')) ?? 0, ...numbers),
		waiting: runsOf(numbers).slice(-mostNamed),
		pictures: pictures.slice(-mostNamed)
	};
	const words = JSON.stringify(canary);
	const name = nameOf(device.officer.id);
	try {
		if (store.getItem(name) !== words) store.setItem(name, words);
	} catch {
		// the store is full or refused
	}
}

/** An officer's copy is taken off this browser on purpose: its absence is no eviction. */
export const forgetCanary = (officerId: string, store = pageStore()): void =>
	store?.removeItem(nameOf(officerId));

/**
 * Compares what is there with what was written down. `counter` is where the device goes on
 * counting: never with a number that it has given before.
 *
 * @param kept the device as its database has it; `deviceId` undefined when there was none
 */
export function compare(
	store: CanaryStore | null,
	officerId: string,
	kept: { deviceId: string | undefined; counter: number },
	at: number
): { lost: Lost; counter: number } | null {
	const canary = read(store, officerId);
	if (canary === null) return null;
	const { device, numbered, waiting, pictures } = canary;
	const lost = { device, at, numbered, pictures, missing: null, seen: 0 } as const;
	// another device has been made here meanwhile: its own canary was not written yet
	if (kept.deviceId === undefined) return { lost: { ...lost, whole: true, waiting }, counter: 0 };
	if (kept.deviceId !== device || kept.counter >= numbered) return null;
	// an earlier state of this very storage: what was numbered since is gone
	const since = waiting
		.map(([from, to]): Run => [Math.max(from, kept.counter + 1), to])
		.filter(([from, to]) => from <= to);
	return { lost: { ...lost, whole: false, waiting: since, pictures: [] }, counter: numbered };
}

/** What is gone and has not been read by its officer, oldest first. */
export const unreadLosses = async (device: Device): Promise<Lost[]> =>
	((await device.remembered('lost')) ?? []).filter(({ seen }) => seen === 0);

/** Changes what is remembered of one loss. */
export async function noteLoss(
	device: Device,
	lost: Pick<Lost, 'device' | 'at'>,
	change: Partial<Pick<Lost, 'missing' | 'seen'>>
): Promise<void> {
	await device.run(() =>
		device.db.transaction('rw', device.db.sync, async () => {
			const all = (await device.get('lost')) ?? [];
			const changed = all.map((one) =>
				one.device === lost.device && one.at === lost.at ? { ...one, ...change } : one
			);
			await device.put('lost', changed);
		})
	);
}

/**
 * Officers whose copy was on this browser and is not any more, though nobody removed it.
 * Empty where the browser does not list its databases.
 */
export async function thrownAway(
	nameOfDatabase: (officerId: string) => string,
	store: (CanaryStore & Pick<Storage, 'key' | 'length'>) | null
): Promise<string[]> {
	if (store === null || !('databases' in indexedDB)) return [];
	const here = new Set((await indexedDB.databases()).map(({ name }) => name));
	return Array.from({ length: store.length }, (_, n) => store.key(n) ?? '')
		.filter((name) => name.startsWith(prefix))
		.map((name) => name.slice(prefix.length))
		.filter((officerId) => !here.has(nameOfDatabase(officerId)));
}
