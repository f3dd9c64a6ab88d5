import { isDeepStrictEqual as same } from 'node:util';
import type { CaseFile } from '#lib/commands/case-file.ts';
import type { RecordKind } from '#lib/domain/records.ts';
import { captureBytes, sha256Of } from '#lib/local/captures.ts';
import { ledger } from '#lib/local/ledger.ts';
import { openRecords, shownCase, type ShownCase } from '#lib/local/shown-case.ts';
import { preparedOnce } from '#lib/server/register/prepared-once.ts';
import type { Council } from './council.ts';
import type { Fact } from './facts.ts';
import type { Tablet } from './tablet.ts';

/** The run broke a rule. The message begins with the rule's number. */
export class Broken extends Error {
	override name = 'Broken';
}

/** @param words made only when they are needed: this is asked of every fact at every step */
function must(holds: boolean, rule: string, words: () => string): asserts holds {
	if (!holds) throw new Broken(`${rule} ${words()}`);
}

/** What the register made of a command. */
const outcomeIn = preparedOnce(({ sqlite }) =>
	sqlite.prepare<[string], string>('select outcome from command_log where id = ?').pluck()
);

const kindOf: Record<string, RecordKind> = {
	'write-note': 'note',
	'take-photo': 'photo',
	'take-measurement': 'measurement',
	'add-document': 'document'
};

/** After every step: whatever this tablet was told is saved is on its screen, or with the register. */
export async function checkScreen(
	council: Council,
	tablet: Tablet,
	facts: readonly Fact[],
	/** commands the register had before it was restored: their cases may have left since */
	lost: ReadonlySet<string>
): Promise<void> {
	const { device } = tablet;
	const received = outcomeIn(council.register.connection);
	const mine = facts.filter((fact) => fact.tablet === tablet.name && !fact.evicted);
	const rows = new Map((await device.db.outbox.toArray()).map((row) => [row.id, row]));
	const bytes = new Set(await device.db.captures.toCollection().primaryKeys());
	const cases = new Map<string, Awaited<ReturnType<typeof shownCase>>>();
	const troubles = mine.some((fact) => rows.get(fact.id)?.state === 'trouble')
		? new Set((await ledger(device)).needsMe.map((one) => one.id))
		: new Set<string>();
	for (const fact of mine) {
		const row = rows.get(fact.id);
		must(
			row !== undefined || council.mayHaveLeft(fact.id),
			'S8',
			() => `${fact.name} ${fact.id} is gone from ${tablet.name}`
		);
		if (row?.state === 'trouble')
			must(
				troubles.has(fact.id),
				'S6',
				() => `${fact.name} ${fact.id} was not taken and nobody is told`
			);
		for (const { of, id } of row === undefined ? [] : fact.bytes)
			must(
				bytes.has(`${of}:${id}`),
				'S8',
				() => `bytes of ${fact.id} are gone from ${tablet.name}`
			);
		if (!cases.has(fact.caseId)) cases.set(fact.caseId, await shownCase(device, fact.caseId));
		const shown = cases.get(fact.caseId);
		// there: the register need not be asked what it made of it
		if (shown !== undefined && isShown(fact, shown)) continue;
		const outcome = received.get(fact.id);
		const sent = outcome !== undefined;
		// history only: a later writer stands
		if (outcome === 'superseded') continue;
		must(
			shown !== undefined || sent || lost.has(fact.id),
			'S5',
			() => `the case of unsent ${fact.name} ${fact.id} is off the screen of ${tablet.name}`
		);
		must(
			shown === undefined,
			sent ? 'S15' : 'S5',
			() => `${fact.name} ${fact.id} is not on the screen of ${tablet.name}`
		);
	}
}

/** What a tablet still keeps of its photographs and documents is what was recorded. */
export async function checkKeptBytes(tablet: Tablet, facts: readonly Fact[]): Promise<void> {
	const kept = new Set(await tablet.device.db.captures.toCollection().primaryKeys());
	for (const fact of facts)
		for (const { of, id, sha256 } of fact.tablet === tablet.name ? fact.bytes : []) {
			if (!kept.has(`${of}:${id}`)) continue;
			const bytes = await captureBytes(tablet.device, `${of}:${id}`);
			must(
				bytes !== undefined && (await sha256Of(bytes)) === sha256,
				'S8',
				() => `bytes of ${fact.id} have changed on ${tablet.name}`
			);
		}
}

const isShown = (fact: Fact, { file, troubles }: ShownCase): boolean =>
	onScreen(fact, file) || troubles.some((one) => one.id === fact.id);

/** A command's timeline entry, its effect, or the conflict that holds its value. */
function onScreen(fact: Fact, file: CaseFile): boolean {
	if (file.get('event', fact.id) !== undefined) return true;
	if (fact.name === 'pin-case') return file.all('pin').some((pin) => pin.officerId === fact.author);
	return fact.name === 'cancel-visit';
}

/** When everything has been carried: each fact is in the register, once, with its author, or waits for a person. */
export async function checkRegister(
	council: Council,
	facts: readonly Fact[],
	/** after a restore: what had been refused before it, as its author was told; null without any */
	refused: ReadonlySet<string> | null = null
): Promise<void> {
	const restored = refused !== null;
	const { register } = council;
	const log = new Map(
		register.connection.sqlite
			.prepare<[], { id: string; outcome: string; actor: string; envelope: string }>(
				'select id, outcome, actor, envelope from command_log'
			)
			.all()
			.map((row) => [row.id, row])
	);
	const quarantined = register.quarantined(null);
	const notDone = new Set(
		[...log.values()]
			.filter(({ outcome }) => outcome === 'refused' || outcome === 'quarantined')
			.map(({ id }) => id)
	);
	const files = new Map<string, CaseFile>();
	for (const fact of facts) {
		const logged = log.get(fact.id);
		const file = files.get(fact.caseId) ?? register.caseFile(fact.caseId);
		files.set(fact.caseId, file);
		if (logged === undefined && refused?.has(fact.id) === true) continue;
		must(logged !== undefined, 'S3', () => `${fact.name} ${fact.id} never reached the register`);
		must(logged.actor === fact.author, 'S3', () => `${fact.name} ${fact.id} has another author`);
		if (logged.outcome === 'quarantined')
			must(
				quarantined.some((row) => row.commandId === fact.id),
				'S6',
				() => `${fact.name} ${fact.id} is quarantined and not kept`
			);
		else if (logged.outcome !== 'refused')
			checkEffect(fact, logged.outcome, file, { restored, notDone });
		else must(kindOf[fact.name] === undefined, 'S6', () => `${fact.name} ${fact.id} was refused`);
		if (logged.outcome !== 'refused') await checkBytes(council, fact);
	}
	checkOrder(council);
	checkNumbers(files, facts);
	for (const fact of facts) {
		const { envelope } = log.get(fact.id) ?? {};
		if (envelope === undefined) continue;
		const { payload } = JSON.parse(envelope) as { payload: unknown };
		must(same(payload, fact.payload), 'S3', () => `${fact.name} ${fact.id} arrived changed`);
	}
}

function checkEffect(
	fact: Fact,
	outcome: string,
	file: CaseFile,
	{ restored, notDone }: { restored: boolean; notDone: ReadonlySet<string> }
): void {
	const kind = kindOf[fact.name];
	if (kind !== undefined) {
		const record = file.get(kind, fact.payload['id'] as string) as
			Record<string, unknown> | undefined;
		must(
			record !== undefined,
			'S3',
			() => `${fact.name} ${fact.id} was accepted and is not on the case`
		);
		const by = record['takenBy'] ?? record['writtenBy'] ?? fact.author;
		must(by === fact.author, 'S3', () => `${fact.name} ${fact.id} has another author`);
	}
	if (fact.name !== 'edit-record' || outcome === 'superseded') return;
	const event = file.get('event', fact.id);
	const [field, edit] = Object.entries(
		fact.payload['fields'] as Record<string, { base: string | null; value: unknown }>
	)[0] as [string, { base: string | null; value: unknown }];
	must(event !== undefined, 'S17', () => `edit ${fact.id} left no trace`);
	const { before, after } = event.detail as Record<'before' | 'after', Record<string, unknown>>;
	if (outcome === 'conflict') {
		const [first] = event.detail['conflicts'] as string[];
		const conflict = file.get('conflict', first ?? '');
		must(
			conflict !== undefined,
			'S17',
			() => `edit ${fact.id} is in conflict and no conflict is kept`
		);
		// somebody who chose between two values wrote the one that holds, even when it held before
		const chosen = file.get('event', conflict.standing.command)?.type === 'conflict-resolved';
		must(
			// its author saw their own act, which the register did not do, and wrote on top of it
			notDone.has(edit.base ?? '') || chosen || restored || conflict.standing.value !== fact.seen,
			'S16',
			() => `edit ${fact.id} is in conflict with the very value its author saw`
		);
		return;
	}
	must(after[field] === edit.value, 'S17', () => `edit ${fact.id} is not in the history`);
	// in a history told again, an edit may come back before the one it was based on
	if (restored) return;
	must(
		before[field] === fact.seen,
		'S16',
		() => `edit ${fact.id} replaced a value that its author had not seen`
	);
}

async function checkBytes(council: Council, fact: Fact): Promise<void> {
	for (const one of fact.bytes) {
		const size = await council.blobs.size(one.sha256);
		must(
			size === one.bytes.byteLength,
			'S8',
			() => `bytes of ${fact.name} ${fact.id} are not in the register`
		);
	}
}

/** Each device's commands on one case were taken in the order made. */
function checkOrder({ register }: Council): void {
	const rows = register.connection.sqlite
		.prepare<[], { device: string; case_id: string; device_seq: number }>(
			'select device, case_id, device_seq from command_log where device_seq > 0 order by seq'
		)
		.all();
	const last = new Map<string, number>();
	const own = register.connection.sqlite.prepare<[], string>('select id from device').pluck().all();
	for (const row of rows) {
		if (!own.includes(row.device)) continue;
		const key = `${row.device} ${row.case_id}`;
		must(
			row.device_seq > (last.get(key) ?? 0),
			'S4',
			() => `command ${row.device_seq} of ${row.device} came after ${last.get(key)}`
		);
		last.set(key, row.device_seq);
	}
}

/** Photographs keep the number their device gave them, and no two of a visit share one. */
function checkNumbers(files: ReadonlyMap<string, CaseFile>, facts: readonly Fact[]): void {
	const used = new Set<string>();
	for (const fact of facts) {
		if (fact.name !== 'take-photo') continue;
		const kept = files.get(fact.caseId)?.get('photo', fact.payload['id'] as string);
		const { number, visitId } = fact.payload as { number: string; visitId: string };
		must(
			kept === undefined || kept.number === number,
			'S3',
			() => `photograph ${number} was renumbered`
		);
		const key = `${visitId} ${number}`;
		must(!used.has(key), 'S3', () => `two photographs are ${number}`);
		used.add(key);
	}
}

/** Idle and online: the tablet holds exactly its scope, as the register has it, and nothing waits. */
export async function checkEqual(council: Council, tablet: Tablet): Promise<void> {
	const { device, officer } = tablet;
	const scope = council.register.connection.sqlite
		.prepare<[string], string>('select distinct case_id from scope where officer_id = ?')
		.pluck()
		.all(officer.id);
	const held = await device.db.held.toCollection().primaryKeys();
	must(
		same([...scope].sort(), [...held].sort()),
		'S7',
		() => `${tablet.name} does not hold its scope`
	);
	const cases = new Set((await device.db.records.toArray()).map((row) => row.caseId));
	must(
		[...cases].every((one) => scope.includes(one)),
		'S7',
		() => `${tablet.name} holds records outside its scope`
	);
	for (const caseId of held) {
		const here = await openRecords(device, await device.db.records.where({ caseId }).toArray());
		const there = [...council.register.caseFile(caseId).records()];
		must(same(inOrder(here), inOrder(there)), 'S7', () => `${tablet.name} differs on ${caseId}`);
	}
	const stuck = await device.db.outbox.where('state').anyOf('queued', 'answered').toArray();
	must(stuck.length === 0, 'S11', () => `${stuck.length} commands are stuck on ${tablet.name}`);
	const waiting = await device.db.uploads.where({ state: 'waiting' }).toArray();
	must(waiting.length === 0, 'S8', () => `${waiting.length} uploads are stuck on ${tablet.name}`);
}

/** What the register once accepted it does not turn down after a restore. */
export function checkAccepted(
	council: Council,
	accepted: ReadonlyMap<string, string>,
	facts: readonly Fact[]
): void {
	const outcomeOf = outcomeIn(council.register.connection);
	const kept = new Map(council.register.quarantined(null).map((row) => [row.commandId, row]));
	const byId = new Map(facts.map((fact) => [fact.id, fact]));
	const makers = new Map(
		facts.flatMap((fact) =>
			kindOf[fact.name] === undefined ? [] : [[fact.payload['id'], fact.id] as const]
		)
	);
	for (const [id, name] of accepted) {
		const outcome = outcomeOf.get(id);
		const aside = kept.get(id);
		if (aside?.state === 'accepted') continue;
		// an act whose place somebody else's act has taken meanwhile waits for a person
		const isAct = kindOf[name] === undefined && name !== 'edit-record';
		if (isAct && aside !== undefined && aside.originalSeq !== null) continue;
		// a person declined an edit while what it changes had not come back yet
		if (aside?.state === 'declined' && aside.code === 'record-unknown') continue;
		// an edit of what a person has since declined waits too
		const maker = makers.get(byId.get(id)?.payload['id']);
		if (aside !== undefined && kept.get(maker ?? '')?.state === 'declined') continue;
		must(
			outcome === 'applied' || outcome === 'merged' || outcome === 'superseded',
			'S18',
			() => `${id} was accepted and is now ${outcome ?? 'gone'}`
		);
	}
}

/** Accepted work is never turned into trouble by a repeat or a second tab. */
export async function checkAnswers(council: Council, tablet: Tablet): Promise<void> {
	const decided = new Set(
		council.register.quarantined('accepted').map((row) => row.commandId ?? '')
	);
	const outcomeOf = outcomeIn(council.register.connection);
	for (const row of await tablet.device.db.outbox.toArray()) {
		const outcome = outcomeOf.get(row.id);
		if (outcome === undefined && row.outcome === 'refused') continue;
		must(
			row.outcome === outcome || decided.has(row.id),
			'S3',
			() => `${row.id} is ${row.outcome} on ${tablet.name} and ${outcome} in the register`
		);
	}
}

const inOrder = (records: readonly { kind: string; record: { id: string } }[]) =>
	[...records].sort((a, b) => (`${a.kind}:${a.record.id}` < `${b.kind}:${b.record.id}` ? -1 : 1));
