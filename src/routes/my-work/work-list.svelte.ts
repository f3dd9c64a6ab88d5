import type { SavedView } from '#lib/local/saved-views.ts';
import { isNear, nears, type Near } from './near.ts';
import {
	compare,
	isShown,
	matches,
	orders,
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
	order = $state<Order>('time-left');
	near = $state<Near>('any');
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

	/** Under the heading that is shown, how many have so much time left. */
	readonly nearCounts = $derived.by(() => {
		const look = this.#look();
		const shown = this.#all().filter((row) => isShown(row, this.show, look));
		return Object.fromEntries(
			nears.map((near) => [
				near,
				shown.filter(({ clock }) => isNear(clock, near, look.today)).length
			])
		) as Record<Near, number>;
	});

	readonly rows = $derived.by(() => {
		const look = this.#look();
		return this.#all()
			.filter(
				(row) =>
					isShown(row, this.show, look) &&
					isNear(row.clock, this.near, look.today) &&
					matches(row, this.typed)
			)
			.sort(compare(this.order, look));
	});

	/** What is chosen now, as it can be kept under a name. */
	get view(): Omit<SavedView, 'name'> {
		return { show: this.show, near: this.near, order: this.order, typed: this.typed };
	}

	/** A choice that this version does not know is left as it was. */
	set view({ show, near, order, typed }: Omit<SavedView, 'name'>) {
		this.#chosen = shows.find((one) => one === show) ?? this.#chosen;
		this.near = nears.find((one) => one === near) ?? this.near;
		this.order = orders.find((one) => one === order) ?? this.order;
		this.typed = typed;
	}

	isView({ show, near, order, typed }: SavedView): boolean {
		return show === this.show && near === this.near && order === this.order && typed === this.typed;
	}

	readonly shown = $derived(this.rows.slice(0, this.#drawn));

	showMore() {
		this.#drawn += step;
	}
}
