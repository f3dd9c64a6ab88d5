import { CaseFile } from './case-file.ts';
import { wireVersion, type Envelope, type Outcome } from './envelope.ts';
import { runCommand } from './run-command.ts';
import type { CaseStatus } from '#lib/domain/case-status.ts';
import type { Officer, Role } from '#lib/domain/officer.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import type { TypedRecord } from '#lib/domain/records.ts';

/** For tests of commands: one case in memory, who is there, and what becomes of a command. */

export const uuid = (group: number, number: number): string =>
	`00000000-0000-4000-8000-${String(group).padStart(4, '0')}${String(number).padStart(8, '0')}`;

export const caseId = uuid(1, 1);
const device = uuid(2, 1);

const officer = (number: number, name: string, initials: string, ...roles: Role[]): Officer => ({
	id: uuid(3, number),
	name,
	initials,
	email: `${initials.toLowerCase()}@example.org`,
	roles,
	active: true
});

/** Jo's case; Sam is another case officer; Rae and Kit review; Tess validates; Ada administers. */
export const jo = officer(1, 'Jo Bell', 'JB', 'case-officer');
export const sam = officer(2, 'Sam Cole', 'SC', 'case-officer');
export const rae = officer(3, 'Rae Dunn', 'RD', 'reviewer');
export const kit = officer(4, 'Kit Eve', 'KE', 'reviewer');
export const tess = officer(5, 'Tess Fry', 'TF', 'technician');
export const ada = officer(6, 'Ada Gill', 'AG', 'administrator');
export const officers: ReadonlyMap<string, Officer> = new Map(
	[jo, sam, rae, kit, tess, ada].map((one) => [one.id, one])
);

export const aCase = (over: Partial<PlanningCase> = {}): PlanningCase => ({
	id: caseId,
	caseId,
	reference: '26-00100-HAPP',
	provisionalLabel: null,
	previousReferences: [],
	applicationType: 'pp.full.householder',
	status: 'received',
	description: 'Single storey rear extension',
	address: '1 High Street, Town, SW9 9RZ',
	uprn: null,
	postcode: 'SW9 9RZ',
	town: 'Town',
	ward: null,
	point: null,
	boundary: null,
	statedArea: null,
	receivedOn: '2026-03-02',
	source: 'paper',
	assignedTo: jo.id,
	gaps: [],
	accessNote: '',
	createdAt: '2026-03-02T09:00:00.000Z',
	writers: {},
	...over
});

export const fileWith = (...records: TypedRecord[]): CaseFile => CaseFile.of(caseId, records);
export const aFile = (over: Partial<PlanningCase> = {}): CaseFile =>
	fileWith({ kind: 'case', record: aCase(over) });

let made = 0;

export const envelope = (
	name: string,
	payload: unknown,
	by: Officer | string = jo,
	over: Partial<Envelope> = {}
): Envelope => ({
	v: wireVersion,
	id: uuid(9, ++made),
	name,
	caseId,
	payload: payload as Envelope['payload'],
	actor: typeof by === 'string' ? by : by.id,
	device,
	deviceSeq: made,
	captured: { wall: '2026-03-03T14:05:00.000Z', monotonic: made, serverOffset: null },
	batch: null,
	blobs: [],
	...over
});

/** Drawings without a scale: a reason that rests on the law. */
export const unscaled = {
	base: null,
	reasons: [
		{
			from: 'own',
			words: 'The elevations have no scale.',
			basis: { kind: 'statute', citation: 'DMPO 2015 article 7(2)', adoptedOn: null },
			remedy: 'Send elevations to an identified scale.'
		}
	],
	shown: [],
	proposedFrom: null,
	working: []
};

export interface Done {
	file: CaseFile;
	outcome: Outcome;
	code: string | null;
	detail: string | undefined;
	changes: TypedRecord[];
}

/** Performs an envelope over a file as device and register do. */
export function perform(file: CaseFile, sent: Envelope): Done {
	const result = runCommand(file, sent, officers);
	if ('quarantine' in result)
		return {
			file,
			outcome: 'quarantined',
			code: result.quarantine.refused,
			detail: result.quarantine.detail,
			changes: []
		};
	if ('refused' in result)
		return { file, outcome: 'refused', code: result.refused, detail: result.detail, changes: [] };
	return {
		file: file.with(result.changes),
		outcome: result.outcome ?? 'applied',
		code: null,
		detail: undefined,
		changes: result.changes
	};
}

/** Does one thing and shows what came of it. */
export const act = (file: CaseFile, name: string, payload: unknown, by?: Officer | string): Done =>
	perform(file, envelope(name, payload, by));

export const statusOf = (file: CaseFile): CaseStatus | undefined => file.case?.status;
