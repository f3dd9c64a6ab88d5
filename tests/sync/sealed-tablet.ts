import { join } from 'node:path';
import type { KeyRow } from '#lib/local/key-row.ts';
import { KnownOfficers } from '#lib/local/known-officers.ts';
import { sealedCodec } from '#lib/local/sealed-codec.ts';
import { firstKeys, type KeysClient } from '#lib/sync/lease.ts';
import { createCallerFactory } from '#lib/server/api/procedure.ts';
import type { Council as ServedCouncil } from '#lib/server/installation.ts';
import { appRouter } from '#lib/server/router.ts';
import { Council } from './council.ts';
import { Work } from './facts.ts';
import { Chance } from './random.ts';
import { Tablet } from './tablet.ts';
import { dexieStorage } from './tablet-storage.ts';
import { caseId, jo, newStorage, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

const pin = 'garden4821';

/** A register as a server serves it; its keys are beside its folder. */
export const servedAs = ({ folder, register }: Council, name: string): ServedCouncil => ({
	...{ code: 'MIL', name, host: 'x', folder: join(folder, 'MIL'), register }
});

/** A council as a server has it, and a tablet whose copy is sealed under keys that the council gave. */
export class SealedTablet {
	readonly council = new Council();
	readonly served = servedAs(this.council, 'Milltown');
	readonly known = new KnownOfficers(newStorage());
	readonly storage = dexieStorage();
	readonly work = new Work(new Chance(5));
	tablet!: Tablet;
	keys!: KeyRow;

	/** With one case of its officer on it, and a planned visit that has been sent. */
	async open(): Promise<this> {
		const { council, served } = this;
		council.fileCases(1, [jo.id]);
		const deviceId = uuid(301, 1);
		const owner = { officerId: jo.id, deviceId };
		const key = await firstKeys(this.known, this.client(), pin, owner, () => council.now);
		const keys = await this.known.keys(jo.id);
		if (key === null || keys === undefined) throw new Error('no key');
		this.keys = { ...keys, sealed: true };
		let ids = 0;
		this.tablet = new Tablet({
			name: 'JB',
			officer: jo,
			council,
			wire: new Wire(council, jo, new Chance(6), fair),
			codec: sealedCodec(key),
			newId: () => uuid(301, ++ids),
			storage: () => this.storage
		});
		await this.tablet.openTab();
		if (this.tablet.device.deviceId !== deviceId || served.register !== council.register)
			throw new Error('not the tablet whose keys these are');
		await this.tablet.tab.round.words();
		const planned = { plannedFor: '2026-03-10', plannedTime: '', purpose: '', access: '' };
		await this.do('plan-visit', { id: this.work.newId(), ...planned });
		await this.tablet.tab.round.words();
		return this;
	}

	client(): KeysClient {
		const { keys } = createCallerFactory(appRouter)({
			council: this.served,
			officer: jo,
			signedInAt: new Date(this.council.now),
			requestId: 'x',
			now: () => new Date(this.council.now)
		});
		const { enrol, vouch, lease } = keys;
		const asked = { enrol: { mutate: enrol }, vouch: { mutate: vouch }, lease: { mutate: lease } };
		// over the network a promise is tagged with the shape of its errors; here there is none between
		return { keys: asked } as unknown as KeysClient;
	}

	async do(name: string, payload: Record<string, unknown>) {
		const fact = await this.work.do(this.tablet, this.tablet.device, caseId(1), { name, payload });
		if (fact === null) throw new Error(`${name} was refused`);
		return fact;
	}

	note(text: string) {
		return this.do('write-note', { id: this.work.newId(), visitId: null, text });
	}

	async photograph() {
		const fact = await this.work.something('photo', this.tablet, this.tablet.device);
		if (fact === null) throw new Error('no photograph was taken');
		return fact;
	}

	/** What the register has of the case. */
	get file() {
		return this.council.register.caseFile(caseId(1));
	}

	async close(): Promise<void> {
		this.tablet.closeTabs();
		this.known.close();
		await this.council.close();
	}
}
