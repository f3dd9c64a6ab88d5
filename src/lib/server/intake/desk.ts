import { mapOdpSubmission, type Problem } from '#lib/domain/intake/odp.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { applyErasure } from '../erasure/apply-erasures.ts';
import { audited } from '../register/audited.ts';
import type { Register } from '../register/register.ts';
import { fileKept, type Filed } from './file-submission.ts';
import { named } from './payload-row.ts';
import { Payloads, type PayloadRow } from './payloads.ts';
import { readPayload } from './read-payload.ts';

/** What can be decided of a payload that repeats a submission with other content. */
export const resubmissionDecisions = ['new-case', 'attach', 'set-aside'] as const;
export type ResubmissionDecision = (typeof resubmissionDecisions)[number];

/** Why an act on the intake queue was not done: a sentence for the person who tried. */
export interface NotDone {
	notDone: string;
}

const gone: NotDone = { notDone: 'This is not in the intake queue.' };
const settled: NotDone = { notDone: 'Somebody has already dealt with this. Reload the queue.' };
const retired: NotDone = {
	notDone: 'The payload was erased; only its hash is left, so nothing can be made of it.'
};

/**
 * An administrator has mended the text of a payload. The original stays as it came; the mended
 * text is a payload of its own that says what it mends, by whom and when, and is tried at once.
 */
export function mendPayload(
	register: Register,
	officer: Officer,
	{ id, text, council, now }: { id: string; text: string; council: string; now: Date }
): Filed | NotDone {
	return register.transaction(() => {
		const payloads = new Payloads(register);
		const original = payloads.get(id);
		if (original === undefined) return gone;
		if (original.state !== 'repair') return settled;
		const bytes = Buffer.from(text);
		const read = readPayload(bytes);
		if (read.sha256 === original.sha256)
			return retryPayload(register, officer, { id, council, now });
		const row: PayloadRow = {
			...original,
			id: register.newId(),
			...named(read.payload),
			sha256: read.sha256,
			contentSha256: read.contentSha256,
			size: bytes.byteLength,
			mends: original.id,
			decidedBy: officer.id,
			decidedAt: now.toISOString(),
			bytes
		};
		payloads.change(original.id, { state: 'superseded' });
		payloads.add(row);
		audited(
			register,
			now,
			'payload-mended',
			{ by: officer.id, payload: original.id, mended: row.id },
			text
		);
		return fileKept(register, row, read, { council, whateverItNames: false, now });
	});
}

/** Tries a payload of the repair queue again as it is: the program may have learnt to read it. */
export function retryPayload(
	register: Register,
	officer: Officer,
	{
		id,
		council,
		whateverItNames = false,
		now
	}: { id: string; council: string; whateverItNames?: boolean; now: Date }
): Filed | NotDone {
	return register.transaction(() => {
		const row = new Payloads(register).get(id);
		if (row === undefined) return gone;
		if (row.state !== 'repair') return settled;
		if (row.bytes === null) return retired;
		audited(register, now, 'payload-retried', { by: officer.id, payload: id, whateverItNames });
		return fileKept(register, row, readPayload(row.bytes), { council, whateverItNames, now });
	});
}

/** A person says what a resubmission is: a case of its own, part of the case it repeats, or neither. */
export function decideResubmission(
	register: Register,
	officer: Officer,
	given: { id: string; decision: ResubmissionDecision; reason: string; now: Date }
): { reference: string | null; caseId: string | null } | NotDone {
	const { id, decision, reason, now } = given;
	if (reason.trim() === '') return { notDone: 'Say why: the reason is kept with the decision.' };
	return register.transaction(() => {
		const payloads = new Payloads(register);
		const row = payloads.get(id);
		if (row === undefined) return gone;
		if (row.state !== 'resubmission') return settled;
		const caseId = carryOut(register, officer, row, given);
		if (typeof caseId !== 'string') return caseId;
		payloads.change(id, {
			state: outcomes[decision],
			caseId,
			decidedBy: officer.id,
			decidedAt: now.toISOString(),
			reason
		});
		audited(
			register,
			now,
			'resubmission-decided',
			{ by: officer.id, payload: id, decision },
			reason
		);
		return { caseId, reference: register.caseFile(caseId).case?.reference ?? null };
	});
}

const outcomes = {
	'new-case': 'filed',
	attach: 'attached',
	'set-aside': 'set-aside'
} as const satisfies Record<ResubmissionDecision, PayloadRow['state']>;

/** @returns the case it belongs to from now on */
function carryOut(
	register: Register,
	officer: Officer,
	row: PayloadRow,
	{ decision, reason }: { decision: ResubmissionDecision; reason: string }
): string | NotDone {
	const repeated = row.caseId;
	if (repeated === null) throw new Error(`The resubmission ${row.id} repeats no case.`);
	if (decision === 'set-aside') return repeated;
	if (row.bytes === null) return retired;
	const mapped = mapOdpSubmission(readPayload(row.bytes).payload, {
		newId: () => register.newId(),
		receivedAt: row.receivedAt,
		payloadSha256: row.sha256,
		fallbackSource: row.sender
	});
	if ('problems' in mapped)
		return { notDone: `No case can be made of it. ${sentences(mapped.problems)}` };
	if (decision === 'new-case') return register.fileNewCase(mapped.made, 'system').caseId;

	const here = new Set(register.caseFile(repeated).all('document').map(addressOf));
	const documents = mapped.made.documents
		.filter((document) => !here.has(addressOf(document)))
		.map((document) => ({ ...document, caseId: repeated }));
	const payload = { payloadSha256: row.sha256, reason, documents };
	const [answer] = register.performAs(officer.id, [
		{ name: 'attach-resubmission', caseId: repeated, payload }
	]);
	if (answer?.outcome !== 'applied')
		throw new Error(`A resubmission was not attached: ${answer?.code ?? 'no answer'}.`);
	return repeated;
}

/**
 * A retention or erasure act: the bytes go, and what was taken from them onto the case; their hash
 * and what became of them stay. The erasure ledger holds the act against every restore.
 */
export function retirePayload(
	register: Register,
	officer: Officer,
	{ id, reason, now }: { id: string; reason: string; now: Date }
): { retired: true } | NotDone {
	return register.transaction(() => {
		const payloads = new Payloads(register);
		const row = payloads.get(id);
		if (row === undefined) return gone;
		if (row.bytes === null) return retired;
		audited(
			register,
			now,
			'payload-retired',
			{ by: officer.id, payload: id, sha256: row.sha256 },
			reason
		);
		const act = {
			at: now.toISOString(),
			payload: id,
			sha256: row.sha256,
			caseId: row.caseId,
			by: officer.id,
			reason
		};
		// in the ledger and on its disk before anything is taken away here
		applyErasure(register, register.erasures?.append(act) ?? { n: 1, ...act, hash: '' }, now);
		return { retired: true };
	});
}

const addressOf = ({ sourceUrl, name }: { sourceUrl: string | null; name: string }): string =>
	sourceUrl ?? name;

const sentences = (problems: readonly Problem[]): string =>
	problems.map(({ path, problem }) => `${path}: ${problem}`).join(' ');
