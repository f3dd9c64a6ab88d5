import type { Standing } from '#lib/commands/council-box.ts';
import type { TakenIn } from '#lib/commands/rescue-file.ts';
import { withTables, type DeviceOptions } from '#lib/local/device.ts';
import { forgetCanary } from '#lib/local/eviction.ts';
import type { KeyRow } from '#lib/local/key-row.ts';
import type { KnownOfficers } from '#lib/local/known-officers.ts';
import { deleteCopy, emptyCopy } from '#lib/local/release.ts';
import { beginOf, planRescue, rescueItems } from '#lib/local/rescue.ts';
import type { DeviceDatabase } from '#lib/local/tables.ts';
import { handIn, type HandOver } from './hand-in.ts';
import { askStanding, deviceWord } from './lease.ts';
import { NotTaken, sendTo } from './send-pieces.ts';

/** What a tablet that is to be wiped says to the register; every call rejects when it is not answered. */
export interface Orders {
	standing(): Promise<Standing | null>;
	handOver: HandOver;
	did(what: 'handed-over' | 'not-all', count: { things: number; not: number }): Promise<void>;
	wiped(): Promise<void>;
}

/** Over the network, by the word that the register gave this device: nobody is signed in. */
export async function ordersFor(row: KeyRow): Promise<Orders> {
	const headers = { 'bops-device-word': JSON.stringify(await deviceWord(row)) };
	const say = async (said: object) => {
		const response = await fetch('/api/tablet/wipe', {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(said)
		}).catch(() => null);
		if (response?.ok !== true)
			throw new NotTaken(response?.status ?? null, 'The register did not note it.');
	};
	return {
		standing: () => askStanding(row),
		handOver: sendTo('/api/tablet/hand-in', headers),
		did: (what, count) => say({ what, ...count }),
		wiped: () => say({ what: 'wiped' })
	};
}

/**
 * `wiped`: nothing of the officer's is on this browser · `not-all`: something could not be handed over, so
 * it stays, sealed · `withdrawn`: the order stands no more · `later`: the register was not reached
 */
export type Wiping = 'wiped' | 'not-all' | 'withdrawn' | 'later';

/**
 * Carries out the order to seal and wipe one officer's copy: the register's half goes first, so that
 * nothing opens any more; then everything is handed over that the register does not have; and only
 * when each thing has been answered for does the copy go, and its keys last. It may be cut off at any
 * moment and begun again.
 *
 * @param council the council's name, as this browser knows it
 */
export async function sealAndWipe(
	store: KnownOfficers,
	officerId: string,
	orders: Orders,
	about: { council: string; app: string; now: () => Date },
	tables: Pick<DeviceOptions, 'indexedDB'> = {}
): Promise<Wiping> {
	try {
		const row = await store.changeKeys(officerId, (row) => {
			row.standing = 'wipe';
			row.lease = null;
		});
		if (row === undefined) return 'wiped';
		const standing = await orders.standing();
		if (standing === null) return 'later';
		if (standing !== 'wipe' && standing !== 'wiped') {
			await store.changeKeys(officerId, (row) => (row.standing = standing));
			return 'withdrawn';
		}
		// wiped before, as the register knows it: what is here now is an older state of this browser
		const all = await withTables({ officer: { id: officerId }, ...tables }, (db) =>
			handOverAndEmpty(db, row, orders, about)
		);
		if (!all) return 'not-all';
		forgetCanary(officerId);
		if (standing === 'wipe') await orders.wiped();
		await store.wiped(officerId);
		return 'wiped';
	} catch (error) {
		if (error instanceof NotTaken) return 'later';
		throw error;
	}
}

/** False when something could not be handed over: then nothing was removed. */
async function handOverAndEmpty(
	db: DeviceDatabase,
	keys: KeyRow,
	orders: Orders,
	{ council, app, now }: { council: string; app: string; now: () => Date }
): Promise<boolean> {
	for (;;) {
		const plan = await planRescue(db, 'everything');
		const bytes = plan.files.flat();
		const who = { keys, council, app, madeAt: now().toISOString() };
		const begin = beginOf(who, { part: 1, parts: 1, entries: 0 });
		const answers: TakenIn[] = [];
		for await (const one of handIn(begin, rescueItems(db, plan, bytes), orders.handOver))
			answers.push(one);
		const not = answers.filter(({ came }) => came === 'not').length;
		const count = { things: answers.length, not };
		await orders.did(not > 0 ? 'not-all' : 'handed-over', count);
		if (not > 0) return false;
		const of = (is: TakenIn['is']) =>
			new Set(answers.filter((one) => one.is === is).map(({ key }) => key));
		const handed = { commands: of('command'), bytes: of('bytes'), drafts: of('draft') };
		if (!(await emptyCopy(db, handed))) continue;
		await deleteCopy(db);
		return true;
	}
}
