import type { Answer } from '#lib/commands/envelope.ts';
import { pushBudget, type Transport } from '#lib/commands/protocol.ts';
import { journal, type Device } from '#lib/local/device.ts';
import { openCommands, sealAnswer } from '#lib/local/outbox.ts';
import { leavingCases } from '#lib/local/release.ts';
import type { OutboxRow } from '#lib/local/tables.ts';
import { isOver } from './backoff.ts';
import { beginAgain } from './epoch.ts';
import { RegisterFault, TooLarge } from './problems.ts';

/** Room for the request around the commands. */
const overhead = 2_000;
/** Faults on one case before its work is set aside for a while. */
const patience = 3;
/** Faulty cases in one go before the register itself is taken to be at fault. */
const faultsInOneGo = 3;
const shortestAside = 10 * 60 * 1000;
const longestAside = 4 * 60 * 60 * 1000;

/** A case whose work the register could not take: kept here, tried again later, and nothing else waits for it. */
export interface SetAside {
	caseId: string;
	/** milliseconds since 1970: since when, and when it is tried again */
	since: number;
	until: number;
	reason: string;
}

/** Carries the outbox to the register: in the order made, case by case on trouble (S4, S11). */
export class Pusher {
	readonly #device: Device;
	readonly #transport: Transport;
	/** commands in one push; less after "too large", whole again after a success */
	#most: number = pushBudget.commands;
	/** one case at a time, after a fault that any of several cases may have caused */
	#caseByCase = false;
	readonly #faults = new Map<string, number>();
	readonly #aside = new Map<string, SetAside>();

	constructor(device: Device, transport: Transport) {
		this.#device = device;
		this.#transport = transport;
	}

	get aside(): SetAside[] {
		return [...this.#aside.values()];
	}

	/** Forgets what was set aside: an officer asked for everything to be tried now. */
	tryAll(): void {
		this.#aside.clear();
		this.#faults.clear();
	}

	/**
	 * Sends until nothing is left that can be sent now. Returns how many were answered.
	 * @throws Unreachable, SignedOut · RegisterFault when the register itself seems to be at fault
	 */
	async all(): Promise<number> {
		let answered = 0;
		const faulty = new Set<string>();
		for (;;) {
			const batch = await this.#next(faulty);
			const first = batch[0];
			if (first === undefined) break;
			const cases = new Set(batch.map((row) => row.caseId));
			try {
				answered += await this.#send(batch);
				this.#most = pushBudget.commands;
				for (const caseId of cases) this.#faults.delete(caseId);
			} catch (error) {
				if (error instanceof TooLarge && batch.length > 1)
					this.#most = Math.floor(batch.length / 2);
				else if (error instanceof RegisterFault && cases.size > 1) this.#caseByCase = true;
				else if (error instanceof RegisterFault || error instanceof TooLarge) {
					faulty.add(first.caseId);
					await this.#fault(first.caseId, error);
					if (faulty.size >= faultsInOneGo) throw error;
				} else throw error;
			}
		}
		if (faulty.size === 0) this.#caseByCase = false;
		return answered;
	}

	/** The next commands to send, oldest first, within the budget. */
	async #next(faulty: ReadonlySet<string>): Promise<OutboxRow[]> {
		const { db } = this.#device;
		const now = this.#device.clock().getTime();
		for (const [caseId, one] of this.#aside) if (isOver(one, now)) this.#aside.delete(caseId);
		const queued = await this.#device.run(() =>
			db.outbox.where({ state: 'queued' }).sortBy('deviceSeq')
		);
		const batch: OutboxRow[] = [];
		let room = pushBudget.bytes - overhead;
		for (const row of queued) {
			if (faulty.has(row.caseId) || this.#aside.has(row.caseId)) continue;
			if (this.#caseByCase && batch[0] !== undefined && batch[0].caseId !== row.caseId) continue;
			if (batch.length >= this.#most || row.size > room) break;
			batch.push(row);
			room -= row.size;
		}
		return batch;
	}

	async #send(batch: readonly OutboxRow[]): Promise<number> {
		const device = this.#device;
		const [kept, epoch] = await Promise.all([
			openCommands(device, batch),
			device.remembered('epoch')
		]);
		const answer = await this.#transport.push({
			epoch: epoch ?? null,
			device: device.deviceId,
			commands: kept.map(({ envelope, answer: before }) => ({
				envelope,
				receipt: before?.receipt ?? null
			}))
		});
		if ('epochChanged' in answer) {
			await beginAgain(device, { sent: epoch, now: answer.epochChanged });
			return 0;
		}
		await keepAnswers(device, { sent: epoch, now: answer.epoch }, answer.answers);
		return answer.answers.length;
	}

	async #fault(caseId: string, error: Error): Promise<void> {
		const faults = (this.#faults.get(caseId) ?? 0) + 1;
		this.#faults.set(caseId, faults);
		const tooLarge = error instanceof TooLarge;
		if (faults < patience && !tooLarge) return;
		const pause = Math.min(shortestAside * 2 ** Math.max(0, faults - patience), longestAside);
		const since = this.#device.clock().getTime();
		const until = since + pause;
		this.#aside.set(caseId, { caseId, since, until, reason: error.message });
		await journal(this.#device, 'set aside', `${caseId}: ${error.message}`);
	}
}

/**
 * Keeps the register's answers. A command does not leave the screen's replay here (S15): only
 * the pull that brings its record takes it out, unless that pull has been before.
 */
async function keepAnswers(
	device: Device,
	told: { sent: string | undefined; now: string },
	answers: readonly Answer[]
): Promise<void> {
	const sealed = await Promise.all(answers.map((answer) => sealAnswer(device, answer)));
	const { db } = device;
	await device.run(() =>
		db.transaction('rw', [db.outbox, db.held, db.sync], async () => {
			// another tab has heard of a new history meanwhile: these are answers of the old one
			if ((await device.get('epoch')) !== told.sent) return;
			const leaving = await leavingCases(db);
			const cursor = await device.get('cursor');
			const beginning = cursor === undefined || cursor.epoch === null || cursor.bootstrap !== null;
			const reached = beginning ? 0 : cursor.seq;
			const rows = await db.outbox.bulkGet(answers.map(({ id }) => id));
			const changed: OutboxRow[] = [];
			for (const [n, row] of rows.entries()) {
				const answer = answers[n];
				if (answer === undefined || row?.state !== 'queued') continue;
				const accepted =
					(answer.outcome !== 'refused' && answer.outcome !== 'quarantined') ||
					row.decision === 'accepted';
				// what was set aside and has an effect all the same, a team leader has accepted since;
				// at the beginning of a history the records here may be those of the one before
				const here = accepted
					? row.arrived === 1 || (answer.seq <= reached && !leaving.has(row.caseId))
					: row.arrived === 1 && !beginning;
				changed.push({
					...row,
					state: here || row.dismissed === 1 ? 'done' : accepted ? 'answered' : 'trouble',
					outcome: answer.outcome,
					seq: answer.seq,
					epoch: told.now,
					answer: sealed[n]
				});
			}
			await db.outbox.bulkPut(changed);
			await device.put('epoch', told.now);
		})
	);
}
