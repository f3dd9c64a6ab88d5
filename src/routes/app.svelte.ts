import { createContext } from 'svelte';
import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import { settingOf } from '#lib/domain/council-settings.ts';
import { refuse, type Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { may, type Permission } from '#lib/domain/permissions.ts';
import { BankHolidays } from '#lib/domain/clock/bank-holidays.ts';
import type { LocalList } from '#lib/domain/validation/local-list.ts';
import { councilRates, type CouncilRate } from '#lib/domain/fee/council-fees.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Device } from '#lib/local/device.ts';
import { onlineEnvelopes } from '#lib/local/online-envelopes.ts';
import { live } from '#lib/local/live.svelte.ts';
import type { CaptureBytes } from '#lib/local/captures.ts';
import { perform, type Performed } from '#lib/local/perform.ts';
import { Carrier } from '#lib/sync/loop.svelte.ts';
import { registerClient, type RegisterClient } from '#lib/sync/transport.ts';
import { LastLook } from './my-work/last-look.svelte.ts';

/**
 * Everything a screen works with, made once for the officer who is signed in: the device's
 * copy, the carrier that exchanges it with the register, and the register itself (online only).
 */
export class App {
	readonly device: Device;
	readonly carrier: Carrier;
	readonly register: RegisterClient;
	/** the council's name */
	readonly council: string;
	readonly lastLook: LastLook;
	readonly #holidays: { readonly current: BankHolidays | undefined };
	readonly #localLists: { readonly current: readonly LocalList[] | undefined };
	readonly #councilRates: { readonly current: CouncilRate[] | undefined };
	/** until the device has read who the others are */
	readonly #onlyMe: ReadonlyMap<string, Officer>;
	/** an act at the register that got no answer */
	#unanswered: { asked: string; command: Envelope } | null = null;
	readonly #finishing = new Set<() => Promise<string | null>>();
	readonly #officers: { readonly current: ReadonlyMap<string, Officer> | undefined };

	private constructor(device: Device, council: string) {
		this.device = device;
		this.council = council;
		this.register = registerClient();
		this.carrier = new Carrier(device);
		this.lastLook = new LastLook(device.officer.id);
		this.#onlyMe = new Map([[device.officer.id, device.officer]]);
		this.#officers = live(() => device.officers());
		this.#holidays = live(async () => {
			const settings = (await device.remembered('settings')) ?? [];
			return new BankHolidays(settingOf(settings, 'bank-holidays'));
		});
		this.#localLists = live(async () => {
			const settings = (await device.remembered('settings')) ?? [];
			return settingOf(settings, 'local-lists') ?? [];
		});
		this.#councilRates = live(async () => {
			const settings = (await device.remembered('settings')) ?? [];
			return councilRates(settingOf(settings, 'fees') ?? []);
		});
	}

	static open(device: Device, council: string): App {
		const app = new App(device, council);
		app.carrier.start();
		return app;
	}

	/** The signed-in officer, as the register last listed them. */
	get officer(): Officer {
		return this.officers.get(this.device.officer.id) ?? this.device.officer;
	}

	/** Every officer of the council, by id. */
	get officers(): ReadonlyMap<string, Officer> {
		return this.#officers.current ?? this.#onlyMe;
	}

	/** What clocks are counted with: the council's list, or the rules shipped with the app. */
	get holidays(): BankHolidays {
		return this.#holidays.current ?? byRule;
	}

	/** Every local list of the council, for applications of different days. */
	get localLists(): readonly LocalList[] {
		return this.#localLists.current ?? [];
	}

	/** Fees and charges of the council’s own, beside the national ones. */
	get councilRates(): readonly CouncilRate[] {
		return this.#councilRates.current ?? [];
	}

	/** Does something here and now; resolved means saved on this tablet. */
	perform(
		name: string,
		caseId: string,
		payload: unknown,
		bytes: readonly CaptureBytes[] = []
	): Promise<Performed | Refusal> {
		return this.device.writing(perform(this.device, name, caseId, payload, bytes));
	}

	/**
	 * Something on screen is not on the disk yet: asked before the copy is locked.
	 * @param finish saves it, and gives null; or why it cannot, as a sentence
	 * @returns stops asking
	 */
	beforeLock(finish: () => Promise<string | null>): () => void {
		this.#finishing.add(finish);
		return () => this.#finishing.delete(finish);
	}

	/** Lets what is being recorded be saved. Gives the sentence of what cannot be, or null. */
	async settle(): Promise<string | null> {
		for (const finish of this.#finishing) {
			const why = await finish();
			if (why !== null) return why;
		}
		await this.device.settled();
		return null;
	}

	/** Does something that needs the register, there and now; nothing is kept for later. */
	async performAtRegister(
		name: string,
		caseId: string,
		payload: Envelope['payload']
	): Promise<Answer | Refusal> {
		const asked = JSON.stringify([name, caseId, payload]);
		if (this.#unanswered?.asked !== asked) {
			const [command] = await onlineEnvelopes(this.device, [{ name, caseId, payload }], null);
			if (command === undefined) throw new Error('no envelope was made');
			this.#unanswered = { asked, command };
		}
		// whoever got no answer sends the same again, and the register does it once
		const answer = await this.register.acts.perform.mutate({ command: this.#unanswered.command });
		this.#unanswered = null;
		void this.carrier.now();
		return (answer.outcome === 'refused' || answer.outcome === 'quarantined') &&
			answer.code !== null
			? refuse(answer.code as RefusalCode, answer.detail ?? undefined)
			: answer;
	}

	/** Whether the officer's roles allow something at all; on a case, the command decides. */
	may(permission: Permission): boolean {
		return may(this.officer, permission, true) !== 'no';
	}

	close(): void {
		this.carrier.stop();
		this.device.close();
	}
}

/** until the device has read whether the council has a list of its own */
const byRule = new BankHolidays();

export const [getApp, setApp] = createContext<App>();
