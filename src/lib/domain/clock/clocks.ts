import { inWords } from './calendar-day.ts';
import type { BankHolidays } from './bank-holidays.ts';
import type { Clock, ClockCase } from './clock.ts';
import { count, lengthInWords, workingOf, type Length } from './count.ts';
import { decisionClocks } from './decision-clocks.ts';
import { publicityClocks } from './publicity-clocks.ts';

/** Targets of the house, in working days; councils choose their own. */
const targets = {
	validate: { amount: 5, source: 'A council’s own target; 5 working days are common' },
	complete: { amount: 15, source: 'A council’s own target; 15 working days are common' }
} as const;

/**
 * Every clock of a case, the one to decide by first. It asks for no time: the same facts and
 * the same list of bank holidays give the same dates on every device and in every year.
 */
export function clocksOf(one: ClockCase, holidays: BankHolidays): Clock[] {
	return [
		...decisionClocks(one, holidays),
		...publicityClocks(one, holidays),
		...targetClocks(one, holidays)
	];
}

/** The clock an officer works to now; null when nothing runs. */
export function clockToWorkTo(clocks: readonly Clock[]): Clock | null {
	const running = (id: Clock['id']) =>
		clocks.find((clock) => clock.id === id && clock.state === 'running') ?? null;
	return running('agreed') ?? running('statutory') ?? running('complete') ?? running('validate');
}

function targetClocks(one: ClockCase, holidays: BankHolidays): Clock[] {
	if (one.status === 'received')
		return [target(holidays, 'validate', 'Validate by', 'Application received', one.receivedOn)];
	const { invalidFrom } = one.facts;
	if (one.status !== 'invalid' || invalidFrom === null) return [];
	return [target(holidays, 'complete', 'Missing items due by', 'Made invalid', invalidFrom)];
}

function target(
	holidays: BankHolidays,
	id: keyof typeof targets,
	words: string,
	base: string,
	on: string
): Clock {
	const { amount, source } = targets[id];
	const length: Length = { amount, unit: 'working days', begins: 'day after' };
	const counted = count(on, length, holidays);
	return {
		id,
		key: id,
		words,
		rule: `${lengthInWords(length)}, counted from the day after`,
		base: { words: base, on },
		due: counted.last,
		source,
		status: 'council to confirm',
		ask: null,
		working: [
			`${base} on ${inWords(on)}.`,
			...workingOf(length, counted),
			`Bank holidays as of ${inWords(holidays.version)}.`
		],
		state: 'running',
		consequence: null
	};
}
