import canonicalize from 'canonicalize';
import type { Transport } from '#lib/commands/protocol.ts';
import { SignedOut, Unreachable } from '#lib/commands/protocol.ts';
import { recordSchemas } from '#lib/domain/records.ts';
import { plainCodec, type Codec } from '#lib/local/codec.ts';
import type { Device } from '#lib/local/device.ts';
import { pull } from '#lib/sync/pull.ts';
import { RegisterFault, TooLarge } from '#lib/sync/problems.ts';
import { confirmWaitingBytes } from '#lib/server/blobs/received.ts';
import { Council } from './council.ts';
import { Work, type Fact, type WorkKind } from './facts.ts';
import { count, type FaultKind, type Struck } from './fault-kinds.ts';
import { BrowserDied } from './memory/storage.ts';
import {
	checkAccepted,
	checkAnswers,
	checkEqual,
	checkKeptBytes,
	checkRegister,
	checkScreen
} from './oracle.ts';
import { Chance } from './random.ts';
import { Tablet, type Tab } from './tablet.ts';
import { dexieStorage, memoryStorage } from './tablet-storage.ts';
import { caseId, jo, ria, sam, uuid } from './town.ts';
import { troubles, type Trouble } from './troubles.ts';
import { fair, foul, Wire, type Weather } from './wire.ts';

/** A mistake that a plausible design would make, put in at one seam. */
export interface Breakage {
	transport?(wire: Wire, device: Device, council: Council): Transport;
	afterPush?(device: Device): Promise<void>;
	afterPull?(device: Device): Promise<void>;
	/** a seed that has shown it; 1 when not said. Others are tried when it no longer does. */
	showsOn?: number;
	/** shows only on such days */
	day?: Partial<Options>;
}

export interface Options {
	seed: number;
	steps: number;
	/** how tablets keep their copy */
	store?: 'memory' | 'dexie';
	codec?: Codec;
	breakage?: Breakage;
	cases?: number;
	/** how often the register is restored from its last backup, of all steps */
	restores?: number;
	/** browsers may throw away a tablet's storage; never on days with restores, when nobody else may have it */
	evicts?: boolean;
	weather?: Weather;
	/** milliseconds that the clock of the nth tablet is ahead at a step; null: as the troubles have it */
	clocks?: ((tablet: number, step: number) => number) | null;
	/** when the day begins */
	begins?: string;
	/** troubles that happen on this day; all, unless some are named */
	only?: readonly Trouble[];
	/** tell what the register did as well */
	history?: boolean;
}

export interface Ran {
	steps: number;
	facts: number;
	/** of these, photographs */
	photos: number;
	struck: Struck;
	outcomes: Record<string, number>;
	/** what the register did, in its order, and who wrote what stands, when it was asked for; no time of day is in it */
	history: string[];
}

const idOfChance = /\b(?!0{8}-0000-7000-8)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

const schemas = recordSchemas as Record<string, unknown>;
const measurements = schemas['measurement'];
/** tabs of an old app that carry at this moment */
let outdatedNow = 0;

/** What officers do, each as often as its weight says. */
const works: Record<WorkKind, number> = {
	note: 15,
	edit: 14,
	act: 9,
	photo: 4,
	measurement: 7,
	document: 1,
	resolve: 3
};

const carrying = { push: 9, pull: 9, bytes: 7, everything: 9 };

/** Several tablets, a desk and a register, through a seeded series of acts and troubles. */
export class Simulation {
	readonly options: Options;
	readonly chance: Chance;
	readonly work: Work;
	readonly council: Council;
	readonly tablets: Tablet[] = [];
	facts: Fact[] = [];
	readonly struck: Struck = {};
	/** the last things that happened, for the message of a failure */
	readonly story: string[] = [];
	restored = 0;
	/** commands that the register had when it was restored */
	readonly lost = new Set<string>();
	/** commands that the register once accepted: id → name */
	readonly #accepted = new Map<string, string>();

	constructor(options: Options) {
		this.options = options;
		this.council = new Council(options.restores !== undefined);
		if (options.begins !== undefined) this.council.now = Date.parse(options.begins);
		this.chance = new Chance(options.seed);
		this.work = new Work(this.chance);
	}

	get cases(): number {
		return this.options.cases ?? 6;
	}

	async run(): Promise<Ran> {
		try {
			await this.#begin();
			for (let step = 0; step < this.options.steps; step++) await this.#step(step);
			await this.#drain();
			if (this.restored > 0) await this.#decideAgain();
			await this.#check();
			return this.#ran();
		} catch (error) {
			const { seed, steps } = this.options;
			throw new Error(
				`SEED=${seed} STEPS=${steps}: ${(error as Error).message}\n${this.story.slice(-14).join(' · ')}`,
				{ cause: error }
			);
		} finally {
			for (const tablet of this.tablets) tablet.die();
			await this.council.close();
		}
	}

	async #begin(): Promise<void> {
		const { seed, breakage, codec = plainCodec, store = 'memory', weather = foul } = this.options;
		this.council.fileCases(this.cases, [jo.id, sam.id]);
		for (let n = 1; n <= this.cases; n++)
			this.council.as(ria.id, { name: 'pin-case', caseId: caseId(n), payload: { active: true } });
		for (const [n, officer] of [jo, jo, sam, ria].entries()) {
			let ids = 0;
			const tablet = new Tablet({
				name: `${officer.initials}${n}`,
				officer,
				council: this.council,
				wire: new Wire(this.council, officer, new Chance(seed * 31 + n), fair),
				codec,
				newId: () => uuid(100 + n, ++ids),
				transport: (wire, device) => breakage?.transport?.(wire, device, this.council) ?? wire,
				storage: store === 'memory' ? memoryStorage : dexieStorage
			});
			this.tablets.push(tablet);
			await tablet.openTab();
			await tablet.signIn();
			tablet.outdated = n === 1 && this.chance.happens(0.5);
			await this.carry(tablet, tablet.tab);
			tablet.wire.weather = weather;
		}
	}

	async #step(step: number): Promise<void> {
		this.council.now += 1000 * (1 + this.chance.below(60));
		const tablet = this.chance.of(this.tablets) as Tablet;
		const tab = this.chance.of(tablet.tabs) as Tab;
		const { clocks } = this.options;
		if (clocks) for (const [n, one] of this.tablets.entries()) one.skew = clocks(n, step);
		const what = this.chance.weighted({ work: 60, ...carrying, ...this.#troubles() });
		this.story.push(`${step} ${tablet.name} ${what}`);
		if (what === 'work') await this.#spell(tablet, tab);
		else if (what in carrying)
			await this.tolerate(this.#carrying(what as keyof typeof carrying, tablet, tab));
		else if (await troubles[what as Trouble].act(this, tablet, tab)) this.#strikes(what as Trouble);
		await checkScreen(this.council, tablet, this.facts, this.lost);
		await this.#maybeRestore(tablet);
	}

	#weights: Record<Trouble, number> | null = null;
	#troubles(): Record<Trouble, number> {
		const { only } = this.options;
		return (this.#weights ??= Object.fromEntries(
			Object.entries(troubles).map(([name, { weight }]) => [
				name,
				only === undefined || only.includes(name as Trouble) ? weight : 0
			])
		) as Record<Trouble, number>);
	}

	#strikes(trouble: Trouble): void {
		const { kind } = troubles[trouble];
		if (kind !== null) count(this.struck, kind);
	}

	/** Several things in a row, as on site. */
	async #spell(tablet: Tablet, tab: Tab): Promise<void> {
		for (let left = 2 + this.chance.below(12); left > 0; left--)
			await this.do(this.chance.weighted(works), tablet, tab);
	}

	async do(what: WorkKind, tablet: Tablet, tab: Tab): Promise<Fact | null> {
		if (what === 'measurement' && tablet.outdated) return null;
		return this.keep(await this.work.something(what, tablet, tab.device));
	}

	keep(fact: Fact | null): Fact | null {
		if (fact === null) return null;
		this.facts.push(fact);
		this.story.push(`${fact.name} ${fact.id}`);
		return fact;
	}

	#carrying(what: keyof typeof carrying, tablet: Tablet, tab: Tab): Promise<unknown> {
		return this.#withItsApp(tablet, async () => {
			if (what === 'push') await this.#push(tab);
			else if (what === 'pull') await this.#pull(tablet, tab);
			else if (what === 'bytes') await tab.round.bytes();
			else await this.carry(tablet, tab);
		});
	}

	/** Everything both ways. */
	carry(tablet: Tablet, tab: Tab): Promise<void> {
		return this.#withItsApp(tablet, async () => {
			await this.#push(tab);
			await this.#pull(tablet, tab);
			await tab.round.words();
			await tab.round.bytes();
		});
	}

	async #push(tab: Tab): Promise<void> {
		await tab.round.pusher.all();
		await this.options.breakage?.afterPush?.(tab.device);
	}

	async #pull(tablet: Tablet, tab: Tab): Promise<void> {
		const { breakage } = this.options;
		const transport = breakage?.transport?.(tablet.wire, tab.device, this.council) ?? tablet.wire;
		await pull(tab.device, transport);
		await breakage?.afterPull?.(tab.device);
	}

	/** An app of before measurements existed has no schema for them. */
	async #withItsApp<T>(tablet: Tablet, act: () => Promise<T>): Promise<T> {
		if (!tablet.outdated) return act();
		outdatedNow++;
		delete schemas['measurement'];
		try {
			return await act();
		} finally {
			if (--outdatedNow === 0) schemas['measurement'] = measurements;
		}
	}

	/** Bad weather is no failure of the run. */
	async tolerate(carrying: Promise<unknown>): Promise<void> {
		try {
			await carrying;
		} catch (error) {
			const weather = [Unreachable, SignedOut, RegisterFault, TooLarge, BrowserDied];
			if (!weather.some((kind) => error instanceof kind)) throw error;
		}
	}

	/** What had been accepted has to come back as accepted, in the order it had. */
	async #maybeRestore(tablet: Tablet): Promise<void> {
		const { restores } = this.options;
		if (restores === undefined || restores === 0) return;
		for (const row of await tablet.device.db.outbox.toArray())
			if (row.outcome === 'applied' || row.outcome === 'merged')
				this.#accepted.set(row.id, this.facts.find((fact) => fact.id === row.id)?.name ?? '');
		if (!this.chance.happens(restores) || !this.restore()) return;
		count(this.struck, 'register restored');
		if (!this.chance.happens(0.3)) return;
		await this.tolerate(this.carry(tablet, tablet.tab));
		if (this.restore()) count(this.struck, 'register restored twice');
	}

	restore(): boolean {
		const { sqlite } = this.council.register.connection;
		const had = sqlite.prepare<[], string>('select id from command_log').pluck().all();
		if (!this.council.restore()) return false;
		for (const id of had) this.lost.add(id);
		this.restored++;
		this.story.push('restored');
		return true;
	}

	/** The weather clears, everybody is back in their role and signed in, and all is carried. */
	async #drain(): Promise<void> {
		for (const officer of [jo, sam, ria]) this.council.register.putOfficer(officer);
		for (const tablet of this.tablets) {
			tablet.wire.weather = fair;
			tablet.wire.signedIn = true;
			if (!tablet.outdated) continue;
			tablet.outdated = false;
			await tablet.restart();
		}
		for (let round = 0; round < 4; round++)
			for (const tablet of this.tablets) {
				this.council.now += 5 * 3_600_000;
				tablet.tab.round.tryAll();
				await this.carry(tablet, tablet.tab);
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
		const { council, facts, tablets } = this;
		for (const tablet of tablets) {
			await checkScreen(council, tablet, facts, this.lost);
			await checkKeptBytes(tablet, facts);
		}
		await checkRegister(council, facts, this.restored > 0 ? await this.#refused() : null);
		checkAccepted(council, this.#accepted, facts);
		for (const tablet of tablets) {
			await checkEqual(council, tablet);
			await checkAnswers(council, tablet);
		}
	}

	#ran(): Ran {
		const struck: Struck = { ...this.struck };
		for (const { wire } of this.tablets)
			for (const [kind, times] of Object.entries(wire.struck))
				count(struck, kind as FaultKind, times);
		const outcomes = Object.fromEntries(
			this.council.register.connection.sqlite
				.prepare<[], { outcome: string; n: number }>(
					'select outcome, count(*) as n from command_log group by outcome'
				)
				.all()
				.map(({ outcome, n }) => [outcome, n])
		);
		const photos = this.facts.filter(({ name }) => name === 'take-photo').length;
		return {
			steps: this.options.steps,
			facts: this.facts.length,
			photos,
			struck,
			outcomes,
			history: this.options.history === true ? this.#history() : []
		};
	}

	#history(): string[] {
		const { register } = this.council;
		const done = register.connection.sqlite
			.prepare<[], string>(
				"select seq || ' ' || name || ' ' || id || ' ' || outcome || coalesce(' ' || code, '') from command_log order by seq"
			)
			.pluck()
			.all();
		const written = Array.from({ length: this.cases }, (_, n) =>
			[...register.caseFile(caseId(n + 1)).records()].map(
				({ kind, record }) => `${kind} ${record.id} ${canonicalize(record.writers)}`
			)
		);
		// what the register makes by itself has ids of chance
		const made = (line: string) => line.replace(idOfChance, '#');
		return [...done.map(made), ...written.flat().map(made).sort()];
	}
}
