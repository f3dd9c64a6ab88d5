import { checksOf, listOf } from '#lib/commands/case-checks.ts';
import { caseRecords } from '#lib/commands/case-records.ts';
import { isRefusal, refusalSentence, type Refusal } from '#lib/domain/refusal.ts';
import { invalidReasons, shownNow } from '#lib/domain/validation/checks-state.ts';
import type { InvalidReason } from '#lib/domain/workflow/invalid-reason.ts';
import { proposedReasons } from '#lib/domain/workflow/proposed-reasons.ts';
import { taskTree } from '#lib/domain/workflow/task-tree.ts';
import { validFrom } from '#lib/domain/workflow/valid-from.ts';
import { inTheWay, lastDecision } from '#lib/domain/workflow/validity.ts';
import { draft, dropDraft, keepDraft } from '#lib/local/drafts.ts';
import { dryRun } from '#lib/local/perform.ts';
import type { App } from '../../../../app.svelte.ts';
import { londonToday } from '../../../../london-today.ts';
import { sentenceFor } from '../../../../sentence-for.ts';
import type { CaseOnScreen } from '../../shown.svelte.ts';
import { checkedWith } from '../checked-with.ts';

/** A reason in the form: chosen or not. */
export interface Chosen extends InvalidReason {
	key: string;
	chosen: boolean;
}

export interface Typed {
	act: 'validate' | 'invalidate';
	effectiveOn: string;
	reason: string;
	reasons: Chosen[];
	/** the decision that was on screen when typing began */
	base: string | null;
}

/** The form in which it is decided whether an application is valid; what is typed is kept at once. */
export class Deciding {
	typed = $state.raw<Typed | null>(null);
	refusal = $state.raw<Refusal | null>(null);
	problem = $state('');
	message = $state('');
	#busy = false;
	#kept: Promise<void> = Promise.resolve();
	readonly #app: App;
	readonly #onScreen: CaseOnScreen;
	readonly #records = $derived.by(() => {
		const records = caseRecords(this.#onScreen.shown.file);
		if (records === null) throw new Error('No case on screen.');
		return records;
	});
	/** tasks that stand in the way of "valid" */
	readonly inTheWay = $derived(inTheWay(this.#records));
	readonly proposed = $derived(validFrom(this.#records));
	readonly last = $derived(lastDecision(this.#records.events));
	/** the checks as they come out now: what fails may be chosen, and what was shown is recorded */
	readonly #checks = $derived.by(() => checksOf(this.#onScreen.shown.file, checkedWith(this.#app)));
	readonly #shown = $derived.by(() =>
		shownNow(this.#checks, listOf(this.#onScreen.shown.file, this.#app.localLists))
	);
	readonly #candidates = $derived(
		[...proposedReasons(this.#records), ...invalidReasons(this.#checks)].map((one): Chosen => ({
			...one,
			key: one.from,
			chosen: true
		}))
	);
	readonly form = $derived.by((): Typed => {
		const typed = this.typed ?? this.#untouched();
		const known = new Set(typed.reasons.map(({ key }) => key));
		// what is found while the form is open joins it
		return {
			...typed,
			reasons: [...typed.reasons, ...this.#candidates.filter(({ key }) => !known.has(key))]
		};
	});
	readonly payload = $derived({
		act: this.form.act,
		effectiveOn: this.form.effectiveOn,
		reason: this.form.act === 'validate' ? this.form.reason.trim() : '',
		validity: {
			base: this.form.base,
			reasons:
				this.form.act === 'validate'
					? []
					: this.form.reasons
							.filter(({ chosen }) => chosen)
							.map(({ from, words, basis, remedy }) => ({ from, words, basis, remedy })),
			shown: taskTree(this.#records)
				.filter(({ stage }) => stage === 'validate')
				.flatMap(({ tasks }) => tasks.map(({ task, state }) => `${task.slug}: ${state}`)),
			proposedFrom: this.form.act === 'validate' ? this.proposed.on : null,
			working: this.form.act === 'validate' ? this.proposed.working : [],
			checks: this.#shown
		}
	});

	constructor(app: App, onScreen: CaseOnScreen) {
		this.#app = app;
		this.#onScreen = onScreen;
		void draft(app.device, this.#key).then((left) => {
			if (left === undefined || this.typed !== null) return;
			this.typed = JSON.parse(left) as Typed;
			this.message = 'What you had not finished is back.';
		});
	}

	get #key(): string {
		return `validity:${this.#onScreen.case.id}`;
	}

	#untouched(): Typed {
		const invalid = this.inTheWay.length > 0 || this.#candidates.length > 0;
		const act = invalid && this.#records.case.status === 'received' ? 'invalidate' : 'validate';
		return {
			act,
			effectiveOn: this.#dayFor(act),
			reason: '',
			reasons: [],
			base: this.last?.id ?? null
		};
	}

	#dayFor(act: Typed['act']): string {
		return act === 'validate' ? (this.proposed.on ?? londonToday()) : londonToday();
	}

	change(part: Partial<Typed>): void {
		const effectiveOn = part.act === undefined ? this.form.effectiveOn : this.#dayFor(part.act);
		const typed = { ...this.form, effectiveOn, ...part };
		this.typed = typed;
		this.problem = '';
		const of = this.#onScreen.case.id;
		this.#kept = this.#kept
			.then(() => keepDraft(this.#app.device, `validity:${of}`, JSON.stringify(typed), of))
			.catch((error: unknown) => {
				this.problem = sentenceFor(error);
			});
	}

	changeReason(key: string, part: Partial<Chosen>): void {
		this.change({
			reasons: this.form.reasons.map((one) => (one.key === key ? { ...one, ...part } : one))
		});
	}

	addReason(key: string): void {
		const basis: InvalidReason['basis'] = { kind: 'statute', citation: '', adoptedOn: null };
		this.change({
			act: 'invalidate',
			reasons: [
				...this.form.reasons,
				{ key, chosen: true, from: 'own', words: '', basis, remedy: '' }
			]
		});
	}

	/** The decision that came first has been read: what is typed stands over it from now on. */
	lookAgain(): void {
		this.change({ base: this.last?.id ?? null });
	}

	/** Asks the rule that would refuse it, before the button is pressed. */
	async ask(): Promise<void> {
		const asked = this.payload;
		const answer = await dryRun(this.#app.device, 'record-act', this.#onScreen.case.id, asked);
		if (asked === this.payload) this.refusal = answer;
	}

	async record(): Promise<void> {
		if (this.#busy || this.refusal !== null) return;
		this.#busy = true;
		this.problem = '';
		const { id } = this.#onScreen.case;
		const key = this.#key;
		try {
			const result = await this.#app.perform('record-act', id, this.payload);
			if (isRefusal(result)) {
				this.problem = `${refusalSentence(result)} What you wrote is still here.`;
				return;
			}
			this.typed = null;
			await this.#kept;
			await dropDraft(this.#app.device, key);
			this.message = 'Decided. Saved on this tablet.';
		} catch (error) {
			this.problem = sentenceFor(error);
		} finally {
			this.#busy = false;
		}
	}
}
