import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Problem } from '#lib/domain/intake/odp.ts';
import type { Register } from '../register/register.ts';
import { document, planningCase } from '../register/record/schema.ts';
import { Payloads } from './payloads.ts';
import {
	payloadStates,
	submissionPayload,
	submissionProblem,
	type PayloadState
} from './schema.ts';

/** One payload as the intake queue lists it. */
export interface QueuedPayload {
	id: string;
	state: PayloadState;
	sender: string;
	sourceId: string | null;
	/** council code it names */
	organisation: string | null;
	sha256: string;
	/** bytes */
	size: number;
	receivedAt: string;
	/** the case it became, was attached to, or repeats */
	caseId: string | null;
	reference: string | null;
	/** where that case is thin, in words; null when there is none */
	gaps: string[] | null;
	/** of its documents, those whose bytes have not arrived */
	documentsMissing: number;
	problems: number;
	firstProblem: string | null;
	/** the payload it mends */
	mends: string | null;
	decidedBy: string | null;
	decidedAt: string | null;
	reason: string | null;
	retiredAt: string | null;
}

/** A payload with its text and its problems, for the person who mends it. */
export interface OpenedPayload extends QueuedPayload {
	/** as UTF-8, what is not replaced by U+FFFD; null when it was erased or is too long to show */
	text: string | null;
	/** why there is no text, or what is wrong with it */
	textProblem: string | null;
	all: Problem[];
	/** the versions it mends, newest first */
	earlier: { id: string; receivedAt: string; sha256: string }[];
}

/** What still waits for a person. */
export const waitingStates: readonly PayloadState[] = ['repair', 'resubmission'];

/** Longer text is not shown for mending, bytes. */
const longestShown = 2 * 1024 * 1024;

export interface QueueQuery {
	/** empty means all that waits */
	states: readonly PayloadState[];
	/** from 1 */
	page: number;
	pageSize: number;
}

export function listPayloads(
	register: Register,
	{ states, page, pageSize }: QueueQuery
): { total: number; page: number; counts: Record<PayloadState, number>; rows: QueuedPayload[] } {
	const asked = states.length === 0 ? waitingStates : states;
	const numbers = register.connection.orm
		.select({ state: submissionPayload.state, n: count() })
		.from(submissionPayload)
		.groupBy(submissionPayload.state)
		.all();
	const counts = Object.fromEntries(payloadStates.map((state) => [state, 0])) as Record<
		PayloadState,
		number
	>;
	for (const { state, n } of numbers) counts[state] = n;
	const rows = register.connection.orm
		.select(listed)
		.from(submissionPayload)
		.leftJoin(planningCase, eq(planningCase.id, submissionPayload.caseId))
		.where(inArray(submissionPayload.state, [...asked]))
		.orderBy(desc(submissionPayload.receivedAt), desc(submissionPayload.id))
		.limit(pageSize)
		.offset((page - 1) * pageSize)
		.all();
	return { total: asked.reduce((sum, state) => sum + counts[state], 0), page, counts, rows };
}

export function openPayload(register: Register, id: string): OpenedPayload | null {
	const row = register.connection.orm
		.select(listed)
		.from(submissionPayload)
		.leftJoin(planningCase, eq(planningCase.id, submissionPayload.caseId))
		.where(eq(submissionPayload.id, id))
		.get();
	const payloads = new Payloads(register);
	const whole = payloads.get(id);
	if (row === undefined || whole === undefined) return null;
	return {
		...row,
		...textOf(whole.bytes),
		all: payloads.problems(id),
		earlier: [...payloads.mended(whole)].map(({ id: version, receivedAt, sha256 }) => ({
			id: version,
			receivedAt,
			sha256
		}))
	};
}

/** The bytes as they came, for download; null when they are not there any more. */
export const payloadBytes = (register: Register, id: string): Buffer | null =>
	new Payloads(register).get(id)?.bytes ?? null;

function textOf(bytes: Buffer | null): Pick<OpenedPayload, 'text' | 'textProblem'> {
	if (bytes === null)
		return { text: null, textProblem: 'The payload was erased; only its hash is left.' };
	if (bytes.byteLength > longestShown)
		return {
			text: null,
			textProblem: 'The payload is too long to be mended on a page (over 2 MB).'
		};
	const text = new TextDecoder('utf-8').decode(bytes);
	return {
		text,
		textProblem: text.includes('\uFFFD')
			? 'Some characters could not be read and show as \uFFFD.'
			: null
	};
}

const firstProblem = and(
	eq(submissionProblem.payloadId, submissionPayload.id),
	eq(submissionProblem.n, 0)
);

const listed = {
	id: submissionPayload.id,
	state: submissionPayload.state,
	sender: submissionPayload.sender,
	sourceId: submissionPayload.sourceId,
	organisation: submissionPayload.organisation,
	sha256: submissionPayload.sha256,
	size: submissionPayload.size,
	receivedAt: submissionPayload.receivedAt,
	caseId: submissionPayload.caseId,
	reference: planningCase.reference,
	gaps: planningCase.gaps,
	documentsMissing: sql<number>`(select count(*) from ${document} where ${document.caseId} = ${submissionPayload.caseId} and ${document.bytesReceivedAt} is null)`,
	mends: submissionPayload.mends,
	decidedBy: submissionPayload.decidedBy,
	decidedAt: submissionPayload.decidedAt,
	reason: submissionPayload.reason,
	retiredAt: submissionPayload.retiredAt,
	problems: sql<number>`(select count(*) from ${submissionProblem} where ${submissionProblem.payloadId} = ${submissionPayload.id})`,
	firstProblem: sql<
		string | null
	>`(select ${submissionProblem.path} || ': ' || ${submissionProblem.problem} from ${submissionProblem} where ${firstProblem})`
};
