import { mapOdpSubmission, type Problem } from '#lib/domain/intake/odp.ts';
import type { NewCase } from '#lib/domain/new-case.ts';
import type { Register } from '../register/register.ts';
import { applyErasure, erasureOf } from '../erasure/apply-erasures.ts';
import { newRow } from './payload-row.ts';
import { Payloads, type PayloadRow } from './payloads.ts';
import { readPayload, type ReadPayload } from './read-payload.ts';

/** What became of one payload. */
export interface Filed {
	state: 'created' | 'existing' | 'repair' | 'resubmission';
	/** names the payload in the intake queue */
	payloadId: string;
	/** of the case it became or repeats; null in the repair queue */
	reference: string | null;
	caseId: string | null;
	/** the sender's own id */
	source: string | null;
	problems: Problem[];
	/** where the case is thin, in words */
	gaps: string[];
	documentsMissing: number;
}

export interface Arrival {
	/** `import` or `api:<client>` */
	sender: string;
	/** the receiving council's code */
	council: string;
	/** true: an operator has said that it belongs here, whatever council it names */
	whateverItNames: boolean;
	now: Date;
}

/**
 * Files a submission: its bytes are kept as they came, and in the same transaction it becomes a
 * case, is recognised as one that is here, or waits with its problems for a person. Nothing is
 * thrown away and nothing is overwritten, so it may be called again with the same bytes.
 */
export function fileSubmission(register: Register, bytes: Uint8Array, arrival: Arrival): Filed {
	const read = readPayload(bytes);
	return register.transaction(() => {
		const payloads = new Payloads(register);
		const earlier = payloads.sameBytes(read.sha256);
		// what waits for repair is tried again: the mapper may have learnt to read it meanwhile
		if (earlier !== undefined && earlier.state !== 'repair')
			return earlierOutcome(register, earlier);
		const row = earlier ?? newRow(register.newId(), read, bytes, arrival);
		if (earlier === undefined) payloads.add(row);
		const filed = fileKept(register, row, read, arrival);
		// erased once, and come again because a restore had lost that it had been here
		const erased = erasureOf(register, read.sha256);
		if (erased !== undefined) applyErasure(register, erased, arrival.now);
		return filed;
	});
}

/** Files a payload that is in the table already: just now, or in the repair queue until now. */
export function fileKept(
	register: Register,
	row: PayloadRow,
	read: ReadPayload,
	arrival: Pick<Arrival, 'council' | 'whateverItNames' | 'now'>
): Filed {
	const payloads = new Payloads(register);
	const repair = (problems: Problem[]): Filed => {
		payloads.change(row.id, { state: 'repair' });
		payloads.setProblems(row.id, problems);
		return { ...outcome(row, 'repair'), problems };
	};
	if (read.problems.length > 0) return repair(read.problems);

	const known = row.sourceId === null ? undefined : payloads.settledSource(row.sourceId);
	if (known !== undefined && known.id !== row.id) {
		const same = read.contentSha256 !== null && known.contentSha256 === read.contentSha256;
		payloads.setProblems(row.id, []);
		payloads.change(row.id, { state: same ? 'attached' : 'resubmission', caseId: known.caseId });
		return {
			...outcome(row, same ? 'existing' : 'resubmission'),
			...caseOf(register, known.caseId)
		};
	}
	const { organisation } = row;
	if (organisation !== null && !arrival.whateverItNames && !isSame(organisation, arrival.council))
		return repair([
			{
				path: 'metadata.organisation',
				problem: `It names the council “${organisation}”, and this register belongs to ${arrival.council}.`
			}
		]);
	return makeCase(register, row, read, repair);
}

function makeCase(
	register: Register,
	row: PayloadRow,
	read: ReadPayload,
	repair: (problems: Problem[]) => Filed
): Filed {
	const payloads = new Payloads(register);
	const mapped = mapOdpSubmission(read.payload, {
		newId: () => register.newId(),
		receivedAt: row.receivedAt,
		payloadSha256: row.sha256,
		fallbackSource: row.sender
	});
	if ('problems' in mapped) return repair(mapped.problems);
	const filed = fileOrSay(register, mapped.made, actorOf(row.sender));
	if ('problem' in filed) return repair([{ path: '$', problem: filed.problem }]);
	payloads.setProblems(row.id, []);
	payloads.change(row.id, { state: 'filed', caseId: filed.caseId });
	// so that the original, sent again, finds the case its mended version became
	for (const version of payloads.mended(row)) payloads.change(version.id, { caseId: filed.caseId });
	return { ...outcome(row, 'created'), ...caseOf(register, filed.caseId) };
}

/** A case that the register does not take leaves nothing behind: no number, no quarantined command. */
function fileOrSay(
	register: Register,
	made: NewCase,
	actor: string
): { caseId: string } | { problem: string } {
	try {
		// a savepoint of its own: what it wrote is undone, the payload's row stays
		return register.connection.sqlite.transaction(() => register.fileNewCase(made, actor))();
	} catch (error) {
		if (!(error instanceof Error) || isTroubleOfTheMachine(error)) throw error;
		return { problem: `The register could not make a case of it: ${error.message}.` };
	}
}

/** A full disk or a locked file says nothing about the payload. */
const isTroubleOfTheMachine = (error: Error): boolean => error.name === 'SqliteError';

function earlierOutcome(register: Register, row: PayloadRow): Filed {
	const state = row.state === 'resubmission' ? 'resubmission' : 'existing';
	return { ...outcome(row, state), ...caseOf(register, row.caseId) };
}

const outcome = (row: PayloadRow, state: Filed['state']): Filed => ({
	state,
	payloadId: row.id,
	reference: null,
	caseId: null,
	source: row.sourceId,
	problems: [],
	gaps: [],
	documentsMissing: 0
});

/** What an importer is told of the case: its reference, where it is thin, how many files are still to come. */
export function caseOf(
	register: Register,
	caseId: string | null
): Pick<Filed, 'caseId' | 'reference' | 'gaps' | 'documentsMissing'> {
	if (caseId === null) return { caseId, reference: null, gaps: [], documentsMissing: 0 };
	const file = register.caseFile(caseId);
	return {
		caseId,
		reference: file.case?.reference ?? null,
		gaps: file.case?.gaps ?? [],
		documentsMissing: file.all('document').filter((one) => one.bytesReceivedAt === null).length
	};
}

const isSame = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase();

const actorOf = (sender: string): string => (sender.startsWith('api:') ? sender : 'system');
