import { receiveBytes } from '#lib/server/blobs/received.ts';
import { fileSubmission } from '#lib/server/intake/file-submission.ts';
import type { Council } from '#lib/server/installation.ts';
import type { Register } from '#lib/server/register/register.ts';
import { addOfficers, type DemoOfficers } from './cases/officers.ts';
import { filesFor, type SubmittedFile } from './cases/files.ts';
import { historyOf, type Act } from './cases/history.ts';
import { planCases, sitesToPlan, type PlannedCase } from './cases/plan.ts';
import { visitOf, type VisitStep } from './cases/site-visit.ts';
import { submissionFor } from './cases/submission.ts';
import { keepPool, type KeptFile } from './documents/keep-pool.ts';
import { poolFiles } from './documents/pool.ts';
import type { Town } from './town.ts';
import { Random } from './town/random.ts';

/** The clock of a council that is being given a past: it stands where it is put, and ids bear its time. */
export class PastClock {
	at: Date;
	readonly #ids: Random;
	constructor(at: Date, seed: string) {
		this.at = at;
		this.#ids = new Random(`ids/${seed}`);
	}
	readonly now = (): Date => this.at;
	/** the same again for the same seed and the same past */
	readonly newId = (): string => this.#ids.uuid(this.at.getTime());
}

export interface Progress {
	(what: string, done: number, of: number): void;
}

/** One thing that happened, in its place in time. */
interface Happening {
	at: Date;
	do(): void;
}

/** Writers commit this often, so that the file never waits for one long transaction. */
const bulk = 100;

/**
 * Fills an empty council: officers, documents, and cases with their past. Cases enter through
 * intake and move on by commands alone, in the order of their dates, as in any council.
 */
export async function fillCouncil(
	council: Council,
	clock: PastClock,
	town: Town,
	options: {
		cases: number;
		seed: string;
		now: Date;
		progress: Progress;
		/** documents are then named and not received, and visits have no photographs */
		withoutFiles?: boolean;
	}
): Promise<void> {
	const { cases: count, seed, now, progress } = options;
	const random = new Random(`cases/${seed}`);
	const { register } = council;
	const planned = sitesToPlan(town, random.fork('plans'));
	const plans = planCases(town, count, planned, now, random);
	clock.at = new Date((plans[0]?.submittedAt ?? now).getTime() - 86_400_000);
	const officers = await addOfficers(register, clock.at);
	const files = options.withoutFiles === true ? [] : poolFiles(town, planned, random.fork('pool'));
	const pool = await keepPool(council, files, (done) => {
		progress('Drawing documents', done, files.length);
	});
	const known = new Set(planned.map(({ id }) => id));
	const happenings = plans.flatMap((one) =>
		happeningsOf(one, { council, register, officers, pool, known, now })
	);
	happenings.push(...troubles(council, plans, now));
	happenings.sort((a, b) => a.at.getTime() - b.at.getTime());
	for (let from = 0; from < happenings.length; from += bulk) {
		register.transaction(() => {
			for (const happening of happenings.slice(from, from + bulk)) {
				clock.at = happening.at;
				happening.do();
			}
		});
		progress('Making cases', Math.min(from + bulk, happenings.length), happenings.length);
		// lets a signal through
		await new Promise((resolve) => setImmediate(resolve));
	}
	clock.at = now;
	register.reconcileScopes();
}

/** So many of the newest cases have the bytes of their files. */
const casesWithFiles = 1_000;

interface Making {
	council: Council;
	register: Register;
	officers: DemoOfficers;
	pool: ReadonlyMap<string, KeptFile>;
	known: ReadonlySet<number>;
	now: Date;
}

function happeningsOf(planned: PlannedCase, making: Making): Happening[] {
	const { register, officers, pool, known, now } = making;
	const { site, proposal, submittedAt, random } = planned;
	const files = filesFor(site, proposal, known, random.fork('files'));
	let caseId = '';
	const filed: Happening = {
		at: submittedAt,
		do() {
			caseId = fileCase(planned, files, making);
		}
	};
	const acts: VisitStep[] = historyOf(planned, officers, now);
	const assigned = acts.find(({ name }) => name === 'assign-case');
	if (assigned !== undefined) acts.push(...visitOf(planned, assigned.at, officers, pool, now));
	return [
		filed,
		...acts.map((act): Happening => ({
			at: act.at,
			do() {
				perform(register, caseId, act);
				if (act.taken === undefined) return;
				const { photoId, file } = act.taken;
				const bring = (of: 'original' | 'thumbnail', kept: KeptFile['bytes']) =>
					receiveBytes(register, kept, { caseId, of, id: photoId }, act.actor, act.at);
				if (file.thumbnail !== null) bring('thumbnail', file.thumbnail);
				bring('original', file.bytes);
			}
		}))
	];
}

function fileCase(
	planned: PlannedCase,
	files: readonly SubmittedFile[],
	{ council, register, pool }: Making
): string {
	const { site, proposal, submittedAt, random } = planned;
	const { payload } = submissionFor(site, proposal, files, {
		council: council.code,
		submittedAt,
		random: random.fork('submission')
	});
	const { caseId, problems } = arrive(council, payload, submittedAt);
	if (caseId === null) throw new Error(`A submission made no case: ${JSON.stringify(problems)}`);
	const documents = register.caseFile(caseId).all('document');
	// of a long past, the files are named but not kept here
	const isKept = planned.at < casesWithFiles;
	files.forEach(({ name, pool: key }) => {
		const kept = key === null || !isKept ? undefined : pool.get(key);
		const document = documents.find((one) => one.name === name);
		if (kept === undefined || document === undefined) return;
		receiveBytes(
			register,
			kept.bytes,
			{ caseId, of: 'document', id: document.id },
			'system',
			submittedAt
		);
	});
	return caseId;
}

const arrive = (council: Council, payload: unknown, at: Date) =>
	fileSubmission(council.register, Buffer.from(JSON.stringify(payload)), {
		sender: 'import',
		council: council.code,
		whateverItNames: false,
		now: at
	});

function perform(register: Register, caseId: string, { actor, name, payload, at }: Act): void {
	const wall = at.toISOString();
	const [answer] = register.performAs(actor, [{ name, caseId, payload, wall }]);
	if (answer?.outcome !== 'applied')
		throw new Error(`${name} was not applied: ${answer?.code ?? ''} ${answer?.detail ?? ''}`);
}

/** Submissions that need a person: one that cannot be read, one for another council, one sent again changed. */
function troubles(council: Council, plans: readonly PlannedCase[], now: Date): Happening[] {
	const recent = plans.slice(-12);
	const [unread, misdirected, again] = [recent[1], recent[4], recent[7]];
	const made = (planned: PlannedCase, fork: string) =>
		submissionFor(planned.site, planned.proposal, [], {
			council: council.code,
			submittedAt: planned.submittedAt,
			random: planned.random.fork(fork)
		}).payload as Record<'data' | 'metadata', Record<string, unknown>>;
	const later = (planned: PlannedCase, hours: number) =>
		new Date(Math.min(planned.submittedAt.getTime() + hours * 3_600_000, now.getTime()));
	const happenings: Happening[] = [];
	if (unread !== undefined) {
		const payload = made(unread, 'unread');
		payload.data['application'] = { fee: { payable: 258 } };
		happenings.push({ at: later(unread, 1), do: () => arrive(council, payload, later(unread, 1)) });
	}
	if (misdirected !== undefined) {
		const payload = made(misdirected, 'misdirected');
		payload.metadata['organisation'] = 'ELSW';
		happenings.push({
			at: later(misdirected, 2),
			do: () => arrive(council, payload, later(misdirected, 2))
		});
	}
	if (again !== undefined) {
		// the same submission id as the case's own, with fewer files and other words
		const payload = made(again, 'submission');
		(payload.data['proposal'] as Record<string, unknown>)['description'] =
			`${again.proposal.words} Amended to lower the roof by 0.3 m.`;
		happenings.push({ at: later(again, 5), do: () => arrive(council, payload, later(again, 5)) });
	}
	return happenings;
}
