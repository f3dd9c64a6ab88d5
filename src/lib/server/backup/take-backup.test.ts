import {
	existsSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	unlinkSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdFile, openRegister } from '../register/open-register.ts';
import { audit } from '../register/schema.ts';
import { backupProblems } from './backup-health.ts';
import { aDocument, aPlace, now, type Place } from './fixtures.ts';
import { readLastRun } from './last-run.ts';
import { filesOf, verifiedBackups } from './manifest.ts';
import { dropOldBackups } from './retention.ts';
import { isDue } from './schedule.ts';
import { BackupBusy, takeBackup, type BackupOptions } from './take-backup.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let place: Place;
beforeEach(async () => {
	place = await aPlace();
});
afterEach(() => {
	place.installation.close();
	rmSync(place.folder, { recursive: true, force: true });
});

const hour = 60 * 60 * 1000;
const take = (at = now, options: Partial<BackupOptions> = {}) =>
	takeBackup(place.council, {
		target: place.target,
		everyFile: false,
		now: () => at,
		progress: () => undefined,
		...options
	});
const shelf = () => join(place.target, 'LBH');
const fileIn = (folder: string, sha256: string) => join(folder, sha256.slice(0, 2), sha256);
const audited = (what: string) =>
	place.council.register.connection.orm
		.select()
		.from(audit)
		.all()
		.filter((row) => row.what === what);

test('what was verified is published, with a manifest that says what was looked at', async () => {
	const { register } = place.council;
	const head = register.head();
	const { manifest, folder } = await take();
	expect(manifest).toMatchObject({
		verified: true,
		problems: [],
		seq: head,
		takenAt: now.toISOString(),
		files: { named: 1, bytes: 4_000, copied: 1, compared: 1, comparedEarlier: 0 },
		audit: { headKnown: true }
	});
	expect(register.archivedSeq()).toBe(head);
	expect(place.tablet.pull()).toMatchObject({ archivedSeq: head });
	expect(register.backupState(now)).toMatchObject({ lastAt: now.toISOString(), releasing: true });
	expect(audited('backup-verified')).toHaveLength(1);
	expect(readLastRun(place.council.folder)).toMatchObject({ ok: true, problems: [] });
	expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest);
});

test('the receipt key is in no file of a backup, and nobody else may read any of it', async () => {
	await take();
	const key = readFileSync(join(place.dataDir, 'keys', 'LBH.key'), 'utf8').trim();
	const names = readdirSync(place.target, { recursive: true, encoding: 'utf8' });
	expect(names.length).toBeGreaterThan(4);
	for (const name of names) {
		const path = join(place.target, name);
		expect(statSync(path).mode & 0o077, name).toBe(0);
		if (!statSync(path).isFile()) continue;
		const content = readFileSync(path);
		expect(content.includes(key), name).toBe(false);
		expect(content.includes(Buffer.from(key, 'hex')), name).toBe(false);
	}
});

test('the next backup copies only what is new, and says what it compared', async () => {
	await take();
	await aDocument(place.council, place.tablet, place.caseId);
	const { manifest } = await take(new Date(now.getTime() + hour), { everyFile: true });
	expect(manifest.files).toMatchObject({ named: 2, copied: 1, compared: 2, comparedEarlier: 0 });
	const compared = new Set<number>();
	for (let day = 2; day < 9; day += 1) {
		const { files } = (await take(new Date(now.getTime() + day * 24 * hour))).manifest;
		expect(files.compared + files.comparedEarlier).toBe(2);
		if (files.compared > 0) compared.add(day);
	}
	// each file is read again once within a week
	expect(compared.size).toBeGreaterThan(0);
});

test('a file that is missing where the register keeps it publishes nothing, and is named', async () => {
	const { register, folder } = place.council;
	const sha256 = await aDocument(place.council, place.tablet, place.caseId);
	unlinkSync(fileIn(join(folder, 'blobs'), sha256));
	const { manifest, name } = await take();
	expect(manifest.verified).toBe(false);
	expect(manifest.problems).toEqual([expect.stringContaining(sha256)]);
	expect(register.archivedSeq()).toBe(0);
	expect(register.backupState(now).releasing).toBe(false);
	expect(audited('backup-verified')).toEqual([]);
	expect(name).toMatch(/\.failed$/);
	expect(verifiedBackups(place.target, 'LBH')).toEqual([]);
	expect(backupProblems(place.council, now)).toEqual([
		'Backup is not set up for Lambeth: tablets keep everything.',
		expect.stringContaining('did not pass')
	]);
});

test('a file that changed where the register keeps it publishes nothing', async () => {
	const sha256 = await aDocument(place.council, place.tablet, place.caseId);
	writeFileSync(fileIn(join(place.council.folder, 'blobs'), sha256), Buffer.alloc(4_000, 1));
	const { manifest } = await take();
	expect(manifest.problems).toEqual([`The file ${sha256} is damaged where the register keeps it.`]);
	expect(place.council.register.archivedSeq()).toBe(0);
});

test('a file that changed in the target is found when it is read again, and brought anew', async () => {
	const first = await take();
	expect(first.manifest.verified).toBe(true);
	const [sha256] = readdirSync(filesOf(place.target, 'LBH'), { recursive: true, encoding: 'utf8' })
		.map((name) => name.split('/').at(-1) ?? '')
		.filter((name) => name.length === 64);
	const inTarget = fileIn(filesOf(place.target, 'LBH'), sha256 ?? '');
	const good = readFileSync(inTarget);
	writeFileSync(inTarget, Buffer.alloc(good.byteLength, 7));
	const { manifest } = await take(new Date(now.getTime() + hour), { everyFile: true });
	expect(manifest).toMatchObject({ verified: true, files: { copied: 1 } });
	expect(readFileSync(inTarget).equals(good)).toBe(true);
});

test('an audit that was tampered with publishes nothing', async () => {
	const { sqlite } = place.council.register.connection;
	sqlite.exec('drop trigger audit_never_altered');
	sqlite.exec(`update audit set body = '{}' where n = 2`);
	const { manifest } = await take();
	expect(manifest.problems).toEqual([expect.stringContaining('broken at row 2')]);
	expect(place.council.register.archivedSeq()).toBe(0);
});

test('a link to nowhere publishes nothing', async () => {
	const { sqlite } = place.council.register.connection;
	sqlite.pragma('foreign_keys = OFF');
	sqlite.exec(
		`insert into scope (officer_id, case_id, reason) values ('nobody', 'nothing', 'opened')`
	);
	const { manifest } = await take();
	expect(manifest.problems).toEqual([expect.stringContaining('(scope)')]);
	expect(place.council.register.archivedSeq()).toBe(0);
});

test('two backups of a council never run at once, and the lock of a dead one holds nobody', async () => {
	const letGo = holdFile(join(place.council.folder, 'backup.lock'));
	await expect(take()).rejects.toThrow(BackupBusy);
	expect(existsSync(shelf())).toBe(false);
	letGo?.();
	expect((await take()).manifest.verified).toBe(true);
});

test('a backup too old is a fault, tablets hear it, and a newer one mends it', async () => {
	await take();
	const { register } = place.council;
	const later = new Date(now.getTime() + 27 * hour);
	expect(backupProblems(place.council, new Date(now.getTime() + 25 * hour))).toEqual([]);
	expect(backupProblems(place.council, later)).toEqual([
		expect.stringContaining('more than 26 hours ago')
	]);
	expect(register.backupState(later).releasing).toBe(false);
	await take(later);
	expect(register.backupState(later).releasing).toBe(true);
});

test('what an interrupted run left is cleared away, and a reader finds only whole backups', async () => {
	await take();
	const { folder } = verifiedBackups(place.target, 'LBH')[0] ?? { folder: '' };
	const { mkdirSync, copyFileSync } = await import('node:fs');
	const half = join(shelf(), '.making-2026-03-01T02-00-00Z');
	mkdirSync(half);
	copyFileSync(join(folder, 'register.sqlite'), join(half, 'register.sqlite'));
	expect(verifiedBackups(place.target, 'LBH')).toHaveLength(1);
	await take(new Date(now.getTime() + hour));
	expect(existsSync(half)).toBe(false);
});

test('old backups go with the files only they named; the newest stay however old', async () => {
	const day = 24 * hour;
	const at = (n: number) => new Date(now.getTime() + n * day);
	await take(at(0));
	const gone = await aDocument(place.council, place.tablet, place.caseId);
	await take(at(1));
	// a register that no longer names it, as after an erasure act
	place.council.register.connection.sqlite.exec(
		`delete from bytes_received where sha256 = '${gone}'; delete from blob where sha256 = '${gone}'`
	);
	for (const n of [2, 3, 4]) await take(at(n));
	const keepDays = 2;
	expect(await dropOldBackups(place.target, 'LBH', { keepDays: 3_650, now: at(100) })).toEqual([]);
	expect(await dropOldBackups(place.target, 'LBH', { keepDays, now: at(100) })).toHaveLength(2);
	expect(verifiedBackups(place.target, 'LBH')).toHaveLength(3);
	expect(existsSync(fileIn(filesOf(place.target, 'LBH'), gone))).toBe(false);
	for (const { folder } of verifiedBackups(place.target, 'LBH')) {
		const { sqlite } = openRegister(join(folder, 'register.sqlite'), { readonly: true });
		for (const sha256 of sqlite.prepare<[], string>('select sha256 from blob').pluck().all())
			expect(existsSync(fileIn(filesOf(place.target, 'LBH'), sha256))).toBe(true);
		sqlite.close();
	}
});

test.each([
	['there has never been one', null, null, true],
	['the last is recent', 11, 11, false],
	['the last is as old as the interval', 12, 12, true],
	['a run failed a moment ago', 30, 0.1, false],
	['a run failed a while ago', 30, 0.3, true]
])('whether one is due: %s', (_, lastHours, triedHours, due) => {
	const before = (hours: number | null) =>
		hours === null ? null : new Date(now.getTime() - hours * hour).toISOString();
	expect(isDue({ lastAt: before(lastHours), triedAt: before(triedHours) }, 12, now)).toBe(due);
});
