import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import { PieceSize } from '#lib/sync/piece-size.ts';
import type { Chance } from '../sync/random.ts';
import { Cut, type FieldClient } from './field-client.ts';
import { nothingYet, type Acknowledged } from './proven.ts';

/** A tablet at work: it makes, sends, and sends again what it has heard nothing of. */
export class AtWork {
	readonly #client: FieldClient;
	readonly #chance: Chance;
	/** sent at least once, and no answer heard */
	#unheard: Envelope[] = [];
	#unsent: ReturnType<FieldClient['photograph']>['photo'][] = [];
	readonly heard: Acknowledged = nothingYet();
	/** requests that came to nothing */
	cut = 0;
	/** photographs of which the register lost what it had, and which were sent from their first byte */
	begunAgain = 0;
	#made = 0;

	constructor(client: FieldClient, chance: Chance) {
		this.#client = client;
		this.#chance = chance;
	}

	/** Works until a request comes to nothing, or until told that it is enough. */
	async untilCut(enough: () => boolean = () => false): Promise<void> {
		try {
			while (!enough()) await this.step();
		} catch (error) {
			if (!(error instanceof Cut)) throw error;
			this.cut += 1;
		}
	}

	/** Sends what has not been answered. */
	async rest(): Promise<void> {
		while (this.#unheard.length + this.#unsent.length > 0)
			await this.step().catch((error: unknown) => {
				if (!(error instanceof Cut)) throw error;
				this.cut += 1;
			});
	}

	async step(): Promise<void> {
		if (this.#unheard.length + this.#unsent.length === 0) this.#make();
		const sent = this.#unheard;
		if (sent.length > 0) {
			const answers = await this.#client.push(sent);
			this.#unheard = [];
			for (const [n, envelope] of sent.entries())
				this.heard.commands.push({ envelope, answer: answers[n] as Answer });
		}
		for (const photo of [...this.#unsent]) {
			const begun = photo.url !== null;
			await this.#client.upload(photo, new PieceSize(256 * 1024)).catch((error: unknown) => {
				// the register has let go of what it had of it
				if (begun && photo.url === null) this.begunAgain += 1;
				throw error;
			});
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
