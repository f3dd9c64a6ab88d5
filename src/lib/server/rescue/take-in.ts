import type { Answer } from '#lib/commands/envelope.ts';
import type { Begin, Item, ItemHead, TakenIn } from '#lib/commands/rescue-file.ts';
import { refusalSentence, refuse, type Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import type { Council } from '../installation.ts';
import { audited } from '../register/audited.ts';
import type { SentEnvelope } from '../register/perform-command.ts';
import { nameOnTablet, openHand, openJson, type Hand } from './hand.ts';
import { takeBytes } from './take-bytes.ts';

export interface TakingIn {
	/** who hands it in: an officer's id, `system` for the operator, `device` for the tablet itself */
	by: string;
	/** why a person decides on all of it; null: what is proven is performed as if it had been sent */
	held: Refusal | null;
	now: Date;
}

const damaged =
	'It was damaged on the tablet or in the file, so it does not open. Nothing of it was taken in. Keep the tablet.';
const unreadable =
	'The tablet could not read it any more when this was made. Keep the tablet, and try there again.';

const blank = { commandId: null, caseId: null, from: 0, why: null, said: null } as const;

/**
 * Takes in what a tablet could not carry itself, under its own author, device and ids: by the same
 * door as what is pushed, so that a repeat is answered as before and nothing is done twice. What
 * the register cannot tell to be its author's waits for a person.
 *
 * @param items words before the bytes that they name
 * @returns one answer for each item, in order
 * @throws HandInProblem when none of it can be opened
 */
export async function takeIn(
	council: Council,
	begin: Begin,
	items: AsyncIterable<Item>,
	{ by, held, now }: TakingIn
): Promise<TakenIn[]> {
	const hand = await openHand(council, begin);
	const why = held ?? (hand.proven ? null : refuse('not-proven'));
	const taken: TakenIn[] = [];
	const words: { at: number; envelope: SentEnvelope; receipt: string | null }[] = [];
	const flush = () => {
		const answers = push(council, hand, words, why);
		for (const [n, { at }] of words.splice(0).entries())
			taken[at] = { ...(taken[at] as TakenIn), ...(answers[n] as Came) };
	};
	for await (const { head, body } of items) {
		if (head.is === 'unreadable') taken.push(ofUnreadable(head));
		else if (head.is === 'bytes') {
			flush();
			taken.push(await takeBytes(council, hand, head, await body(), now));
		} else if (head.is === 'draft') taken.push(takeWords(council, hand, head, await body(), by));
		else {
			const read = openCommand(hand, head, await body());
			const base: TakenIn = {
				...{ ...blank, is: 'command', key: head.id, commandId: head.id, caseId: head.caseId },
				...{ came: 'not', why: damaged }
			};
			taken.push(read === null ? base : { ...base, said: read.said });
			if (read !== null) words.push({ at: taken.length - 1, ...read });
		}
	}
	flush();
	hand.key.fill(0);
	note(council, hand, taken, by, now);
	return taken;
}

type Came = Pick<TakenIn, 'came' | 'why'>;

/** The sealed command as it would have been sent, and the receipt it had. */
function openCommand(
	hand: Hand,
	head: ItemHead & { is: 'command' },
	sealed: Uint8Array
): { envelope: SentEnvelope; receipt: string | null; said: TakenIn['said'] } | null {
	const body = openJson(hand, sealed, nameOnTablet(head)) as {
		envelope?: SentEnvelope & { name?: unknown; payload?: unknown };
	} | null;
	if (body?.envelope?.id !== head.id) return null;
	const answer = (
		head.answer === null
			? null
			: openJson(hand, Buffer.from(head.answer, 'base64'), `answer/${head.id}`)
	) as Partial<Answer> | null;
	const { name, payload } = body.envelope;
	return {
		envelope: { ...body.envelope, deviceSeq: head.deviceSeq },
		receipt: answer?.receipt ?? null,
		said:
			typeof name === 'string'
				? { name, payload: payload as NonNullable<TakenIn['said']>['payload'] }
				: null
	};
}

/** As if the tablet had pushed them itself. */
function push(
	{ register }: Council,
	{ author, device }: Hand,
	words: readonly { envelope: SentEnvelope; receipt: string | null }[],
	why: Refusal | null
): Came[] {
	if (words.length === 0) return [];
	const before = register.answered(words.map(({ envelope }) => envelope.id));
	const commands = words.map(({ envelope, receipt }) => ({ envelope, receipt }));
	const sent = { epoch: null, device, commands };
	let answer = register.push(author, sent, why);
	// a receipt among them proved that the register had lost something: a new history has begun
	if ('epochChanged' in answer) answer = register.push(author, sent, why);
	if ('epochChanged' in answer) throw new Error('The register began two new epochs at once.');
	return answer.answers.map((one) => came(one, before.has(one.id)));
}

function came({ outcome, code, detail }: Answer, before: boolean): Came {
	const why =
		code === null ? null : refusalSentence(refuse(code as RefusalCode, detail ?? undefined));
	if (outcome === 'quarantined') return { came: before ? 'already' : 'waits', why };
	if (before) return { came: 'already', why };
	if (outcome === 'refused') return { came: 'not', why };
	return {
		came: 'in',
		why:
			outcome === 'conflict'
				? 'Somebody else changed the same field meanwhile: both values are kept, and one has to be chosen on the case.'
				: null
	};
}

/** Words that were being typed are no command: a person reads them. */
function takeWords(
	{ register }: Council,
	hand: Hand,
	head: ItemHead & { is: 'draft' },
	sealed: Uint8Array,
	by: string
): TakenIn {
	const { key, caseId } = head;
	const base: TakenIn = { ...blank, is: 'draft', key, caseId, came: 'not', why: damaged };
	const text = openJson(hand, sealed, nameOnTablet(head));
	if (typeof text !== 'string') return base;
	const { author, device } = hand;
	const id = `unfinished:${device}:${key}`;
	const before = register.answered([id]).size > 0;
	const why = refuse('never-finished');
	const kept = { id, caseId, actor: author.id, device, payload: { key, unfinished: text } };
	register.keepForPerson(kept, by, why);
	return { ...base, came: before ? 'already' : 'waits', why: refusalSentence(why) };
}

const ofUnreadable = (head: ItemHead & { is: 'unreadable' }): TakenIn => ({
	...{ ...blank, is: head.what, key: head.key, commandId: head.commandId },
	...{ came: 'not', why: unreadable }
});

/** Who brought it; each command and each photograph is audited by itself besides. */
function note(
	{ register }: Council,
	{ author, device, proven }: Hand,
	taken: readonly TakenIn[],
	by: string,
	now: Date
): void {
	const of = (wanted: TakenIn['came']) => taken.filter(({ came }) => came === wanted).length;
	if (of('in') + of('waits') + of('not') === 0) return;
	register.transaction(() =>
		audited(register, now, 'handed-in', {
			...{ by, device, officer: author.id, proven },
			...{ in: of('in'), waits: of('waits'), not: of('not'), already: of('already') }
		})
	);
}
