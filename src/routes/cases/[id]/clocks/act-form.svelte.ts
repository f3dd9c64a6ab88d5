import { isRefusal, refusalSentence, type Refusal } from '#lib/domain/refusal.ts';
import { draft, dropDraft, keepDraft } from '#lib/local/drafts.ts';
import { dryRun } from '#lib/local/perform.ts';
import type { App } from '../../../app.svelte.ts';
import { sentenceFor } from '../../../sentence-for.ts';

interface Options<Fields> {
	app: App;
	/** name of the command */
	act: string;
	caseId: () => string;
	empty: () => Fields;
	/** what the command takes; null while something it needs is missing */
	payload: (fields: Fields) => unknown;
	/** said when it is saved */
	done: string;
}

/**
 * A form for one act on a case: what is typed is kept as it is typed, the rule that would refuse
 * it says so before the button is pressed, and nothing is lost when saving fails.
 * Made while a component begins.
 */
export class ActForm<Fields extends Record<string, string>> {
	fields: Fields;
	#touched = $state(false);
	#refusal = $state.raw<Refusal | null>(null);
	problem = $state('');
	message = $state('');
	#busy = false;
	#kept: Promise<void> = Promise.resolve();
	readonly #options: Options<Fields>;

	constructor(options: Options<Fields>) {
		this.#options = options;
		this.fields = $state(options.empty());
		const { app, act, caseId, payload } = options;
		$effect(() => {
			const key = this.#key();
			let gone = false;
			void draft(app.device, key).then((left) => {
				if (gone || left === undefined || this.#touched) return;
				this.fields = { ...options.empty(), ...(JSON.parse(left) as Partial<Fields>) };
				this.#touched = true;
			});
			return () => {
				gone = true;
			};
		});
		$effect(() => {
			const asked = payload({ ...this.fields });
			if (!this.#touched || asked === null) {
				this.#refusal = null;
				return;
			}
			let gone = false;
			void dryRun(app.device, act, caseId(), asked).then((answer) => {
				if (!gone) this.#refusal = answer;
			});
			return () => {
				gone = true;
			};
		});
	}

	/** Why it cannot be saved as it stands, as a sentence; null when it can. */
	get whyNot(): string | null {
		return this.#refusal === null ? null : refusalSentence(this.#refusal);
	}

	typing(): void {
		this.#touched = true;
		this.message = '';
		const { app, caseId } = this.#options;
		const [key, words, of] = [this.#key(), JSON.stringify(this.fields), caseId()];
		this.#kept = this.#kept
			.then(() => keepDraft(app.device, key, words, of))
			.catch((error: unknown) => {
				this.problem = sentenceFor(error);
			});
	}

	async save(event: SubmitEvent): Promise<void> {
		event.preventDefault();
		const { app, act, caseId, payload, empty, done } = this.#options;
		const asked = payload({ ...this.fields });
		if (this.#busy || asked === null || this.#refusal !== null) return;
		this.#busy = true;
		this.problem = '';
		try {
			const result = await app.perform(act, caseId(), asked);
			if (isRefusal(result)) {
				this.problem = refusalSentence(result);
				return;
			}
			this.#touched = false;
			this.fields = empty();
			this.message = done;
			await this.#kept;
			await dropDraft(app.device, this.#key());
		} catch (error) {
			this.problem = sentenceFor(error);
		} finally {
			this.#busy = false;
		}
	}

	#key(): string {
		return `${this.#options.act}:${this.#options.caseId()}`;
	}
}
