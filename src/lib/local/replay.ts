import type { CaseFile } from '#lib/commands/case-file.ts';
import type { Changes } from '#lib/commands/command.ts';
import type { Decision } from '#lib/commands/protocol.ts';
import { commands } from '#lib/commands/index.ts';
import { runCommand } from '#lib/commands/run-command.ts';
import type { Conflict } from '#lib/domain/conflict.ts';
import type { Officer } from '#lib/domain/officer.ts';
import {
	refusalSentence,
	refuse,
	refusalWords,
	type Refusal,
	type RefusalCode
} from '#lib/domain/refusal.ts';
import { isPending, type Kept } from './outbox.ts';
import { whatWasDone, wordsIn, type KeptWords } from './words-of-acts.ts';

/** Something that needs its author: "Needs me". */
export interface Trouble {
	/** id of the command, or of the conflict; one of its own for damaged bytes */
	id: string;
	caseId: string;
	/** the case as its author knew it: it may have left this device */
	about: { reference: string; address: string };
	/** what it was: "Photograph JB-3" */
	what: string;
	/** what happened and what was kept */
	sentence: string;
	/** `waiting`: over what this device knows it would be refused, and it is not sent yet or its result not here yet; `damaged`: see `damagedBytes` */
	outcome: 'waiting' | 'refused' | 'quarantined' | 'declined' | 'conflict' | 'damaged' | 'late';
	words: KeptWords[];
	/** when it was made, by this device's clock */
	at: string;
	/** the author may put it aside */
	dismissible: boolean;
	/** the two values between which somebody has to choose */
	conflict?: Conflict;
	/** ids of timeline entries of work that arrived after the case had ended */
	late?: string[];
}

export interface Replayed {
	file: CaseFile;
	/** records that hold something the register has not confirmed */
	unsent: Map<string, 'on-this-tablet'>;
	troubles: Trouble[];
	/** records shown only because this device recorded them, and why the register did not take them */
	marks: Map<string, Trouble>;
}

/**
 * What the screen shows of a case: what the register last said, and then this device's own
 * commands again in the order made. Computed each time, never stored, so that a pull can
 * put any new base beneath unsent work.
 */
export function replay(
	base: CaseFile,
	kept: readonly Kept[],
	officers: ReadonlyMap<string, Officer>
): Replayed {
	let file = base;
	const unsent = new Map<string, 'on-this-tablet'>();
	const marks = new Map<string, Trouble>();
	const troubles: Trouble[] = [];
	const inOrder = kept
		.filter(({ row }) => isPending(row))
		.sort((a, b) => a.row.deviceSeq - b.row.deviceSeq);
	for (const one of inOrder) {
		const { envelope, row } = one;
		const accepted = row.state === 'answered';
		const result = runCommand(file, envelope, officers, { vouchedFor: accepted });
		let made: Changes['changes'] = [];
		if (row.state === 'trouble') {
			const trouble = answered(one, officers);
			troubles.push(trouble);
			made = captureAnyway(file, one, officers);
			for (const { record } of made) marks.set(record.id, trouble);
		} else if ('changes' in result) {
			made = result.changes;
			if (!accepted && isSecondUse(file, one, made))
				troubles.push(waiting(one, refuse('id-used-twice')));
		} else if (!accepted) {
			const trouble = waiting(one, 'quarantine' in result ? result.quarantine : result);
			troubles.push(trouble);
			if ('quarantine' in result) made = captureAnyway(file, one, officers);
			for (const { record } of made) marks.set(record.id, trouble);
		} else troubles.push(onItsWay(one));
		if (row.state === 'queued')
			for (const { record } of made) unsent.set(record.id, 'on-this-tablet');
		if (made.length > 0) file = file.with(made);
	}
	return { file, unsent, troubles, marks };
}

/** A capture that changes nothing, though the case does not hold it: another one has its id. */
const isSecondUse = (file: CaseFile, { envelope }: Kept, made: Changes['changes']): boolean =>
	made.length === 0 &&
	commands.get(envelope.name)?.sort === 'capture' &&
	file.get('event', envelope.id) === undefined;

/** What was seen or written is shown to its author whatever the register says of it; an act is not. */
function captureAnyway(
	file: CaseFile,
	{ envelope, row }: Kept,
	officers: ReadonlyMap<string, Officer>
): Changes['changes'] {
	const sort = commands.get(envelope.name)?.sort;
	if (sort !== 'capture' && !(sort === 'edit' && row.state === 'queued')) return [];
	const result = runCommand(file, envelope, officers, { vouchedFor: true });
	return 'changes' in result ? result.changes : [];
}

const of = ({ envelope, about }: Kept) => ({
	id: envelope.id,
	caseId: envelope.caseId,
	about,
	what: whatWasDone(envelope),
	words: wordsIn(envelope),
	at: envelope.captured.wall
});

const waiting = (one: Kept, refusal: Refusal): Trouble => ({
	...of(one),
	outcome: 'waiting',
	sentence:
		`${refusalSentence(refusal)} It is kept on this tablet` +
		' and goes to the register all the same, which decides.',
	dismissible: false
});

/** Done by the register over something that this device has not heard of: its words stay till that comes (S15). */
const onItsWay = (one: Kept): Trouble => ({
	...of(one),
	outcome: 'waiting',
	sentence: 'The register has done this. What came of it has not arrived on this tablet yet.',
	dismissible: false
});

/** The trouble that an answer of the register makes, or a team leader's decision after it. */
export function answered(one: Kept, officers: ReadonlyMap<string, Officer>): Trouble {
	const { answer, decision, row } = one;
	const code = answer?.code ?? '';
	const reason = Object.hasOwn(refusalWords, code)
		? refusalSentence(refuse(code as RefusalCode, answer?.detail ?? undefined))
		: (answer?.detail ?? 'The register gave no reason.');
	const quarantined = row.outcome === 'quarantined';
	return {
		...of(one),
		outcome: decision?.state === 'declined' ? 'declined' : quarantined ? 'quarantined' : 'refused',
		sentence:
			decision !== null
				? decisionWords(decision, officers)
				: quarantined
					? `${reason} The register has it and a team leader decides.`
					: `${reason} The register did not do this. Your words are kept here.`,
		dismissible: true
	};
}

/** What became of work that had been set aside, for its author. */
export function decisionWords(
	{ state, by, reason }: Decision,
	officers: ReadonlyMap<string, Officer>
): string {
	const leader = officers.get(by)?.name ?? 'a team leader';
	if (state === 'accepted')
		return by === 'system'
			? 'The register could take it in after all: it is on the case as your work.'
			: `Accepted by ${leader}: it is on the case as your work.`;
	return `Declined by ${leader}. The register keeps it, and it is not on the case. Reason: ${reason ?? 'none was given.'}`;
}

const ofDamaged = 'damaged:';

/** The trouble that bytes make when the tablet’s storage no longer gives back what was recorded. */
export const damagedBytes = (one: Kept): Trouble => ({
	...of(one),
	id: `${ofDamaged}${one.row.id}`,
	outcome: 'damaged',
	sentence:
		'The file of this on this tablet is no longer the one that was recorded: the tablet’s storage ' +
		'has changed or lost it, so it cannot be sent. Its words, time and place are kept, and so is ' +
		'what is left of the file. Record it again if you can, and withdraw this one.',
	dismissible: true
});

/** The command whose bytes are damaged; null when the trouble is another one. */
export const commandOfDamaged = (troubleId: string): string | null =>
	troubleId.startsWith(ofDamaged) ? troubleId.slice(ofDamaged.length) : null;
