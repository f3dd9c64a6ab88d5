import { CaseFile } from '#lib/commands/case-file.ts';
import { worksOffline } from '#lib/commands/command.ts';
import { commands } from '#lib/commands/index.ts';
import { largestPayload, wireVersion, type Envelope } from '#lib/commands/envelope.ts';
import { runCommand } from '#lib/commands/run-command.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { exchange } from './ballast.ts';
import type { CaptureBytes } from './captures.ts';
import type { Device } from './device.ts';
import { DeviceProblem } from './healing.ts';
import { sealCommand } from './outbox.ts';
import { makeRoom } from './release.ts';
import { shownCase, type ShownCase } from './shown-case.ts';
import type { CaptureRow, UploadRow } from './tables.ts';
import { whyNotAccepted } from './why-not-accepted.ts';

/** Saved on this tablet, and what it came to over what this device knows. */
export interface Performed {
	id: string;
	outcome: 'applied' | 'merged' | 'conflict' | 'quarantined';
	/** why the register may set it aside for a person */
	because?: Refusal;
}

const utf8 = new TextEncoder();
const bytesOfJson = (value: unknown) => utf8.encode(JSON.stringify(value)).byteLength;

/**
 * Does one thing here and now, with or without a network (S1). When this resolves with an
 * id, the command and its bytes are on the tablet's disk together (S2).
 *
 * An act that the rules refuse is not kept: the refusal is the answer. What was seen or
 * written is kept whatever the rules say.
 *
 * @throws DeviceProblem with a sentence for the officer when the tablet cannot save
 */
export async function perform(
	device: Device,
	name: string,
	caseId: string,
	payload: unknown,
	bytes: readonly CaptureBytes[] = []
): Promise<Performed | Refusal> {
	const tried = await attempt(device, name, caseId, payload);
	if ('refused' in tried) return tried;
	const { envelope, shown, performed } = tried;
	const missing = envelope.blobs.find((sha256) => !bytes.some((one) => one.sha256 === sha256));
	if (missing !== undefined) throw new Error(`${name} names bytes that it was not given.`);

	const { deviceSeq: _, ...unnumbered } = envelope;
	const body = await sealCommand(device, {
		envelope: unnumbered,
		about: {
			reference: shown?.file.case?.reference ?? shown?.file.case?.provisionalLabel ?? '',
			address: shown?.file.case?.address ?? ''
		}
	});
	const captures = await Promise.all(
		bytes.map(async (one): Promise<CaptureRow> => {
			const key = `${one.of}:${one.id}`;
			const { sha256 } = one;
			const sealed = await device.codec.sealBytes(one.bytes, `captures/${key}/${sha256}`);
			return { key, caseId, commandId: envelope.id, sha256, body: sealed };
		})
	);
	const size = bytesOfJson(envelope) + 400;
	const { db } = device;
	const save = () =>
		device.run(() =>
			db.transaction('rw', [db.outbox, db.captures, db.uploads, db.sync], async () => {
				// a retry after a lost connection may find its own work done
				if ((await db.outbox.get(envelope.id)) !== undefined) return;
				const deviceSeq = ((await device.get('counter')) ?? 0) + 1;
				await device.put('counter', deviceSeq);
				await db.outbox.add({
					id: envelope.id,
					caseId,
					deviceSeq,
					state: 'queued',
					arrived: 0,
					outcome: null,
					seq: null,
					epoch: null,
					dismissed: 0,
					archived: 0,
					madeAt: Date.parse(envelope.captured.wall),
					size,
					body,
					answer: null
				});
				await db.captures.bulkAdd(captures);
				await db.uploads.bulkAdd(bytes.map((one) => waitingUpload(one, envelope, deviceSeq)));
			})
		);
	const needed = bytes.reduce((sum, one) => sum + one.bytes.byteLength, size);
	const visitId = visitOf(payload);
	if (bytes.length > 0) await exchange(device, needed, visitId);
	// room kept for photographs is nothing, and copies can be fetched again; what was just made cannot be made again
	const ways = [() => exchange(device, needed, visitId), () => makeRoom(device, needed)];
	for (;;)
		try {
			await save();
			return performed;
		} catch (error) {
			const full = error instanceof DeviceProblem && error.kind === 'full';
			if (!full || !(await firstThatHelps(ways))) throw error;
		}
}

/** The visit that something belongs to, whose kept room it may take; null: it belongs to none. */
const visitOf = (payload: unknown): string | null =>
	payload instanceof Object && 'visitId' in payload && typeof payload.visitId === 'string'
		? payload.visitId
		: null;

/** Tries one way after another to make room; each once. */
async function firstThatHelps(ways: (() => Promise<boolean>)[]): Promise<boolean> {
	for (let way = ways.shift(); way !== undefined; way = ways.shift())
		if (await way().catch(() => false)) return true;
	return false;
}

/** Whether the button would be refused, and why, by the same rule that would refuse it. */
export async function dryRun(
	device: Device,
	name: string,
	caseId: string,
	payload: unknown
): Promise<Refusal | null> {
	const tried = await attempt(device, name, caseId, payload);
	return 'refused' in tried ? tried : null;
}

async function attempt(
	device: Device,
	name: string,
	caseId: string,
	payload: unknown
): Promise<Refusal | { envelope: Envelope; shown: ShownCase | undefined; performed: Performed }> {
	const command = commands.get(name);
	if (command === undefined) throw new Error(`There is no command "${name}".`);
	if (bytesOfJson(payload) > largestPayload) return refuse('payload-too-large');
	const parsed = command.payload.safeParse(payload);
	if (!parsed.success) return whyNotAccepted(name, payload, parsed.error.issues);
	if (!worksOffline(command, parsed.data)) return refuse('needs-register');
	const [shown, officers, clock] = await Promise.all([
		shownCase(device, caseId),
		device.officers(),
		device.remembered('clock')
	]);
	const envelope: Envelope = {
		v: wireVersion,
		id: device.newId(),
		name,
		caseId,
		payload: JSON.parse(JSON.stringify(payload)) as Envelope['payload'],
		actor: device.officer.id,
		device: device.deviceId,
		deviceSeq: 1,
		captured: {
			wall: device.clock().toISOString(),
			monotonic: device.monotonic(),
			serverOffset: clock?.offset ?? null
		},
		batch: null,
		blobs: command.blobs?.(parsed.data) ?? []
	};
	const result = runCommand(shown?.file ?? CaseFile.of(caseId, []), envelope, officers);
	if ('refused' in result) return result;
	const performed: Performed =
		'quarantine' in result
			? { id: envelope.id, outcome: 'quarantined', because: result.quarantine }
			: { id: envelope.id, outcome: result.outcome ?? 'applied' };
	return { envelope, shown, performed };
}

const waitingUpload = (one: CaptureBytes, envelope: Envelope, deviceSeq: number): UploadRow => ({
	key: `${one.of}:${one.id}`,
	caseId: envelope.caseId,
	commandId: envelope.id,
	deviceSeq,
	sha256: one.sha256,
	of: one.of,
	id: one.id,
	mime: one.mime,
	size: one.bytes.byteLength,
	state: 'waiting',
	url: null,
	receipt: null,
	seq: null,
	epoch: null,
	archived: 0
});
