/** where arrows move a cursor or a choice of their own */
const typing = 'input:not([type="checkbox"]), textarea, select';

/**
 * An attachment for a list: up and down, Home and End move the focus between
 * the elements in it that match `selector`. Tab still leaves the list.
 */
export const arrowKeys = (selector: string) => (list: HTMLElement) => {
	const onkeydown = (event: KeyboardEvent) => {
		if (event.target instanceof HTMLElement && event.target.matches(typing)) return;
		const items = [...list.querySelectorAll<HTMLElement>(selector)];
		const here = items.findIndex((item) => item.contains(document.activeElement));
		const next = {
			ArrowDown: here + 1,
			ArrowUp: Math.max(here - 1, 0),
			Home: 0,
			End: items.length - 1
		}[event.key];
		if (next === undefined || here === -1) return;
		event.preventDefault();
		items[Math.min(next, items.length - 1)]?.focus();
	};
	list.addEventListener('keydown', onkeydown);
	return () => {
		list.removeEventListener('keydown', onkeydown);
	};
};
