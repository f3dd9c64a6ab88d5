import type { CheckedWith } from '#lib/commands/case-checks.ts';
import type { App } from '../../../app.svelte.ts';
import { londonToday } from '../../../london-today.ts';

/** What the checks of a case are run with on this tablet. */
export const checkedWith = (app: App, others: CheckedWith['others'] = null): CheckedWith => ({
	today: londonToday(),
	council: { name: app.council },
	lists: app.localLists,
	holidays: app.holidays,
	councilRates: app.councilRates,
	others
});
