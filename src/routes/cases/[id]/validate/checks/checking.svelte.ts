import { checksOf, listOf } from '#lib/commands/case-checks.ts';
import { isRefusal, refusalSentence } from '#lib/domain/refusal.ts';
import { checksState } from '#lib/domain/validation/checks-state.ts';
import type { OfficersWord } from '#lib/domain/validation/check-answer.ts';
import type { NearbyCase } from '#lib/domain/validation/check.ts';
import type { CheckResult } from '#lib/domain/validation/run-checks.ts';
import type { App } from '../../../../app.svelte.ts';
import { sentenceFor } from '../../../../sentence-for.ts';
import type { CaseOnScreen } from '../../shown.svelte.ts';
import { checkedWith } from '../checked-with.ts';

const baseOf = ({ answer }: CheckResult): string | null => answer?.writers['value'] ?? null;

/** The checks of the case on screen, run over its present state, and what the officer says of them. */
export class Checking {
	problem = $state('');
	message = $state('');
	/** null until the cases on this device have been read */
	others = $state.raw<NearbyCase[] | null>(null);
	#busy = false;
	readonly #app: App;
	readonly #onScreen: CaseOnScreen;
	/** the local list to check with; null when this tablet has none */
	readonly list = $derived.by(() => listOf(this.#onScreen.shown.file, this.#app.localLists));
	readonly results = $derived.by(() =>
		checksOf(this.#onScreen.shown.file, checkedWith(this.#app, this.others))
	);
	readonly state = $derived(checksState(this.results));
	readonly toLookAt = $derived(this.results.filter(({ outcome }) => outcome === 'ask'));

	constructor(app: App, onScreen: CaseOnScreen) {
		this.#app = app;
		this.#onScreen = onScreen;
	}

	/** The officer has looked at all of these, and each is met. */
	allMet(asked: readonly CheckResult[]): Promise<boolean> {
		return this.#perform(
			'answer-checks',
			{ answers: asked.map((one) => said(one, 'met', '')) },
			asked.length === 1 ? 'Recorded as met.' : `${String(asked.length)} checks recorded as met.`
		);
	}

	say(one: CheckResult, says: OfficersWord, reason: string): Promise<boolean> {
		return one.computed === 'ask'
			? this.#perform('answer-checks', { answers: [said(one, says, reason)] }, 'Recorded.')
			: this.#perform('override-check', said(one, says, reason), 'Overridden.');
	}

	takeBack(one: CheckResult): Promise<boolean> {
		return this.#perform(
			'take-back-check',
			{ rule: one.id, base: baseOf(one) ?? '' },
			'Taken back.'
		);
	}

	async #perform(name: string, payload: unknown, done: string): Promise<boolean> {
		if (this.#busy) return false;
		this.#busy = true;
		this.problem = '';
		this.message = '';
		try {
			const result = await this.#app.perform(name, this.#onScreen.case.id, payload);
			if (isRefusal(result)) {
				this.problem = refusalSentence(result);
				return false;
			}
			this.message = `${done} Saved on this tablet.`;
			return true;
		} catch (error) {
			this.problem = sentenceFor(error);
			return false;
		} finally {
			this.#busy = false;
		}
	}
}

const said = (one: CheckResult, says: OfficersWord, reason: string) => ({
	rule: one.id,
	says,
	reason,
	seen: one.seen,
	base: baseOf(one)
});
