import type { CaseFile } from '#lib/commands/case-file.ts';
import { caseRecords } from '#lib/commands/case-records.ts';
import { isRefusal, refusalSentence } from '#lib/domain/refusal.ts';
import { noFacts, type FactName } from '#lib/domain/workflow/case-facts.ts';
import { whyNotThisFact } from '#lib/domain/workflow/check-facts.ts';
import { factValueWords } from '#lib/domain/workflow/fact-words.ts';
import { findingId } from '#lib/domain/workflow/finding.ts';
import { suggestedFacts } from '#lib/domain/workflow/suggested-facts.ts';
import { subjectNow } from '#lib/domain/workflow/task-subject.ts';
import type { TaskInTree } from '#lib/domain/workflow/task-tree.ts';
import { dayWords } from '#lib/ui/day-words.ts';
import type { App } from '../../../app.svelte.ts';
import { sentenceFor } from '../../../sentence-for.ts';
import { evidenceLine, mayBeRight, type FeesBy } from './evidence.ts';

/** Something that is recorded with one press, because it stands on the screen. */
export type Proposal =
	| { slug: string; kind: 'facts'; fact: FactName; value: unknown; base: string | null }
	| { slug: string; kind: 'finding'; value: unknown; base: string | null };

/** What could be recorded as shown: facts that the submission says in full, and checks that a line can show. */
export function proposals(
	file: CaseFile,
	tasks: readonly TaskInTree[],
	today: string,
	fees: FeesBy
): Proposal[] {
	const records = caseRecords(file);
	if (records === null) return [];
	const facts = records.facts ?? noFacts(file.caseId);
	const suggested = suggestions(file);
	return tasks
		.filter(({ state }) => state === 'not-started')
		.flatMap(({ task }): Proposal[] => {
			if (task.done.by === 'fact') {
				const { fact } = task.done;
				const value = suggested[fact]?.value;
				const of = { today, receivedOn: records.case.receivedOn };
				return value === undefined || whyNotThisFact(fact, value, of) !== null
					? []
					: [{ slug: task.slug, kind: 'facts', fact, value, base: facts.writers[fact] ?? null }];
			}
			if (task.done.by !== 'finding' || !mayBeRight(task, file, fees)) return [];
			const { subject } = task.done;
			const seen = subject === undefined ? '' : subjectNow(subject, records);
			const id = findingId(file.caseId, task.slug);
			const base = file.get('finding', id)?.writers['value'] ?? null;
			return [
				{ slug: task.slug, kind: 'finding', value: { outcome: 'right', note: '', seen }, base }
			];
		});
}

/** What stands under each task: what is recorded, or what would be. */
export function linesOf(
	file: CaseFile,
	tasks: readonly TaskInTree[],
	ready: readonly Proposal[],
	fees: FeesBy
): ReadonlyMap<string, string> {
	const facts = file.get('facts', file.caseId);
	const suggested = suggestions(file);
	const lines = tasks.flatMap(({ task, state, reason }): [string, string][] => {
		if (task.done.by === 'fact') {
			const { fact } = task.done;
			const recorded = facts?.[fact] ?? null;
			if (recorded !== null) return [[task.slug, factValueWords(fact, recorded, dayWords)]];
			const said = suggested[fact];
			if (said === undefined) return [];
			const words = factValueWords(fact, said.value, dayWords);
			return [
				[
					task.slug,
					ready.some(({ slug }) => slug === task.slug)
						? `As the submission stands: ${words}`
						: `The submission says ${words}, and something is missing to it: open the task`
				]
			];
		}
		if (task.done.by === 'checks') return [[task.slug, reason]];
		const line = evidenceLine(task, file, fees);
		if (line === null) return [];
		return [[task.slug, state === 'done' || state === 'not-started' ? line : `${reason} ${line}`]];
	});
	return new Map(lines);
}

const suggestions = (file: CaseFile) =>
	file.case === undefined
		? {}
		: suggestedFacts({
				case: file.case,
				submission: file.all('submission')[0],
				people: file.all('person')
			});

/** Records what is proposed: the facts in one edit, each check in its own. Gives what went wrong, or null. */
export async function recordAll(
	app: App,
	file: CaseFile,
	ready: readonly Proposal[]
): Promise<string | null> {
	const facts = ready.flatMap((one) =>
		one.kind === 'facts' ? [[one.fact, { base: one.base, value: one.value }] as const] : []
	);
	const edits = [
		...(facts.length === 0
			? []
			: [{ kind: 'facts', id: file.caseId, fields: Object.fromEntries(facts) }]),
		...ready
			.filter(({ kind }) => kind === 'finding')
			.map(({ slug, base, value }) => ({
				kind: 'finding',
				id: findingId(file.caseId, slug),
				fields: { value: { base, value } }
			}))
	];
	try {
		for (const edit of edits) {
			const result = await app.perform('edit-record', file.caseId, edit);
			if (isRefusal(result)) return refusalSentence(result);
		}
		return null;
	} catch (error) {
		return sentenceFor(error);
	}
}
