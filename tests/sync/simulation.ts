import type { Transport } from '#lib/commands/protocol.ts';
import { plainCodec, type Codec } from '#lib/local/codec.ts';
import type { Device } from '#lib/local/device.ts';
import { SignedOut, Unreachable } from '#lib/commands/protocol.ts';
import { pull } from '#lib/sync/pull.ts';
import { RegisterFault, TooLarge } from '#lib/sync/problems.ts';
import { confirmWaitingBytes } from '#lib/server/blobs/received.ts';
import { Council } from './council.ts';
import { Work, type Fact } from './facts.ts';
import { checkAccepted, checkAnswers, checkEqual, checkRegister, checkScreen } from './oracle.ts';
import { Chance } from './random.ts';
import { Tablet, type Tab } from './tablet.ts';
import { caseId, jo, ria, sam, uuid } from './town.ts';
import { fair, foul, Wire } from './wire.ts';

/** A mistake that a plausible design would make, put in at one seam. */
export interface Breakage {
	transport?(wire: Wire, device: Device, council: Council): Transport;
	afterPush?(device: Device): Promise<void>;
	afterPull?(device: Device): Promise<void>;
	/** shows only with a register that is restored: how often, of all steps */
	restores?: number;
}

export interface Options {
	seed: number;
	steps: number;
	codec?: Codec;
	breakage?: Breakage;
	cases?: number;
	/** how often the register is restored from its last backup, of all steps */
	restores?: number;
}

export interface Ran {
	steps: number;
	facts: number;
	struck: Record<string, number>;
	outcomes: Record<string, number>;
}

const weights = {
	note: 10,
	edit: 12,
	act: 10,
	photo: 8,
	measurement: 5,
	document: 2,
	resolve: 3,
	push: 14,
	pull: 14,
	bytes: 10,
	everything: 6,
	assign: 5,
	desk: 4,
	decide: 3,
	restart: 3,
	crash: 3,
	tabs: 3,
	bothTabs: 3,
	session: 2,
	clock: 2,
	archive: 1
};

/** Several tablets, a desk and a register, through a seeded series of acts and troubles. */
export class Simulation {
	readonly #options: Options;
	readonly #chance: Chance;
	readonly #work: Work;
	readonly council: Council;
	#restored = 0;
	/** commands that the register had when it was restored */
	readonly #lost = new Set<string>();
	/** commands that the register once accepted: id → name */
	readonly #accepted = new Map<string, string>();
	readonly tablets: Tablet[] = [];
	readonly facts: Fact[] = [];
	/** the last things that happened, for the message of a failure */
	readonly story: string[] = [];

	constructor(options: Options) {
		this.#options = options;
		this.council = new Council((options.restores ?? 0) > 0);
		this.#chance = new Chance(options.seed);
		this.#work = new Work(this.#chance);
	}

	async run(): Promise<Ran> {
		try {
			await this.#begin();
			for (let step = 0; step < this.#options.steps; step++) await this.#step(step);
			await this.#drain();
			if (this.#restored > 0) await this.#decideAgain();
			await this.#check();
			return this.#ran();
		} catch (error) {
			const last = this.story.slice(-12).join(' · ');
			throw new Error(
				`SEED=${this.#options.seed} STEPS=${this.#options.steps}: ${(error as Error).message}\n${last}`,
				{ cause: error }
			);
		} finally {
			for (const tablet of this.tablets) tablet.closeTabs();
			await this.council.close();
		}
	}

	async #begin(): Promise<void> {
		const cases = this.#options.cases ?? 6;
		this.council.fileCases(cases, [jo.id, sam.id]);
		for (let n = 1; n <= cases; n++)
			this.council.as(ria.id, { name: 'pin-case', caseId: caseId(n), payload: { active: true } });
		const who = [jo, jo, sam, ria];
		for (const [n, officer] of who.entries()) {
			let ids = 0;
			const chance = new Chance(this.#options.seed * 31 + n);
			const { breakage } = this.#options;
			const tablet = new Tablet({
				name: `${officer.initials}${n}`,
				officer,
				council: this.council,
				wire: new Wire(this.council, officer, chance, fair),
				codec: this.#options.codec ?? plainCodec,
				newId: () => uuid(100 + n, ++ids),
				transport: (wire, device) => breakage?.transport?.(wire, device, this.council) ?? wire
			});
			this.tablets.push(tablet);
			await tablet.openTab();
			await this.#everything(tablet.tab);
			tablet.wire.weather = foul;
		}
	}

	async #step(step: number): Promise<void> {
		this.council.now += 1000 * (1 + this.#chance.below(60));
		const tablet = this.#chance.of(this.tablets) as Tablet;
		const tab = this.#chance.of(tablet.tabs) as Tab;
		const what = this.#chance.weighted(weights);
		this.story.push(`${step} ${tablet.name} ${what}`);
		switch (what) {
			case 'push':
				await this.#tolerate(this.#push(tab));
				break;
			case 'pull':
				await this.#tolerate(this.#pull(tab));
				break;
			case 'bytes':
				await this.#tolerate(tab.round.bytes());
				break;
			case 'everything':
				await this.#tolerate(this.#everything(tab));
				break;
			case 'bothTabs':
				// the lock failed: two tabs carry at once
				await Promise.all(tablet.tabs.map((one) => this.#tolerate(this.#everything(one))));
				break;
			case 'assign':
				this.#assign();
				break;
			case 'desk':
				await this.#desk();
				break;
			case 'decide':
				this.#decide();
				break;
			case 'restart':
				await tablet.restart();
				break;
			case 'crash':
				await this.#crash(tablet, tab);
				break;
			case 'tabs':
				if (tablet.tabs.length === 1) await tablet.openTab();
				break;
			case 'session':
				tablet.wire.signedIn = !tablet.wire.signedIn;
				break;
			case 'clock':
				tablet.skew = (this.#chance.below(5) - 2) * 3_600_000;
				break;
			case 'archive':
				if (this.#options.restores === undefined)
					this.council.register.setArchived(this.council.register.head());
				else this.council.backup();
				break;
			default:
				await this.#do(what, tablet, tab);
		}
		await checkScreen(this.council, tablet, this.facts, this.#lost);
		await this.#maybeRestore(tablet);
	}

	/** What had been accepted has to come back as accepted, in the order it had. */
	async #maybeRestore(tablet: Tablet): Promise<void> {
		const { restores } = this.#options;
		if (restores === undefined) return;
		for (const row of await tablet.device.db.outbox.toArray())
			if (row.outcome === 'applied' || row.outcome === 'merged')
				this.#accepted.set(row.id, this.facts.find((fact) => fact.id === row.id)?.name ?? '');
		if (!this.#chance.happens(restores)) return;
		const { sqlite } = this.council.register.connection;
		const had = sqlite.prepare<[], string>('select id from command_log').pluck().all();
		if (!this.council.restore()) return;
		for (const id of had) this.#lost.add(id);
		this.#restored++;
		this.story.push('restored');
	}

	async #do(what: Parameters<Work['something']>[0], tablet: Tablet, tab: Tab): Promise<void> {
		const fact = await this.#work.something(what, tablet, tab.device);
		if (fact === null) return;
		this.facts.push(fact);
		this.story.push(`${fact.name} ${fact.id}`);
	}

	/** The browser dies in the middle of saving. Nothing was promised; what is there is whole. */
	async #crash(tablet: Tablet, tab: Tab): Promise<void> {
		const before = await tab.device.db.outbox.count();
		const saving = this.#work.something('photo', tablet, tab.device).catch(() => null);
		for (let turns = this.#chance.below(12); turns > 0; turns--)
			await new Promise((resolve) => setImmediate(resolve));
		tablet.closeTabs();
		const fact = await saving;
		await tablet.openTab();
		const rows = await tablet.device.db.outbox.orderBy('deviceSeq').toArray();
		if (fact !== null) this.facts.push(fact);
		else if (rows.length > before) {
			const captures = await tablet.device.db.captures.toArray();
			const last = rows.at(-1);
			if (captures.filter((row) => row.commandId === last?.id).length !== 2)
				throw new Error('S2 words were saved without their bytes');
		}
	}

	async #push(tab: Tab): Promise<void> {
		await tab.round.pusher.all();
		await this.#options.breakage?.afterPush?.(tab.device);
	}

	async #pull(tab: Tab): Promise<void> {
		await pull(tab.device, this.#transportOf(tab));
		await this.#options.breakage?.afterPull?.(tab.device);
	}

	async #everything(tab: Tab): Promise<void> {
		await this.#push(tab);
		await this.#pull(tab);
		await tab.round.words();
		await tab.round.bytes();
	}

	#transportOf(tab: Tab): Transport {
		const tablet = this.tablets.find((one) => one.tabs.includes(tab)) as Tablet;
		const { breakage } = this.#options;
		return breakage?.transport?.(tablet.wire, tab.device, this.council) ?? tablet.wire;
	}

	/** Bad weather is no failure of the run. */
	async #tolerate(carrying: Promise<unknown>): Promise<void> {
		try {
			await carrying;
		} catch (error) {
			const weather = [Unreachable, SignedOut, RegisterFault, TooLarge];
			if (!weather.some((kind) => error instanceof kind)) throw error;
		}
	}

	#assign(): void {
		const n = 1 + this.#chance.below(this.#options.cases ?? 6);
		const to = this.#chance.of([jo.id, sam.id, sam.id, jo.id, null]) ?? null;
		this.council.assign(n, to, ria.id);
	}

	/** The desk changes something on a good line, while the tablets are out. */
	async #desk(): Promise<void> {
		const desk = this.tablets.at(-1) as Tablet;
		await this.#do('edit', desk, desk.tab);
		await this.#tolerate(this.#everything(desk.tab));
	}

	#decide(): void {
		const { register } = this.council;
		const one = this.#chance.of(register.quarantined('waiting'));
		if (one === undefined) return;
		if (this.#chance.happens(0.7)) {
			register.acceptQuarantined(one.id, ria);
			confirmWaitingBytes(register);
		} else register.declineQuarantined(one.id, ria, 'Not needed');
	}

	/** The weather clears, everybody signs in, and all is carried. */
	async #drain(): Promise<void> {
		for (const tablet of this.tablets) {
			tablet.wire.weather = fair;
			tablet.wire.signedIn = true;
		}
		for (let round = 0; round < 4; round++)
			for (const tablet of this.tablets) {
				this.council.now += 5 * 3_600_000;
				tablet.tab.round.tryAll();
				await this.#everything(tablet.tab);
			}
	}

	/** The decisions of a lost history were the register's own: a team leader takes them again. */
	async #decideAgain(): Promise<void> {
		const { register } = this.council;
		for (let pass = 0; pass < 3; pass++)
			for (const one of register.quarantined('waiting')) register.acceptQuarantined(one.id, ria);
		confirmWaitingBytes(register);
		await this.#drain();
	}

	async #refused(): Promise<Set<string>> {
		const refused = new Set<string>();
		for (const { device } of this.tablets)
			for (const row of await device.db.outbox.toArray())
				if (row.outcome === 'refused') refused.add(row.id);
		return refused;
	}

	async #check(): Promise<void> {
		for (const tablet of this.tablets)
			await checkScreen(this.council, tablet, this.facts, this.#lost);
		await checkRegister(
			this.council,
			this.facts,
			this.#restored > 0 ? await this.#refused() : null
		);
		checkAccepted(this.council, this.#accepted);
		for (const tablet of this.tablets) {
			await checkEqual(this.council, tablet);
			await checkAnswers(this.council, tablet);
		}
	}

	#ran(): Ran {
		const struck: Record<string, number> = {};
		for (const { wire } of this.tablets)
			for (const [name, times] of Object.entries(wire.struck))
				struck[name] = (struck[name] ?? 0) + times;
		const outcomes: Record<string, number> = {};
		const count = this.council.register.connection.sqlite
			.prepare<[], { outcome: string; n: number }>(
				'select outcome, count(*) as n from command_log group by outcome'
			)
			.all();
		for (const { outcome, n } of count) outcomes[outcome] = n;
		if (this.#restored > 0) struck['restored'] = this.#restored;
		return { steps: this.#options.steps, facts: this.facts.length, struck, outcomes };
	}
}
