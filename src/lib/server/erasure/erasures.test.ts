import {
	appendFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { restoreCouncil } from '../backup/restore-council.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { verifiedBackups, type KeptBackup } from '../backup/manifest.ts';
import { openInstallation, type Council, type Installation } from '../installation.ts';
import { retirePayload } from '../intake/desk.ts';
import { fileSubmission, type Filed } from '../intake/file-submission.ts';
import { bytesOf, submission } from '../intake/fixtures.ts';
import { verifyAudit } from '../register/audit.ts';
import { jo, TestDevice, withOfficers } from '../register/fixtures.ts';
import { tablesHolding } from './fixtures.ts';
import { countApplied } from './apply-erasures.ts';
import { ErasureLedger, readLedger } from './ledger.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

const now = new Date('2026-03-03T09:00:00.000Z');
let folder: string;
let installation: Installation;
let council: Council;
let filed: Filed;
let tablet: TestDevice;

const dataDir = () => join(folder, 'data');
const target = () => join(folder, 'backups');
const ledgerFile = () => join(dataDir(), 'LBH', 'erasures.jsonl');

function start(): void {
	installation = openInstallation(dataDir());
	council = installation.council('LBH') as Council;
	if (tablet !== undefined) Object.assign(tablet, { register: council.register });
}
const send = () =>
	fileSubmission(council.register, bytesOf(submission()), {
		sender: 'import',
		council: 'LBH',
		whateverItNames: true,
		now
	});
const erase = () =>
	retirePayload(council.register, jo, { id: filed.payloadId, reason: 'Asked for.', now });
async function backedUp(): Promise<KeptBackup> {
	const progress = () => undefined;
	await takeBackup(council, {
		target: target(),
		everyFile: false,
		now: () => new Date(),
		progress
	});
	return verifiedBackups(target(), 'LBH')[0] as KeptBackup;
}
async function restored(backup: KeptBackup): Promise<void> {
	installation.close();
	await restoreCouncil(backup, {
		...{ dataDir: dataDir(), target: target(), now: () => new Date(), progress: () => undefined },
		...{ serverIsStopped: false, acceptMissing: false }
	});
	start();
}

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-erasure-'));
	installation = openInstallation(dataDir());
	council = installation.addCouncil({ code: 'LBH', name: 'Lambeth', host: 'localhost' });
	withOfficers(council.register);
	filed = send();
	const officerId = jo.id;
	const caseId = filed.caseId ?? '';
	council.register.performAs('system', [{ name: 'assign-case', caseId, payload: { officerId } }]);
	tablet = new TestDevice(council.register, jo);
});
afterEach(() => {
	installation.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Words that only the payload brought: an e-mail address of somebody it names. */
function personal(): string {
	const [email] = council.register
		.caseFile(filed.caseId ?? '')
		.all('person')
		.flatMap((one) => one.email ?? []);
	if (email === undefined) throw new Error('The submission names no e-mail address.');
	return email;
}

const holds = (words: string) => tablesHolding(council.register, words);

describe('what an erasure act takes away', () => {
	test('is in no table afterwards, leaves the audit whole, and reaches devices', () => {
		const words = personal();
		expect(holds(words)).toEqual(
			expect.arrayContaining(['command_log', 'person', 'submission_payload'])
		);
		const { cursor } = tablet.pull();
		expect(erase()).toEqual({ retired: true });
		expect(holds(words)).toEqual([]);
		expect(verifyAudit(council.register)).toMatchObject({ whole: true, erased: 1 });
		const page = tablet.pull(cursor);
		const kinds = new Set(page.records.map(({ kind }) => kind));
		expect([kinds.has('submission'), kinds.has('person')]).toEqual([true, true]);
		expect(JSON.stringify(page)).not.toContain(words);
		const file = council.register.caseFile(filed.caseId ?? '');
		expect(file.all('submission')[0]?.answers).toEqual([]);
		expect(file.all('person')[0]?.name).not.toBe('');
	});

	test('is in the ledger first, and stays away when the power goes before the register has it', () => {
		const words = personal();
		const sha256 = shaOfPayload();
		const act = { payload: filed.payloadId, sha256, caseId: filed.caseId, by: jo.id, reason: 'x' };
		new ErasureLedger(ledgerFile()).append({ at: now.toISOString(), ...act });
		expect(holds(words)).not.toEqual([]);
		installation.close();
		start();
		expect(holds(words)).toEqual([]);
		expect(countApplied(council.register)).toBe(1);
	});

	test('stays away after a restore from before it, also on another machine', async () => {
		const words = personal();
		const before = await backedUp();
		erase();
		await restored(before);
		expect(holds(words)).toEqual([]);
		expect(countApplied(council.register)).toBe(1);
		expect(verifyAudit(council.register)).toMatchObject({ whole: true });
		// the ledger travels beside the backups
		await backedUp();
		installation.close();
		rmSync(join(dataDir(), 'LBH'), { recursive: true });
		await restored(before);
		expect(existsSync(ledgerFile())).toBe(true);
		expect(holds(words)).toEqual([]);
	});

	test('stays away when it is submitted again after a restore that had lost it', async () => {
		const words = personal();
		erase();
		installation.close();
		// as a register from before the submission
		const kept = readFileSync(ledgerFile());
		rmSync(dataDir(), { recursive: true });
		installation = openInstallation(dataDir());
		council = installation.addCouncil({ code: 'LBH', name: 'Lambeth', host: 'localhost' });
		writeFileSync(ledgerFile(), kept);
		expect(send()).toMatchObject({ state: 'created' });
		expect(holds(words)).toEqual([]);
	});
});

const shaOfPayload = (): string =>
	council.register.connection.sqlite
		.prepare<[string], string>('select sha256 from submission_payload where id = ?')
		.pluck()
		.get(filed.payloadId) ?? '';

describe('the erasure ledger', () => {
	test('is chained: a changed, missing or added line is found', () => {
		erase();
		const act = { payload: 'a', sha256: 'b', caseId: null, by: 'c', reason: 'd' };
		new ErasureLedger(ledgerFile()).append({ at: now.toISOString(), ...act });
		const good = readFileSync(ledgerFile(), 'utf8');
		expect(readLedger(ledgerFile())).toMatchObject({
			problem: null,
			entries: [{ n: 1 }, { n: 2 }]
		});
		const lines = good.split('\n');
		for (const [what, bad, from] of [
			['changed', good.replace('Asked for.', 'Not asked'), 1],
			['missing', lines.slice(1).join('\n'), 1],
			['swapped', [lines[1], lines[0], ''].join('\n'), 1],
			['added', good + (lines[0] ?? '') + '\n', 3]
		] as const) {
			writeFileSync(ledgerFile(), bad);
			expect(readLedger(ledgerFile()).problem, what).toContain(`entry ${from} on`);
		}
	});

	test('a line that the power cut in half is not believed, and the next one takes its place', () => {
		erase();
		appendFileSync(ledgerFile(), '{"n":2,"at":"2026');
		expect(readLedger(ledgerFile())).toMatchObject({ problem: null, entries: [{ n: 1 }] });
		const act = { payload: 'a', sha256: 'b', caseId: null, by: 'c', reason: 'd' };
		new ErasureLedger(ledgerFile()).append({ at: now.toISOString(), ...act });
		expect(readLedger(ledgerFile())).toMatchObject({
			problem: null,
			entries: [{ n: 1 }, { n: 2 }]
		});
	});
});

test('an answered command can lose its content by an erasure act, and change in no other way', () => {
	const { sqlite } = council.register.connection;
	const alter = (set: string) => () =>
		sqlite.exec(`update command_log set ${set} where name = 'file-case'`);
	for (const set of [
		`envelope = '{}'`,
		`outcome = 'refused'`,
		`envelope = json_set(envelope, '$.payload', json_object('erased', 1)), actor = 'x'`,
		`envelope = json_set(envelope, '$.payload', json_object('erased', 'x'))`,
		`envelope = json_set(envelope, '$.payload', json_object('erased', 1), '$.actor', 'x')`,
		`envelope = json_set(envelope, '$.payload', json_object('erased', 1, 'more', 2))`
	])
		expect(alter(set), set).toThrow(/never altered/);
	expect(
		alter(`envelope = json_set(envelope, '$.payload', json_object('erased', 1))`)
	).not.toThrow();
	expect(() => sqlite.exec('delete from command_log')).toThrow(/never deleted/);
});
