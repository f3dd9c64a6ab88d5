import { draft, dropDraft, keepDraft } from '#lib/local/drafts.ts';
import { isRefusal, refusalSentence } from '#lib/domain/refusal.ts';
import type { App } from '../../../app.svelte.ts';
import { sentenceFor } from '../../../sentence-for.ts';

/** One field of a record that a form sets. */
export interface Place {
	caseId: string;
	kind: 'facts' | 'finding';
	id: string;
	field: string;
}

/** A value and the command that wrote it; null: nobody has written. */
export interface Standing {
	value: unknown;
	writer: string | null;
}

/**
 * A form that records one field: what is typed is kept as a draft, and with it the value that was
 * on screen when typing began, so that a colleague's answer is never overwritten unseen.
 */
export class Recording<T> {
	typed = $state.raw<T | null>(null);
	problem = $state('');
	message = $state('');
	canUndo = $state(false);
	busy = $state(false);
	#seen: Standing | null = null;
	#before: Standing | null = null;
	#kept: Promise<void> = Promise.resolve();
	readonly #app: App;
	readonly #place: Place;
	readonly #standing: () => Standing;

	constructor(app: App, place: Place, standing: () => Standing) {
		this.#app = app;
		this.#place = place;
		this.#standing = standing;
		void draft(app.device, this.#key).then((left) => {
			if (left === undefined || this.typed !== null) return;
			const kept = JSON.parse(left) as { seen: Standing; typed: T };
			this.#seen = kept.seen;
			this.typed = kept.typed;
			this.message = 'What you had not finished is back.';
		});
	}

	get #key(): string {
		const { kind, id, field } = this.#place;
		return `${kind}:${id}:${field}`;
	}

	/** Something was typed or chosen. */
	change(typed: T): void {
		this.#seen ??= this.#standing();
		this.typed = typed;
		this.message = '';
		this.problem = '';
		const words = JSON.stringify({ seen: this.#seen, typed });
		this.#kept = this.#kept
			.then(() => keepDraft(this.#app.device, this.#key, words, this.#place.caseId))
			.catch((error: unknown) => {
				this.problem = sentenceFor(error);
			});
	}

	/** Records a value over the one that was seen. */
	async record(value: unknown): Promise<boolean> {
		const seen = this.#seen ?? this.#standing();
		const wrote = await this.#write(value, seen.writer);
		if (wrote === null) return false;
		this.#before = { value: seen.value ?? null, writer: wrote };
		this.canUndo = true;
		this.typed = null;
		this.#seen = null;
		await this.#kept;
		await dropDraft(this.#app.device, this.#key);
		this.message = 'Saved on this tablet.';
		return true;
	}

	/** Puts back what stood before, as a change of its own. */
	async undo(): Promise<void> {
		const before = this.#before;
		if (before === null || (await this.#write(before.value, before.writer)) === null) return;
		this.#before = null;
		this.canUndo = false;
		this.message = 'Changed back.';
	}

	async #write(value: unknown, base: string | null): Promise<string | null> {
		if (this.busy) return null;
		this.busy = true;
		this.problem = '';
		const { caseId, kind, id, field } = this.#place;
		try {
			const result = await this.#app.perform('edit-record', caseId, {
				kind,
				id,
				fields: { [field]: { base, value } }
			});
			if (!isRefusal(result)) return result.id;
			this.problem = refusalSentence(result);
		} catch (error) {
			this.problem = sentenceFor(error);
		} finally {
			this.busy = false;
		}
		return null;
	}
}
