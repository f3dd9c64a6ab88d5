import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { verifyAudit } from './audit.ts';
import { chained, chainStart, type AuditRow } from './audit-log.ts';
import { caseOf, jo, TestDevice, withOfficers } from './fixtures.ts';
import { openRegister, type RegisterConnection } from './open-register.ts';
import { ReceiptKeys } from './receipt.ts';
import { Register } from './register.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let rows: number;
let copy: RegisterConnection;
const keys = new ReceiptKeys([randomBytes(32)]);
const at = (name: string) => join(folder, name);
const open = (file: string) =>
	Register.open(at(file), {
		keys,
		epochFile: at('epoch.json'),
		auditHeadFile: at('audit-head.json')
	});

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-audit-'));
	const register = withOfficers(open('register.sqlite'));
	const device = new TestDevice(register, jo);
	for (let i = 0; i < 5; i += 1) {
		const caseId = caseOf(register, jo);
		device.answers(['Side gate', 'Oak in garden'].map((text) => device.note(caseId, text)));
	}
	register.keepInScope(
		jo.id,
		register.caseIdFor('26-00100-hh') ?? caseOf(register, null),
		'opened',
		'2099-01-01T00:00:00.000Z'
	);
	const verdict = verifyAudit(register);
	rows = verdict.whole ? verdict.rows : 0;
	register.close();
	copyFileSync(at('register.sqlite'), at('copy.sqlite'));
	copy = openRegister(at('copy.sqlite'));
	for (const trigger of copy.sqlite
		.prepare<[], string>(`select name from sqlite_master where type = 'trigger'`)
		.pluck()
		.all())
		copy.sqlite.exec(`drop trigger "${trigger}"`);
});
afterAll(() => {
	copy.sqlite.close();
	rmSync(folder, { recursive: true });
});

/** What is found after somebody with the file in hand has taken the guards off and changed something; then undone. */
function tampered(act: (sqlite: RegisterConnection['sqlite']) => void) {
	const { sqlite } = copy;
	sqlite.exec('begin');
	try {
		act(sqlite);
		return verifyAudit({ connection: copy, keys, auditHeadFile: at('audit-head.json') });
	} finally {
		sqlite.exec('rollback');
	}
}

/** The same sequence for the same seed (mulberry32). */
function seeded(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
	};
}

describe('the audit chain', () => {
	test('is whole as written, and its signed head is known', () => {
		const register = open('register.sqlite');
		expect(verifyAudit(register)).toEqual({ whole: true, rows, erased: 0, headKnown: true });
		expect(rows).toBeGreaterThan(20);
		register.close();
	});

	test('every random alteration, deletion, insertion, swap and cut is detected', () => {
		const seed = 20260303;
		const below = seeded(seed);
		const acts: [string, (sqlite: RegisterConnection['sqlite']) => void][] = [];
		for (let i = 0; i < 100; i += 1) {
			const n = 1 + below(rows);
			const other = 1 + ((n + below(rows - 1)) % rows);
			const column = ['at', 'what', 'body', 'hash'][below(4)] as string;
			acts.push(
				[
					`alter ${column} of ${n}`,
					(sqlite) =>
						sqlite.prepare(`update audit set ${column} = ${column} || ' ' where n = ?`).run(n)
				],
				[`delete ${n}`, (sqlite) => sqlite.prepare('delete from audit where n = ?').run(n)],
				[
					`delete ${n} and close the gap`,
					(sqlite) => {
						sqlite.prepare('delete from audit where n = ?').run(n);
						sqlite.prepare('update audit set n = -n where n > ?').run(n);
						sqlite.prepare('update audit set n = -n - 1 where n < 0').run();
					}
				],
				[
					`insert after ${n}`,
					(sqlite) => {
						sqlite.prepare('update audit set n = -n where n > ?').run(n);
						sqlite.prepare('update audit set n = -n + 1 where n < 0').run();
						sqlite
							.prepare(
								'insert into audit select n + 1, at, what, body, hash from audit where n = ?'
							)
							.run(n);
					}
				],
				[
					`swap ${n} and ${other}`,
					(sqlite) => {
						sqlite.prepare('update audit set n = -1 where n = ?').run(n);
						sqlite.prepare('update audit set n = ? where n = ?').run(n, other);
						sqlite.prepare('update audit set n = ? where n = -1').run(other);
					}
				],
				[`cut after ${n - 1}`, (sqlite) => sqlite.prepare('delete from audit where n >= ?').run(n)]
			);
		}
		const missed = acts
			.filter(([name, act]) => tampered(act).whole && name !== '')
			.map(([name]) => name);
		expect(missed, `seed ${seed}`).toEqual([]);
	});

	test('a chain that was wholly recomputed after a change is not the published one', () => {
		const verdict = tampered((sqlite) => {
			sqlite.exec(`update audit set at = '2020-01-01T00:00:00.000Z' where n = 3`);
			let before = chainStart;
			for (const row of sqlite.prepare<[], AuditRow>('select * from audit order by n').all()) {
				before = chained(before, row);
				sqlite.prepare('update audit set hash = ? where n = ?').run(before, row.n);
			}
		});
		expect(verdict).toMatchObject({
			whole: false,
			problem: expect.stringMatching(/published/) as string
		});
	});

	test('says which row is the first that was changed', () => {
		const verdict = tampered((sqlite) =>
			sqlite.prepare(`update audit set at = '2020-01-01T00:00:00.000Z' where n = 7`).run()
		);
		expect(verdict).toMatchObject({ whole: false, at: 7 });
	});

	test.each([
		[`update command_log set envelope = replace(envelope, 'Side gate', 'Side door')`],
		[`update command_log set outcome = 'refused' where name = 'write-note'`],
		[`delete from command_log where id = (select max(id) from command_log)`],
		[
			`insert into command_log select 'x', payload_hash, envelope, name, actor, device, device_seq,
			case_id, outcome, code, detail, -1, epoch, receipt, original_seq, received_at
			from command_log limit 1`
		]
	])('answered commands are held against the chain: %s', (sql) => {
		expect(tampered((sqlite) => sqlite.exec(sql)).whole).toBe(false);
	});

	test('a head that somebody else has signed is no head', () => {
		const file = at('audit-head.json');
		const kept = readFileSync(file, 'utf8');
		writeFileSync(file, kept.replace(/"n":\d+/, '"n":1'));
		const register = openRegister(at('register.sqlite'), { readonly: true });
		const verified = { connection: register, keys, auditHeadFile: file };
		expect(verifyAudit(verified)).toMatchObject({ whole: false, at: 0 });
		writeFileSync(file, kept);
		expect(verifyAudit(verified).whole).toBe(true);
		register.sqlite.close();
	});

	test('a chain cut behind its published head stays cut, however often the register is opened', () => {
		copyFileSync(at('register.sqlite'), at('cut.sqlite'));
		const cut = openRegister(at('cut.sqlite'));
		for (const trigger of cut.sqlite
			.prepare<[], string>(`select name from sqlite_master where type = 'trigger'`)
			.pluck()
			.all())
			cut.sqlite.exec(`drop trigger "${trigger}"`);
		cut.sqlite.exec(`delete from audit where n = (select max(n) from audit)`);
		cut.sqlite.close();
		const kept = readFileSync(at('audit-head.json'), 'utf8');
		const register = open('cut.sqlite');
		caseOf(register, null);
		register.close();
		expect(readFileSync(at('audit-head.json'), 'utf8')).toBe(kept);
		const again = open('cut.sqlite');
		expect(verifyAudit(again).whole).toBe(false);
		again.close();
	});

	test('a chain cut back right after a crash shows, though everything else agrees with the cut', () => {
		const crashed = Register.open(at('crashed.sqlite'), {
			keys,
			epochFile: at('crashed-epoch.json'),
			auditHeadFile: at('crashed-head.json')
		});
		withOfficers(crashed);
		const device = new TestDevice(crashed, jo);
		const inCase = caseOf(crashed, jo);
		const note = device.note(inCase, 'Said, and to be denied');
		device.answer(note);
		// the process dies here: nothing is flushed or closed, and the disk has what was written
		for (const name of ['crashed.sqlite', 'crashed.sqlite-wal', 'crashed-head.json.latest'])
			copyFileSync(at(name), at(name.replace('crashed', 'found')));
		crashed.close();
		const found = openRegister(at('found.sqlite'));
		const verified = { connection: found, keys, auditHeadFile: at('found-head.json') };
		expect(verifyAudit(verified)).toMatchObject({ whole: true, headKnown: true });
		for (const trigger of found.sqlite
			.prepare<[], string>(`select name from sqlite_master where type = 'trigger'`)
			.pluck()
			.all())
			found.sqlite.exec(`drop trigger "${trigger}"`);
		found.sqlite.pragma('foreign_keys = OFF');
		found.sqlite.exec('delete from audit where n = (select max(n) from audit)');
		found.sqlite.prepare('delete from command_log where id = ?').run(note.id);
		expect(verifyAudit(verified)).toMatchObject({
			whole: false,
			problem: expect.stringMatching(/was published/) as string
		});
		found.sqlite.close();
	});

	test('half a head that a power cut has left says nothing, and a forged one is known', () => {
		copyFileSync(at('register.sqlite'), at('torn.sqlite'));
		const torn = openRegister(at('torn.sqlite'));
		const file = at('torn-head.json');
		const verified = { connection: torn, keys, auditHeadFile: file };
		const whole = readFileSync(at('audit-head.json.latest'), 'utf8');
		writeFileSync(`${file}.latest`, '\0'.repeat(512));
		expect(verifyAudit(verified)).toMatchObject({ whole: true, headKnown: false });
		writeFileSync(`${file}.latest`, whole.replace(/"n":\d+/, '"n":1'));
		expect(verifyAudit(verified)).toMatchObject({ whole: false, at: 0 });
		writeFileSync(`${file}.latest`, whole);
		expect(verifyAudit(verified)).toMatchObject({ whole: true, headKnown: true });
		torn.sqlite.close();
	});

	test('a head that cannot be written stops no officer, and is said', () => {
		const register = Register.open(':memory:', { auditHeadFile: at('no-such-folder/head.json') });
		withOfficers(register);
		for (let i = 0; i < 100; i += 1) caseOf(register, null);
		expect(register.problem()).toMatch(/cannot be written/);
		register.close();
	});

	test('erasing a person’s salt breaks no chain', () => {
		const verdict = tampered((sqlite) => {
			sqlite.exec('delete from audit_salt where n % 2 = 0');
		});
		expect(verdict).toMatchObject({ whole: true, rows });
		expect(verdict).not.toMatchObject({ erased: 0 });
	});

	test('holds no words that a person wrote', () => {
		const register = openRegister(at('register.sqlite'), { readonly: true });
		const bodies = register.sqlite.prepare<[], string>('select body from audit').pluck().all();
		expect(bodies.join('\n')).not.toMatch(/Side gate|Oak|Jo Bell|Rye Lane/);
		register.sqlite.close();
	});

	test.each(['audit', 'command_log', 'change_log'])('%s refuses changes and deletions', (table) => {
		const { sqlite } = openRegister(at('register.sqlite'));
		const column = table === 'audit' ? 'at' : table === 'command_log' ? 'actor' : 'op';
		expect(() => sqlite.exec(`update ${table} set ${column} = ''`)).toThrow(/never altered/);
		expect(() => sqlite.exec(`delete from ${table}`)).toThrow(/never deleted/);
		sqlite.close();
	});
});
