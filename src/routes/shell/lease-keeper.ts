import type { Standing } from '#lib/commands/council-box.ts';
import type { KeyRow } from '#lib/local/key-row.ts';
import type { KnownOfficers } from '#lib/local/known-officers.ts';
import { askStanding, meetRegister } from '#lib/sync/lease.ts';
import type { RegisterClient } from '#lib/sync/transport.ts';
import type { SessionWord } from './session-word.svelte.ts';

/** While the app is open the lease is begun again this often, milliseconds. */
const meetEvery = 60 * 60 * 1000;

interface Kept {
	officers: KnownOfficers;
	register: Pick<RegisterClient, 'keys'>;
	session: SessionWord;
	/** the register has said something of this device */
	onStanding: (row: KeyRow) => Promise<void>;
}

/** Meets the register for the lease of this browser's keys, and hears what an administrator has said. */
export class LeaseKeeper {
	readonly #kept: Kept;
	#meeting: ReturnType<typeof setInterval> | undefined;

	constructor(kept: Kept) {
		this.#kept = kept;
	}

	/** The officer's copy is open: the lease is begun again now, and as long as it is. */
	async begin(officerId: string): Promise<void> {
		this.end();
		this.#meeting = setInterval(() => void this.meet(officerId), meetEvery);
		await this.meet(officerId, { pinWasRight: true });
	}

	end(): void {
		clearInterval(this.#meeting);
	}

	/** Begins the lease again, or hears that the device is locked; nothing happens without the register. */
	async meet(officerId: string, how: { afresh?: boolean; pinWasRight?: boolean } = {}) {
		const { officers, register, session } = this.#kept;
		if (!session.isOf(officerId)) return;
		const row = await meetRegister(officers, register, officerId, Date.now, how).catch(
			() => undefined
		);
		if (row !== undefined) await this.#obey(officerId, row.standing);
	}

	/** Hears what has been said of every officer's copy on this browser, with nobody signed in; of the one at work here first. */
	async hearOrders(here: string | undefined): Promise<void> {
		if (here !== undefined) await this.#hearStanding(here);
		for (const { officerId } of await this.#kept.officers.all())
			if (officerId !== here) await this.#hearStanding(officerId);
	}

	async #hearStanding(officerId: string): Promise<void> {
		const row = await this.#kept.officers.keys(officerId);
		const standing = row === undefined ? null : await askStanding(row);
		if (standing !== null) await this.#obey(officerId, standing);
	}

	/** The register counts wrong PINs too, when it can be told. */
	async tellOfWrongPin(officerId: string): Promise<void> {
		const { officers, register, session } = this.#kept;
		const device = (await officers.keys(officerId))?.deviceId;
		if (device !== undefined && session.isOf(officerId))
			await register.keys.wrongPin.mutate({ device }).catch(() => undefined);
	}

	/** An administrator has said something of this device. Nothing on it is deleted by being locked. */
	async #obey(officerId: string, standing: Standing): Promise<void> {
		const row = await this.#kept.officers.changeKeys(officerId, (row) => {
			row.standing = standing === 'wiped' ? 'wipe' : standing;
			if (standing !== 'good') row.lease = null;
		});
		if (row !== undefined) await this.#kept.onStanding(row);
	}
}
