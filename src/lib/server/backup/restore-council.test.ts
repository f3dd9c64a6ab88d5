import {
	copyFileSync,
	existsSync,
	readFileSync,
	renameSync,
	rmSync,
	unlinkSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer, Envelope } from '#lib/commands/envelope.ts';
import { Sessions } from '../identity/sessions.ts';
import { openInstallation, type Council } from '../installation.ts';
import { verifyAudit } from '../register/audit.ts';
import { epochGap } from '../register/epoch.ts';
import { jo, robin, sam, TestDevice } from '../register/fixtures.ts';
import { holdFile } from '../register/open-register.ts';
import { audit } from '../register/schema.ts';
import { aDocument, aPlace, now, type Place } from './fixtures.ts';
import { verifiedBackups, type KeptBackup } from './manifest.ts';
import { NotRestored, restoreCouncil, type RestoreOptions } from './restore-council.ts';
import { restoredState } from './restored-state.ts';
import { takeBackup } from './take-backup.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let place: Place;
let devices: TestDevice[];
beforeEach(async () => {
	place = await aPlace();
	devices = [place.tablet];
});
afterEach(() => {
	place.installation.close();
	rmSync(place.folder, { recursive: true, force: true });
});

async function backedUp(): Promise<KeptBackup> {
	const { target } = place;
	await takeBackup(place.council, {
		target,
		everyFile: false,
		now: () => now,
		progress: () => undefined
	});
	return verifiedBackups(target, 'LBH')[0] as KeptBackup;
}
const restore = (backup: KeptBackup, options: Partial<RestoreOptions> = {}) =>
	restoreCouncil(backup, {
		dataDir: place.dataDir,
		target: place.target,
		now: () => new Date(),
		serverIsStopped: false,
		acceptMissing: false,
		progress: () => undefined,
		...options
	});
/** The server is started again. */
function start(): Council {
	place.installation = openInstallation(place.dataDir);
	place.council = place.installation.council('LBH') as Council;
	for (const device of devices) Object.assign(device, { register: place.council.register });
	return place.council;
}
const another = (officer: typeof jo) => {
	const device = new TestDevice(place.council.register, officer);
	devices.push(device);
	return device;
};
const keep = (device: TestDevice, envelope: Envelope) => ({
	envelope,
	answer: device.answer(envelope)
});
const again = (device: TestDevice, ...kept: { envelope: Envelope; answer: Answer }[]) =>
	device.answers(
		kept.map((one) => one.envelope),
		kept.map((one) => one.answer.receipt)
	);

describe('a restore', () => {
	test('puts the register back, begins an epoch, and keeps what it replaces', async () => {
		const backup = await backedUp();
		const { register } = place.council;
		const lost = keep(place.tablet, place.tablet.note(place.caseId, 'after the backup'));
		const [before, head] = [register.epoch, register.head()];
		place.installation.close();
		const { aside, epoch } = await restore(backup);
		expect(existsSync(join(aside ?? '', 'register.sqlite'))).toBe(true);
		expect(existsSync(join(aside ?? '', 'audit-head.json'))).toBe(true);
		const restored = start().register;
		// begun by the restore, and by nothing else when the server starts
		expect(restored.epoch).toBe(epoch);
		expect(restored.epoch).not.toBe(before);
		expect(restored.head()).toBeGreaterThanOrEqual(head + epochGap);
		expect(restored.caseFile(place.caseId).all('note')).toEqual([]);
		expect(restored.archivedSeq()).toBe(backup.manifest.seq);
		expect(restored.backupState(now).lastAt).toBe(backup.manifest.takenAt);
		expect(verifyAudit(restored)).toMatchObject({ whole: true, headKnown: true });
		const rows = restored.connection.orm.select().from(audit).all();
		expect(rows.map((row) => row.what)).toEqual(
			expect.arrayContaining(['epoch-began', 'restored'])
		);
		expect(again(place.tablet, lost)).toMatchObject([{ outcome: 'applied' }]);
	});

	test('tells the desk what came back, from how many tablets, and who is still to come', async () => {
		const [two, three] = [another(sam), another(robin)];
		two.answer(two.note(place.caseId, 'before'));
		three.answer(three.note(place.caseId, 'before'));
		const backup = await backedUp();
		const lost = [1, 2, 3].map((n) => keep(place.tablet, place.tablet.note(place.caseId, `${n}`)));
		const other = keep(three, three.note(place.caseId, 'three'));
		place.installation.close();
		await restore(backup);
		const { register } = start();
		const state = () => restoredState(register, new Date());
		expect(state()).toMatchObject({ takenAt: now.toISOString(), recovered: 0, notSeen: 3 });
		again(place.tablet, ...lost);
		expect(state()).toMatchObject({ recovered: 3, fromDevices: 1, notSeen: 2 });
		again(three, other);
		three.answer(three.note(place.caseId, 'new work is not counted as recovered'));
		expect(state()).toMatchObject({ recovered: 4, fromDevices: 2, notSeen: 1 });
		// a pull alone is a sign of life
		const report = {
			app: '1',
			unsent: 0,
			oldestUnsent: null,
			numbered: 1,
			waiting: [],
			online: []
		};
		const cursor = { epoch: null, seq: 0, bootstrap: null };
		register.pull(sam, { device: two.id, cursor, report });
		expect(state()).toMatchObject({ recovered: 4, fromDevices: 2, notSeen: 0 });
		expect(restoredState(register, new Date(Date.now() + 40 * 24 * 3_600_000))).toBeNull();
	});

	test('of another machine needs only the key and the backup', async () => {
		const backup = await backedUp();
		place.installation.close();
		rmSync(join(place.dataDir, 'LBH'), { recursive: true });
		const { aside, filesBrought } = await restore(backup);
		expect([aside, filesBrought]).toEqual([null, 1]);
		const { register, name } = start();
		expect(name).toBe('Lambeth');
		expect(register.caseFile(place.caseId).all('document')).toHaveLength(1);
	});

	test('signs everybody out: an ended session does not come back to life', async () => {
		const { token } = new Sessions(place.council.register).start(jo.id, 'password', now);
		const backup = await backedUp();
		place.installation.close();
		await restore(backup);
		expect(new Sessions(start().register).resume(token, now)).toBeNull();
	});

	test('of an older backup, twice, loses and duplicates nothing', async () => {
		const backup = await backedUp();
		const lost = keep(place.tablet, place.tablet.note(place.caseId, 'once'));
		for (let time = 0; time < 2; time += 1) {
			place.installation.close();
			await restore(backup);
			start();
			const [answer] = again(place.tablet, lost);
			expect(answer).toMatchObject({ outcome: 'applied' });
			lost.answer = answer as Answer;
		}
		expect(place.council.register.caseFile(place.caseId).all('note')).toHaveLength(1);
	});
});

describe('nothing is restored, and nothing is changed,', () => {
	const unchanged = async (act: () => Promise<unknown>, words: RegExp) => {
		const file = join(place.dataDir, 'LBH', 'register.sqlite');
		const before = existsSync(file) ? readFileSync(file) : null;
		await expect(act()).rejects.toThrow(words);
		await expect(act()).rejects.toThrow(NotRestored);
		// all but the header, where asking whether it is open leaves a mark
		if (before !== null)
			expect(readFileSync(file).subarray(100).equals(before.subarray(100))).toBe(true);
		expect(existsSync(join(place.dataDir, 'LBH', 'replaced'))).toBe(false);
	};

	test('while somebody has the register open', async () => {
		const backup = await backedUp();
		await expect(restore(backup)).rejects.toThrow(/has the register of LBH open/);
		expect(place.council.register.caseFile(place.caseId).case).toBeDefined();
	});

	test('while a backup runs', async () => {
		const backup = await backedUp();
		place.installation.close();
		const letGo = holdFile(join(place.dataDir, 'LBH', 'backup.lock'));
		await unchanged(() => restore(backup), /is running/);
		letGo?.();
	});

	test('when the backup was tampered with', async () => {
		const backup = await backedUp();
		place.installation.close();
		const file = join(backup.folder, 'register.sqlite');
		const bytes = readFileSync(file);
		bytes.fill(0x5a, 8_000, 12_000);
		writeFileSync(file, bytes);
		await unchanged(() => restore(backup), /not whole any more/);
	});

	test('when another key than the council’s is in its place', async () => {
		const backup = await backedUp();
		place.installation.close();
		writeFileSync(join(place.dataDir, 'keys', 'LBH.key'), `${'0f'.repeat(32)}\n`, { mode: 0o600 });
		await unchanged(() => restore(backup), /not signed by this council/);
	});

	test('when the backup lacks a file, unless the operator accepts that', async () => {
		const sha256 = await aDocument(place.council, place.tablet, place.caseId);
		const backup = await backedUp();
		place.installation.close();
		const name = join(sha256.slice(0, 2), sha256);
		unlinkSync(join(place.target, 'LBH', 'blobs', name));
		unlinkSync(join(place.dataDir, 'LBH', 'blobs', name));
		await unchanged(() => restore(backup), /--accept-missing-files/);
		const { missing } = await restore(backup, { acceptMissing: true });
		expect(missing).toEqual([expect.stringContaining(sha256)]);
		const { sqlite } = start().register.connection;
		const named = sqlite.prepare<[], string>('select sha256 from bytes_received').pluck().all();
		// a tablet that still has them is asked for the bytes again
		expect(named).not.toContain(sha256);
	});

	test('when the register is too damaged to tell whether it is open, unless the operator says so', async () => {
		const backup = await backedUp();
		place.installation.close();
		const file = join(place.dataDir, 'LBH', 'register.sqlite');
		writeFileSync(file, 'this was a database once');
		await unchanged(() => restore(backup), /--server-is-stopped/);
		await restore(backup, { serverIsStopped: true });
		expect(start().register.caseFile(place.caseId).case).toBeDefined();
	});
});

test('a restore broken off before its end leaves the register that was there, or one that knows', async () => {
	const backup = await backedUp();
	const folder = join(place.dataDir, 'LBH');
	const lost = keep(place.tablet, place.tablet.note(place.caseId, 'after'));
	place.installation.close();
	// as after a power cut between the register's new place and its epoch file's
	copyFileSync(join(folder, 'epoch.json'), join(place.folder, 'old-epoch.json'));
	const { epoch } = await restore(backup);
	renameSync(join(place.folder, 'old-epoch.json'), join(folder, 'epoch.json'));
	const { register } = start();
	expect(register.epoch).not.toBe(epoch);
	expect(again(place.tablet, lost)).toMatchObject([{ outcome: 'applied' }]);
	expect(restoredState(register, new Date())).toMatchObject({ recovered: 1 });
});
