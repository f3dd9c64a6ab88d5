import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Transport } from '#lib/commands/protocol.ts';
import { openDevice, type Device } from '#lib/local/device.ts';
import { perform } from '#lib/local/perform.ts';
import { Carrier } from '#lib/sync/loop.svelte.ts';
import type { Heard } from '#lib/sync/nudges.ts';
import { tabsOf } from '#lib/sync/tabs.ts';
import { Council } from './council.ts';
import { Chance } from './random.ts';
import { caseId, jo, newStorage, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

/** Counts what carries at the same time. */
class Counted implements Transport {
	readonly #wire: Wire;
	readonly #all: { now: number; most: number };
	pushes = 0;

	constructor(wire: Wire, all: { now: number; most: number }) {
		this.#wire = wire;
		this.#all = all;
	}

	async #one<T>(exchange: () => Promise<T>): Promise<T> {
		this.#all.now++;
		this.#all.most = Math.max(this.#all.most, this.#all.now);
		await new Promise((resolve) => setTimeout(resolve, 2));
		try {
			return await exchange();
		} finally {
			this.#all.now--;
		}
	}

	push: Transport['push'] = (request) => {
		this.pushes++;
		return this.#one(() => this.#wire.push(request));
	};
	pull: Transport['pull'] = (request) => this.#one(() => this.#wire.pull(request));
	upload: Transport['upload'] = (...upload) => this.#one(() => this.#wire.upload(...upload));
}

describe('the carrier', () => {
	const ends: (() => unknown)[] = [];
	afterEach(async () => {
		for (const end of ends.splice(0).reverse()) await end();
	});

	const begin = () => {
		const council = new Council();
		ends.push(() => council.close());
		council.fileCases(2, [jo.id]);
		const storage = newStorage();
		const all = { now: 0, most: 0 };
		const page = new EventTarget();
		const wire = new Wire(council, jo, new Chance(1), fair);
		const openTab = async () => {
			const device = await openDevice({ officer: jo, indexedDB: storage });
			const transport = new Counted(wire, all);
			let stream: Heard | null = null;
			const carrier = new Carrier(device, {
				transport,
				letter: () => Promise.resolve(''),
				locks: navigator.locks,
				tabs: () => tabsOf(jo.id),
				nudges: (heard) => {
					stream = heard;
					return { close: () => undefined };
				},
				page,
				hidden: () => false,
				chance: () => 0
			});
			carrier.start();
			ends.push(() => {
				carrier.stop();
				device.close();
			});
			return {
				device,
				carrier,
				transport,
				nudge: () => stream?.news(),
				loseStream: () => stream?.lost()
			};
		};
		return { council, wire, all, page, openTab };
	};

	const note = (device: Device, n: number) =>
		perform(device, 'write-note', caseId(1), { id: uuid(9, n), visitId: null, text: `Note ${n}` });
	const received = (council: Council) => council.register.caseFile(caseId(1)).all('note').length;
	const soon = { timeout: 5_000, interval: 10 };

	test('S10 one tab carries, both write, and the other goes on when it closes', async () => {
		const { council, all, openTab } = begin();
		const first = await openTab();
		const second = await openTab();
		await vi.waitFor(() => expect(first.carrier.status.online).toBe(true), soon);
		await vi.waitFor(() => expect(second.carrier.status.online).toBe(true), soon);
		await Promise.all([1, 2, 3].map((n) => note(n === 2 ? second.device : first.device, n)));
		await vi.waitFor(() => expect(received(council)).toBe(3), soon);
		expect(all.most).toBe(1);
		expect(second.transport.pushes).toBe(0);
		expect(second.carrier.status.elsewhere).toBe(true);
		expect(first.carrier.status.elsewhere).toBe(false);

		first.carrier.stop();
		first.device.close();
		await note(second.device, 4);
		await vi.waitFor(() => expect(received(council)).toBe(4), soon);
		expect(all.most).toBe(1);
		await vi.waitFor(() => expect(second.carrier.status.waiting).toBe(0), soon);
		expect(second.carrier.status.elsewhere).toBe(false);
		expect(second.carrier.status.words).toBe(
			'Everything made on this tablet has been received by the council.'
		);
	});

	test('S1 work made with no network is kept, counted, and sent when the network is back', async () => {
		const { council, wire, page, openTab } = begin();
		const { device, carrier } = await openTab();
		await vi.waitFor(() => expect(carrier.status.online).toBe(true), soon);
		wire.weather = { ...fair, 'no network': 1 };
		await carrier.now();
		await note(device, 1);
		await note(device, 2);
		await vi.waitFor(() => expect(carrier.status.waiting).toBe(2), soon);
		expect(carrier.status.online).toBe(false);
		expect(carrier.status.words).toMatch(
			/^2 items wait on this tablet, the oldest at .*Not connected/
		);
		wire.weather = fair;
		page.dispatchEvent(new Event('online'));
		await vi.waitFor(() => expect(received(council)).toBe(2), soon);
		await vi.waitFor(() => expect(carrier.status.waiting).toBe(0), soon);
	});

	test('S6 a session that has ended pauses sending in words, and signing in again goes on', async () => {
		const { council, wire, openTab } = begin();
		const { device, carrier } = await openTab();
		await vi.waitFor(() => expect(carrier.status.online).toBe(true), soon);
		wire.signedIn = false;
		await note(device, 1);
		await vi.waitFor(() => expect(carrier.status.signedOut).toBe(true), soon);
		await vi.waitFor(() => expect(carrier.status.words).toContain('sign in again'), soon);
		expect(received(council)).toBe(0);
		wire.signedIn = true;
		await carrier.now();
		expect(received(council)).toBe(1);
		expect(carrier.status.signedOut).toBe(false);
	});

	test('S7 a nudge brings what the desk changed', async () => {
		const { council, openTab } = begin();
		const { device, carrier, nudge } = await openTab();
		await vi.waitFor(() => expect(carrier.status.online).toBe(true), soon);
		council.assign(2, null, jo.id);
		nudge();
		await vi.waitFor(async () => expect(await device.db.held.count()).toBe(1), soon);
	});

	test('S7 a register that dies is noticed when its stream breaks, and found again by itself', async () => {
		const { council, wire, openTab } = begin();
		const { device, carrier, loseStream } = await openTab();
		await vi.waitFor(() => expect(carrier.status.online).toBe(true), soon);
		wire.weather = { ...fair, 'no network': 1 };
		loseStream();
		await vi.waitFor(() => expect(carrier.status.words).toContain('Not connected'), soon);
		council.assign(2, null, jo.id);
		wire.weather = fair;
		await vi.waitFor(async () => expect(await device.db.held.count()).toBe(1), soon);
	});

	test('S10 a tab put to sleep gives its turn away, and starts again when it wakes', async () => {
		const { council, page, openTab } = begin();
		const { device, carrier } = await openTab();
		await vi.waitFor(() => expect(carrier.status.online).toBe(true), soon);
		page.dispatchEvent(new Event('freeze'));
		await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]), soon);
		await note(device, 1);
		page.dispatchEvent(new Event('resume'));
		await vi.waitFor(() => expect(received(council)).toBe(1), soon);
	});

	test('S10 a carrier that was stopped can be started again', async () => {
		const { council, openTab } = begin();
		const { device, carrier } = await openTab();
		await vi.waitFor(() => expect(carrier.status.online).toBe(true), soon);
		carrier.stop();
		await note(device, 1);
		carrier.start();
		await vi.waitFor(() => expect(received(council)).toBe(1), soon);
	});
});
