import { SvelteMap } from 'svelte/reactivity';
import type { Answer } from '#lib/commands/envelope.ts';
import { refusalSentence, refuse, type RefusalCode } from '#lib/domain/refusal.ts';
import { onlineEnvelopes } from '#lib/local/online-envelopes.ts';
import type { App } from '../app.svelte.ts';
import { whyNotDone } from '../shell/asked.svelte.ts';
import { isUnreachable } from '../shell/unreachable.ts';

export interface ChosenCase {
	caseId: string;
	/** its reference, or what else to call it */
	label: string;
}

type Made = Awaited<ReturnType<typeof onlineEnvelopes<'assign-case'>>>;

/** What became of one case of a bulk act. */
export interface Outcome extends ChosenCase {
	done: boolean;
	words: string;
}

/** The cases a team leader has picked out, and giving them to somebody: one command each, one batch. */
export class GivingOut {
	readonly chosen = new SvelteMap<string, ChosenCase>();
	outcomes = $state.raw<Outcome[]>([]);
	/** why the whole of it was not done */
	problem = $state<string | null>(null);
	busy = $state(false);
	readonly #app: App;
	/** made and not answered: the same are sent again, so that nothing is done twice */
	#unanswered: { to: string | null; cases: ChosenCase[]; commands: Made } | null = null;

	constructor(app: App) {
		this.#app = app;
	}

	toggle(one: ChosenCase): void {
		if (!this.chosen.delete(one.caseId)) this.chosen.set(one.caseId, one);
	}

	choose(cases: readonly ChosenCase[], wanted: boolean): void {
		for (const one of cases)
			if (wanted) this.chosen.set(one.caseId, one);
			else this.chosen.delete(one.caseId);
	}

	/** @param to officer id, or null for nobody */
	async assign(to: string | null): Promise<void> {
		this.busy = true;
		this.problem = null;
		this.outcomes = [];
		const cases = [...this.chosen.values()];
		try {
			const made = await this.#commands(to, cases);
			this.#unanswered = made;
			const answers = await this.#app.register.assignment.assign.mutate({
				commands: made.commands
			});
			this.#unanswered = null;
			this.outcomes = cases.map((one, n) => ({ ...one, ...this.#outcome(answers[n], to) }));
			this.chosen.clear();
		} catch (error) {
			this.problem = isUnreachable(error)
				? 'The council’s register did not answer. Check the connection and press Assign again: what has been done already is not done twice.'
				: whyNotDone(error);
		} finally {
			this.busy = false;
		}
	}

	async #commands(to: string | null, cases: ChosenCase[]) {
		const before = this.#unanswered;
		const same = (one: ChosenCase, n: number) => one.caseId === cases[n]?.caseId;
		if (before?.to === to && before.cases.length === cases.length && before.cases.every(same))
			return before;
		const commands = await onlineEnvelopes(
			this.#app.device,
			cases.map(({ caseId }) => ({
				name: 'assign-case' as const,
				caseId,
				payload: { officerId: to }
			})),
			this.#app.device.newId()
		);
		return { to, cases, commands };
	}

	#outcome(answer: Answer | undefined, to: string | null): Pick<Outcome, 'done' | 'words'> {
		if (answer?.outcome === 'applied' || answer?.outcome === 'merged') {
			const name = to === null ? 'nobody' : (this.#app.officers.get(to)?.name ?? 'the officer');
			return { done: true, words: `Given to ${name}.` };
		}
		const code = answer?.code as RefusalCode | null | undefined;
		return {
			done: false,
			words:
				code == null
					? 'The register did not say what became of it. Look at the case.'
					: refusalSentence(refuse(code, answer?.detail ?? undefined))
		};
	}
}
