import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import { amount, reported, runSeed } from '../reliability/report.ts';
import { Chance } from '../sync/random.ts';
import { Cut, type FieldClient } from './field-client.ts';
import { Field } from './field.ts';
import { expectOnce, lostFrom, nothingYet, type Acknowledged } from './proven.ts';

/*
 * RELIABILITY=full RELIABILITY_SEED=7 npx vitest run --project=faults tests/faults/kills.test.ts
 */

const kills = amount(12, 150);
const tablets = 4;

/** A tablet at work: it makes, sends, and sends again what it has heard nothing of. */
class AtWork {
	readonly #client: FieldClient;
	readonly #chance: Chance;
	/** sent at least once, and no answer heard */
	#unheard: Envelope[] = [];
	#unsent: ReturnType<FieldClient['photograph']>['photo'][] = [];
	readonly heard: Acknowledged = nothingYet();
	/** requests that came to nothing */
	cut = 0;
	#made = 0;

	constructor(client: FieldClient, chance: Chance) {
		this.#client = client;
		this.#chance = chance;
	}

	/** Works until the server is gone. */
	async untilCut(): Promise<void> {
		try {
			for (;;) await this.step();
		} catch (error) {
			if (!(error instanceof Cut)) throw error;
			this.cut += 1;
		}
	}

	async step(): Promise<void> {
		if (this.#unheard.length === 0) this.#make();
		const sent = this.#unheard;
		const answers = await this.#client.push(sent);
		this.#unheard = [];
		for (const [n, envelope] of sent.entries())
			this.heard.commands.push({ envelope, answer: answers[n] as Answer });
		for (const photo of [...this.#unsent]) {
			await this.#client.upload(photo, 256 * 1024);
			this.#unsent = this.#unsent.filter((one) => one !== photo);
			this.heard.photos.push(photo);
		}
	}

	#make(): void {
		const some = 1 + this.#chance.below(6);
		for (let n = 0; n < some; n += 1)
			this.#unheard.push(this.#client.note(`Note ${++this.#made}: ${this.#chance.next()}`));
		if (!this.#chance.happens(0.3)) return;
		const { commands, photo } = this.#client.photograph(
			this.#chance.bytes(50_000 + this.#chance.below(900_000))
		);
		this.#unheard.push(...commands);
		this.#unsent.push(photo);
	}

	/** Asks again for everything that was answered since the last time; the answers that differ now. */
	async differing(from: { commands: number; photos: number }): Promise<string[]> {
		const differing: string[] = [];
		const commands = this.heard.commands.slice(from.commands);
		for (let n = 0; n < commands.length; n += 50) {
			const asked = commands.slice(n, n + 50);
			const answers = await this.#client.push(asked.map(({ envelope }) => envelope));
			for (const [i, { envelope, answer }] of asked.entries())
				if (JSON.stringify(answers[i]) !== JSON.stringify(answer)) differing.push(envelope.id);
		}
		for (const photo of this.heard.photos.slice(from.photos)) {
			const again = { ...photo, receipt: null };
			await this.#client.standsAt(again);
			if (JSON.stringify(again.receipt) !== JSON.stringify(photo.receipt)) differing.push(photo.id);
		}
		return differing;
	}
}

test(
	`guarantee-08 nothing answered is lost when the server is killed ${kills} times, seed ${runSeed}`,
	async () => {
		const field = await Field.with(tablets);
		try {
			await reported({ guarantee: 8, name: 'server-kills', seed: runSeed }, (counts) =>
				killAndLook(field, counts)
			);
		} finally {
			await field.close();
		}
	},
	60_000 + kills * 20_000
);

async function killAndLook(field: Field, counts: Record<string, number>): Promise<void> {
	const chance = new Chance(runSeed);
	const atWork = field.clients.map(
		(client, n) => new AtWork(client, new Chance(runSeed * 100 + n))
	);
	const all = (): Acknowledged => ({
		commands: atWork.flatMap(({ heard }) => heard.commands),
		photos: atWork.flatMap(({ heard }) => heard.photos)
	});
	const lost: string[] = [];
	const differing: string[] = [];
	try {
		await field.server.start();
		for (let kill = 1; kill <= kills; kill += 1) {
			const from = atWork.map(({ heard: { commands, photos } }) => ({
				commands: commands.length,
				photos: photos.length
			}));
			const working = Promise.all(atWork.map((one) => one.untilCut()));
			await wait(chance.below(700));
			await field.server.kill();
			await working;
			// what is on the disk now, before another server has touched it
			if (kill % 5 === 0) lost.push(...(await field.inRegister((one) => lostFrom(one, all()))));
			await startAgain(field, chance, counts);
			for (const [n, one] of atWork.entries())
				differing.push(...(await one.differing(from[n] as (typeof from)[number])));
			counts['kills'] = kill + (counts['kills while starting'] ?? 0);
		}
		for (const one of atWork) {
			await one.step();
			differing.push(...(await one.differing({ commands: 0, photos: 0 })));
		}
		await field.server.kill();
		await field.inRegister((council) => {
			lost.push(...lostFrom(council, all()));
			expectOnce(council, all());
		});
	} finally {
		counts['commands acknowledged'] = all().commands.length;
		counts['photographs acknowledged'] = all().photos.length;
		counts['requests cut'] = atWork.reduce((sum, { cut }) => sum + cut, 0);
		counts['lost'] = lost.length;
		counts['answers that differed'] = differing.length;
	}
	expect(lost).toEqual([]);
	expect(differing).toEqual([]);
	expect(all().commands.length).toBeGreaterThan(kills);
}

/** Now and then it is killed while it starts, too. */
async function startAgain(
	field: Field,
	chance: Chance,
	counts: Record<string, number>
): Promise<void> {
	if (chance.happens(0.2)) {
		const starting = field.server.start().catch(() => undefined);
		await wait(chance.below(1_500));
		await field.server.kill();
		await starting;
		counts['kills while starting'] = (counts['kills while starting'] ?? 0) + 1;
	}
	await field.server.start();
}
