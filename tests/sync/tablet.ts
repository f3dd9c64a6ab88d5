import type { Transport } from '#lib/commands/protocol.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Codec } from '#lib/local/codec.ts';
import { openDevice, type Device } from '#lib/local/device.ts';
import { Round } from '#lib/sync/round.ts';
import type { Council } from './council.ts';
import { newStorage } from './town.ts';
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
	readonly #storage = newStorage();
	readonly #codec: Codec;
	readonly #newId: () => string;
	readonly #transport: (wire: Wire, device: Device) => Transport;
	/** milliseconds that this tablet's clock is ahead */
	skew = 0;
	tabs: Tab[] = [];

	constructor(made: {
		name: string;
		officer: Officer;
		wire: Wire;
		council: Council;
		codec: Codec;
		newId: () => string;
		transport?: (wire: Wire, device: Device) => Transport;
	}) {
		this.name = made.name;
		this.officer = made.officer;
		this.wire = made.wire;
		this.#council = made.council;
		this.#codec = made.codec;
		this.#newId = made.newId;
		this.#transport = made.transport ?? ((wire) => wire);
	}

	get tab(): Tab {
		const [first] = this.tabs;
		if (first === undefined) throw new Error(`${this.name} has no tab open`);
		return first;
	}

	get device(): Device {
		return this.tab.device;
	}

	async openTab(): Promise<Tab> {
		const device = await openDevice({
			officer: this.officer,
			codec: this.#codec,
			indexedDB: this.#storage,
			clock: () => new Date(this.#council.now + this.skew),
			monotonic: () => this.#council.now,
			newId: this.#newId
		});
		const tab = { device, round: new Round(device, this.#transport(this.wire, device)) };
		this.tabs.push(tab);
		return tab;
	}

	closeTabs(): void {
		for (const { device } of this.tabs) device.close();
		this.tabs = [];
	}

	async restart(): Promise<void> {
		this.closeTabs();
		await this.openTab();
	}
}
