import type { Site, Town } from '../town.ts';
import type { Random } from '../town/random.ts';
import { proposalFor, type Proposal } from './proposals.ts';

/** How far a case has come. */
export type Fate =
	| 'received'
	| 'invalid'
	| 'in-assessment'
	| 'awaiting-determination'
	| 'to-be-reviewed'
	| 'in-committee'
	| 'determined'
	| 'withdrawn'
	| 'returned'
	| 'closed';

/** What happens on site. */
export type VisitPlan = 'none' | 'planned' | 'done';

/** One case of the demo before any of it has happened. */
export interface PlannedCase {
	at: number;
	site: Site;
	proposal: Proposal;
	submittedAt: Date;
	fate: Fate;
	/** whether the case officer has it */
	isAssigned: boolean;
	visit: VisitPlan;
	/** whole days from now to the planned visit */
	visitIn: number;
	random: Random;
}

const day = 86_400_000;
/** As many as one officer can carry. */
const caseload = 46;

const recent = (age: number, random: Random): Fate =>
	age < 4
		? 'received'
		: age < 10
			? random.weighted([
					['received', 50],
					['invalid', 18],
					['in-assessment', 32]
				])
			: age < 45
				? random.weighted([
						['in-assessment', 62],
						['awaiting-determination', 12],
						['to-be-reviewed', 5],
						['in-committee', 4],
						['determined', 10],
						['withdrawn', 4],
						['invalid', 3]
					])
				: random.weighted([
						['in-assessment', 26],
						['awaiting-determination', 14],
						['in-committee', 7],
						['determined', 44],
						['withdrawn', 5],
						['returned', 4]
					]);

const past = (random: Random): Fate =>
	random.weighted([
		['determined', 87],
		['withdrawn', 6],
		['returned', 4],
		['closed', 3]
	]);

/** An hour of a working day, before now. */
function officeHour(from: Date, random: Random): Date {
	const at = new Date(from);
	at.setUTCHours(random.whole(8, 16), random.whole(0, 59), random.whole(0, 59), 0);
	while (at.getUTCDay() % 6 === 0) at.setTime(at.getTime() - day);
	return at > from ? new Date(at.getTime() - day) : at;
}

/** The sites that have plans of their own: some of every quarter, listed and in conservation areas too. */
export function sitesToPlan(town: Town, random: Random): Site[] {
	const shuffled = random.shuffled(town.sites);
	const wanted = { centre: 26, terrace: 34, semi: 22, detached: 8, modern: 10, works: 4 };
	return (Object.keys(wanted) as (keyof typeof wanted)[]).flatMap((zone) => {
		const own = shuffled.filter((site) => site.zone === zone);
		// those with something to look at come first
		own.sort((a, b) => Math.min(b.designations.length, 3) - Math.min(a.designations.length, 3));
		const half = Math.floor(wanted[zone] / 2);
		return [...own.slice(0, half), ...own.slice(-(wanted[zone] - half))];
	});
}

/** All cases in the order in which they were submitted. */
export function planCases(
	town: Town,
	count: number,
	planned: readonly Site[],
	now: Date,
	random: Random
): PlannedCase[] {
	const fresh = Math.min(Math.ceil(count * 0.4), planned.length + Math.floor(count / 100));
	const years = count <= 1_000 ? 2.5 : 6;
	const order = random.shuffled(planned);
	const cases = Array.from({ length: count }, (_, at): PlannedCase => {
		const own = random.fork('case', at);
		const age =
			at < fresh
				? 0.3 + 74 * (at / fresh) ** 1.25
				: 76 + ((at - fresh) / Math.max(1, count - fresh)) * years * 365;
		const site =
			order[at] ?? (own.chance(0.6) || count <= 400 ? own.pick(planned) : own.pick(town.sites));
		return {
			at,
			site,
			proposal: proposalFor(site, own.fork('proposal')),
			submittedAt: officeHour(new Date(now.getTime() - age * day), own),
			fate: at < fresh ? recent(age, own) : past(own),
			isAssigned: false,
			visit: 'none',
			visitIn: 0,
			random: own
		};
	});
	giveToOfficer(cases);
	return cases.sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime());
}

/** Which of the cases in hand the case officer has, and where they have been or will go. */
function giveToOfficer(cases: PlannedCase[]): void {
	const inHand = cases.filter(({ fate }) =>
		['in-assessment', 'awaiting-determination', 'to-be-reviewed', 'in-committee'].includes(fate)
	);
	inHand.slice(0, caseload).forEach((one, at) => {
		one.isAssigned = true;
		if (one.fate !== 'in-assessment') one.visit = 'done';
		else if (at % 3 === 0) {
			one.visit = 'planned';
			one.visitIn = Math.floor(at / 3);
		} else if (at % 3 === 1) one.visit = 'done';
	});
}
