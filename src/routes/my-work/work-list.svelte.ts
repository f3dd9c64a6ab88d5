import {
	compare,
	isShown,
	matches,
	shows,
	type CaseOnDevice,
	type Look,
	type Order,
	type Show
} from './work-list.ts';

/** How many rows are drawn at first, and again on asking for more. */
const step = 100;

/** What the officer chose to see of the cases on this device. */
export class WorkList {
	#chosen = $state<Show | null>(null);
	order = $state<Order>('visit');
	typed = $state('');
	#drawn = $state(step);
	readonly #all: () => readonly CaseOnDevice[];
	readonly #look: () => Look;

	constructor(all: () => readonly CaseOnDevice[], look: () => Look) {
		this.#all = all;
		this.#look = look;
	}

	readonly counts = $derived.by(() => {
		const all = this.#all();
		const look = this.#look();
		return Object.fromEntries(
			shows.map((show) => [show, all.filter((row) => isShown(row, show, look)).length])
		) as Record<Show, number>;
	});

	/** What is shown: what was chosen, or else one's own cases; all, where none is one's own. */
	get show(): Show {
		return this.#chosen ?? (this.counts.mine > 0 || this.counts.all === 0 ? 'mine' : 'all');
	}

	set show(show: Show) {
		this.#chosen = show;
	}

	readonly rows = $derived.by(() => {
		const look = this.#look();
		return this.#all()
			.filter((row) => isShown(row, this.show, look) && matches(row, this.typed))
			.sort(compare(this.order, look));
	});

	readonly shown = $derived(this.rows.slice(0, this.#drawn));

	showMore() {
		this.#drawn += step;
	}
}
