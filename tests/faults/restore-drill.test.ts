import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { sha256Of } from '#lib/local/captures.ts';
import { openDevice, type Device } from '#lib/local/device.ts';
import { perform } from '#lib/local/perform.ts';
import { shownCase } from '#lib/local/shown-case.ts';
import { verifiedBackups } from '#lib/server/backup/manifest.ts';
import { restoredState } from '#lib/server/backup/restored-state.ts';
import { bytesOf } from '#lib/server/blobs/council-bytes.ts';
import { Sessions } from '#lib/server/identity/sessions.ts';
import type { Council } from '#lib/server/installation.ts';
import { Round } from '#lib/sync/round.ts';
import { done } from '../e2e/support/operator.ts';
import { reported, runSeed } from '../reliability/report.ts';
import { Chance } from '../sync/random.ts';
import { newStorage } from '../sync/town.ts';
import { Field } from './field.ts';
import type { Enrolled } from './field-client.ts';
import { TabletTransport } from './tablet-transport.ts';

/*
 * Real processes: a server, the operator's backup and restore. Real tablets: the app's own saving
 * and carrying code over HTTP. RELIABILITY_SEED=7 npx vitest run --project=faults tests/faults/restore-drill.test.ts
 */

const officers = 4;

test('guarantee-10 a server killed and restored from an older backup gets everything back', async () => {
	const field = await Field.with(officers);
	try {
		await reported({ guarantee: 10, name: 'restore-drill', seed: runSeed }, (counts) =>
			drill(field, counts)
		);
	} finally {
		await field.close();
	}
});

interface Photo {
	id: string;
	sha256: string;
	caseId: string;
}

/** Everything a tablet was told is saved, and what the register said to it. */
class Tablet {
	readonly whose: Enrolled;
	readonly device: Device;
	readonly transport: TabletTransport;
	readonly round: Round;
	readonly notes: string[] = [];
	readonly photos: Photo[] = [];

	constructor(whose: Enrolled, device: Device, transport: TabletTransport) {
		this.whose = whose;
		this.device = device;
		this.transport = transport;
		this.round = new Round(device, transport);
	}

	async do(name: string, payload: unknown, bytes: Parameters<typeof perform>[4] = []) {
		const said = await perform(this.device, name, this.whose.caseId, payload, bytes);
		if (isRefusal(said)) throw new Error(`${name}: ${said.refused}`);
		return said;
	}

	async note(text: string): Promise<void> {
		const id = v7();
		await this.do('write-note', { id, visitId: null, text });
		this.notes.push(id);
	}

	async photograph(): Promise<void> {
		const [visitId, id, bytes] = [v7(), v7(), new Uint8Array(randomBytes(40_000)).buffer];
		const sha256 = await sha256Of(bytes);
		const plannedFor = '2026-11-24';
		await this.do('plan-visit', {
			...{ id: visitId, plannedFor, plannedTime: '', purpose: '', access: '' }
		});
		const payload = {
			...{ id, visitId, number: `FC-${id}`, caption: '', sha256, mime: 'image/jpeg' },
			...{ size: bytes.byteLength, width: 400, height: 300, position: null, heading: null },
			...{ origin: 'camera', method: 'takePhoto', thumbnailSha256: null }
		};
		await this.do('take-photo', payload, [
			{ of: 'original', id, sha256, mime: 'image/jpeg', bytes }
		]);
		this.photos.push({ id, sha256, caseId: this.whose.caseId });
	}

	/** Over whatever it sees now, so that edits of two tablets follow each other. */
	async accessNote(value: string): Promise<void> {
		const { caseId } = this.whose;
		const seen = (await shownCase(this.device, caseId))?.file.case?.writers['accessNote'] ?? null;
		const fields = { accessNote: { base: seen, value } };
		await this.do('edit-record', { kind: 'case', id: caseId, fields });
	}

	async carry(): Promise<void> {
		await this.round.words();
		await this.round.bytes();
		await this.round.words();
	}
}

async function drill(field: Field, counts: Record<string, number>): Promise<void> {
	const chance = new Chance(runSeed);
	const target = join(field.folder, 'backups');
	await field.server.start();
	const tablets = await tabletsOf(field);
	// two tablets of one officer: edits of one field that follow each other
	const [first, second] = [tablets[0], tablets.at(-1)] as [Tablet, Tablet];
	const inTurn = async (act: (tablet: Tablet) => Promise<unknown>) => {
		for (const tablet of shuffled(tablets, chance)) await act(tablet);
	};

	await inTurn(async (tablet) => {
		await tablet.carry();
		await tablet.note('Before the backup');
		await tablet.photograph();
		await tablet.carry();
	});
	await first.accessNote('Key at no. 3');
	await first.carry();
	await done(field.dataDir, ['backup', '--to', target]);
	const [older] = verifiedBackups(target, 'LBH');
	if (older === undefined) throw new Error('There is no backup.');

	// lost with the server, all of it, though a later backup and receipts for it exist
	await inTurn(async (tablet) => {
		for (let n = 1 + chance.below(4); n > 0; n -= 1) await tablet.note(`After the backup, ${n}`);
		if (chance.happens(0.7)) await tablet.photograph();
		await tablet.carry();
	});
	for (const [tablet, words] of [
		[second, 'Dog in the garden'],
		[first, 'Dog in the garden, key at no. 5'],
		[second, 'Ring twice']
	] as const) {
		await tablet.carry();
		await tablet.accessNote(words);
		await tablet.carry();
	}
	await done(field.dataDir, ['backup', '--to', target]);
	await inTurn((tablet) => tablet.carry());
	const accepted = await acceptedAfter(tablets, older.manifest.seq);
	// and some that was never sent
	await inTurn((tablet) => tablet.note('Never sent before the fall'));

	await field.server.kill();
	await done(field.dataDir, ['restore', '--backup', older.name, '--from', target]);
	await signInAgain(field, tablets);
	await field.server.start();
	const began = performance.now();
	await inTurn((tablet) => tablet.carry());
	await inTurn((tablet) => tablet.carry());
	counts['seconds to recover, at most'] = Math.ceil((performance.now() - began) / 1000);
	await field.server.stop();
	await field.inRegister((council) => compare(council, tablets, accepted, counts));
	for (const { device } of tablets) device.close();
}

async function tabletsOf(field: Field): Promise<Tablet[]> {
	const enrolled = field.clients.map((client) => client.enrolled);
	const people = await field.inRegister(({ register }) => register.officers());
	return Promise.all(
		[...enrolled, ...enrolled.slice(0, 1)].map(async (whose) => {
			const officer = people.get(whose.officerId);
			if (officer === undefined) throw new Error('An officer is missing.');
			const device = await openDevice({ officer, app: 'drill', indexedDB: newStorage() });
			return new Tablet(whose, device, new TabletTransport(field.server.origin, whose.token));
		})
	);
}

/** A restore signs everybody out. */
async function signInAgain(field: Field, tablets: readonly Tablet[]): Promise<void> {
	await field.inRegister(({ register }) => {
		for (const { whose, transport } of tablets)
			transport.token = new Sessions(register).start(whose.officerId, 'password', new Date()).token;
	});
}

/** Ids of commands that the register had accepted and the older backup does not hold. */
async function acceptedAfter(tablets: readonly Tablet[], seq: number): Promise<Set<string>> {
	const rows = await Promise.all(tablets.map(({ device }) => device.db.outbox.toArray()));
	return new Set(
		rows.flat().flatMap((row) => (row.outcome !== null && (row.seq ?? 0) > seq ? [row.id] : []))
	);
}

async function compare(
	council: Council,
	tablets: readonly Tablet[],
	accepted: ReadonlySet<string>,
	counts: Record<string, number>
): Promise<void> {
	const { register } = council;
	const { blobs } = bytesOf(council);
	const lost: string[] = [];
	const photos = tablets.flatMap((tablet) => tablet.photos);
	for (const { whose, notes } of tablets) {
		const here = register.caseFile(whose.caseId).all('note');
		for (const id of notes) if (here.filter((one) => one.id === id).length !== 1) lost.push(id);
	}
	for (const { id, sha256, caseId } of photos) {
		const photo = register.caseFile(caseId).get('photo', id);
		if (photo?.sha256 !== sha256 || photo.originalReceivedAt === null) lost.push(id);
		if ((await blobs.size(sha256)) !== 40_000) lost.push(sha256);
	}
	const cases = [...new Set(tablets.map(({ whose }) => whose.caseId))];
	const conflicts = cases.flatMap((id) => register.caseFile(id).all('conflict'));
	const outbox = (
		await Promise.all(tablets.map(({ device }) => device.db.outbox.toArray()))
	).flat();
	const outcomes = outbox.map(({ outcome }) => outcome);
	const came = restoredState(register, new Date());
	Object.assign(counts, {
		tablets: tablets.length,
		'items kept on tablets': outbox.length,
		'accepted, then lost by the restore': accepted.size,
		'of these recovered': came?.recovered ?? 0,
		photographs: photos.length,
		lost: lost.length,
		'false conflicts': conflicts.length,
		'set aside for a person': register.quarantined().length
	});
	expect(lost).toEqual([]);
	expect(conflicts).toEqual([]);
	expect(register.quarantined()).toEqual([]);
	// nothing that was accepted comes back refused or as a conflict; every record has arrived again
	expect(
		outcomes.filter((one) => !['applied', 'merged', 'superseded'].includes(one ?? ''))
	).toEqual([]);
	expect(outbox.filter(({ state }) => state !== 'done')).toEqual([]);
	expect(accepted.size).toBeGreaterThan(10);
	expect(came).toMatchObject({ recovered: accepted.size, fromDevices: tablets.length, notSeen: 0 });
	expect(register.caseFile(tablets[0]?.whose.caseId ?? '').case?.accessNote).toBe('Ring twice');
	for (const { device, whose } of tablets) {
		const [shown, file] = [await shownCase(device, whose.caseId), register.caseFile(whose.caseId)];
		expect(new Set(shown?.file.all('note').map((one) => one.id))).toEqual(
			new Set(file.all('note').map((one) => one.id))
		);
		expect(shown?.file.case).toEqual(file.case);
	}
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
	return list
		.map((one) => ({ one, at: chance.below(1_000_000) }))
		.sort((a, b) => a.at - b.at)
		.map(({ one }) => one);
}
