import type { Transport } from '#lib/commands/protocol.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Codec } from '#lib/local/codec.ts';
import { keepLetter, openDevice, type Device } from '#lib/local/device.ts';
import { Round } from '#lib/sync/round.ts';
import type { Council } from './council.ts';
import { dexieStorage, type TabletStorage } from './tablet-storage.ts';
import type { Wire } from './wire.ts';

/** One tab of the app: real local code, real carrying. */
export interface Tab {
	device: Device;
	round: Round;
}

/** One browser of one officer: a storage that survives, and the tabs that are open on it. */
export class Tablet {
	readonly name: string;
	readonly officer: Officer;
	readonly wire: Wire;
	readonly #council: Council;
	readonly #newStorage: () => TabletStorage;
	readonly #codec: Codec;
	readonly #newId: () => string;
	readonly #transport: (wire: Wire, device: Device) => Transport;
	#storage: TabletStorage;
	/** milliseconds that this tablet's clock is ahead */
	skew = 0;
	/** an app of before measurements existed */
	outdated = false;
	tabs: Tab[] = [];

	constructor(made: {
		name: string;
		officer: Officer;
		wire: Wire;
		council: Council;
		codec: Codec;
		newId: () => string;
		transport?: (wire: Wire, device: Device) => Transport;
		storage?: () => TabletStorage;
	}) {
		this.name = made.name;
		this.officer = made.officer;
		this.wire = made.wire;
		this.#council = made.council;
		this.#codec = made.codec;
		this.#newId = made.newId;
		this.#transport = made.transport ?? ((wire) => wire);
		this.#newStorage = made.storage ?? dexieStorage;
		this.#storage = this.#newStorage();
	}

	get tab(): Tab {
		const [first] = this.tabs;
		if (first === undefined) throw new Error(`${this.name} has no tab open`);
		return first;
	}

	get device(): Device {
		return this.tab.device;
	}

	get storage(): TabletStorage {
		return this.#storage;
	}

	async openTab(): Promise<Tab> {
		const device = await openDevice({
			officer: this.officer,
			codec: this.#codec,
			...this.#storage.openWith(this.officer.id),
			clock: () => new Date(this.#council.now + this.skew),
			monotonic: () => this.#council.monotonic(),
			newId: this.#newId
		});
		const tab = { device, round: new Round(device, this.#transport(this.wire, device)) };
		this.tabs.push(tab);
		return tab;
	}

	/** Signing in with a network: the register gives this device its letter. */
	async signIn(): Promise<void> {
		const { device, officer } = this;
		const given = this.#council.register.registerDevice(officer, device.deviceId);
		if (given === null) throw new Error(`${this.name} has the device of somebody else`);
		await keepLetter(device, given.letter);
	}

	closeTabs(): void {
		for (const { device } of this.tabs) device.close();
		this.tabs = [];
	}

	async restart(): Promise<void> {
		this.closeTabs();
		await this.openTab();
	}

	/** The browser process ends, whatever it was doing. */
	die(): void {
		this.#storage.die();
		this.closeTabs();
	}

	/** The browser has thrown everything away; the officer signs in again. */
	async evicted(): Promise<void> {
		this.die();
		this.#storage = this.#newStorage();
		await this.openTab();
		await this.signIn();
	}
}
