import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesOf, submission } from '#lib/server/intake/fixtures.ts';
import { openInstallation } from '#lib/server/installation.ts';
import type { Terminal } from './command.ts';
import { main } from './main.ts';

let folder: string;
let typed: string;
let env: Record<string, string>;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-cli-'));
	typed = '';
	env = { DATA_DIR: 'data' };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function bops(...words: string[]): Promise<{ code: number; out: string; err: string }> {
	let out = '';
	let err = '';
	const terminal: Terminal = {
		out: (line) => (out += `${line}\n`),
		err: (text) => (err += text),
		watched: false,
		stdin: Readable.from([typed]),
		folder,
		env,
		now: () => new Date('2026-03-03T14:05:00.000Z')
	};
	return { code: await main(words, terminal), out, err };
}
const lambeth = () => bops('council', 'add', 'LBH', '--name', 'Lambeth', '--host', 'localhost');
const southwark = () => bops('council', 'add', 'SWK', '--name', 'Southwark', '--host', 's.example');
const put = (name: string, content: Uint8Array | string) =>
	writeFileSync(join(folder, name), content);

describe('help', () => {
	test('the list of commands, and each command’s own help, end with 0', async () => {
		const { code, out } = await bops('--help');
		expect(code).toBe(0);
		const names = [...out.matchAll(/npx bops ([a-z]+(?: [a-z]+)?) {2,}/g)].map(
			([, name]) => name ?? ''
		);
		expect(names).toContain('import odp');
		for (const name of names) {
			const help = await bops(...name.split(' '), '--help');
			expect(help).toMatchObject({ code: 0, err: '' });
			expect(help.out).toContain(`npx bops ${name}`);
		}
	});

	test.each([[[]], [['nonsense']], [['import']], [['import', 'mhclg']]])(
		'%j ends with 1 and says what there is',
		async (words) => {
			const { code, out, err } = await bops(...words);
			expect(code).toBe(1);
			expect(out).toBe('');
			expect(err).toMatch(/npx bops/);
		}
	);

	test('an option that is not there is named', async () => {
		const { code, err } = await bops('council', 'list', '--colour');
		expect(code).toBe(1);
		expect(err).toMatch(/--colour/);
	});
});

describe('councils', () => {
	test('a council is added once, and its faults are said in words', async () => {
		expect((await lambeth()).code).toBe(0);
		const again = await lambeth();
		expect(again).toMatchObject({ code: 1, out: '' });
		expect(again.err).toMatch(/already/);
		const wrong = await bops('council', 'add', 'L1', '--name', 'X', '--host', 'https://x');
		expect(wrong.code).toBe(1);
		expect(wrong.err).toMatch(/two to five capital letters.*without https/);
		const list = await bops('council', 'list', '--json');
		expect(JSON.parse(list.out)).toEqual({
			councils: [{ code: 'LBH', name: 'Lambeth', host: 'localhost', officers: 0 }]
		});
	});

	test('without an installation every command says how to begin, and makes no folder', async () => {
		const { code, err } = await bops('officer', 'list');
		expect(code).toBe(1);
		expect(err).toMatch(/Add a council first/);
		expect((await bops('officer', 'list')).code).toBe(1);
	});

	test('with several councils one has to be named', async () => {
		await lambeth();
		await southwark();
		const { code, err } = await bops('officer', 'list');
		expect(code).toBe(1);
		expect(err).toMatch(/--council: LBH, SWK/);
		expect((await bops('officer', 'list', '--council', 'swk')).code).toBe(0);
	});
});

describe('officers and tokens', () => {
	const add = (...more: string[]) =>
		bops(
			...['officer', 'add', '--name', 'Ann Lee', '--email', 'ann@council.example'],
			...['--initials', 'al', '--role', 'administrator', ...more]
		);

	test('an officer is added with a made password, listed, and leaves', async () => {
		await lambeth();
		const added = await add('--role', 'reviewer');
		expect(added.code).toBe(0);
		expect(added.out).toMatch(/shown this once: ([a-z2-9]{5}-){3}[a-z2-9]{5}\n/);
		expect((await add()).err).toMatch(/already has the e-mail address/);
		const list = await bops('officer', 'list', '--json');
		expect(JSON.parse(list.out)).toMatchObject({
			officers: [{ initials: 'AL', roles: ['administrator', 'reviewer'], active: true }]
		});
		expect((await bops('officer', 'deactivate', 'ann@council.example')).err).toMatch(
			/only administrator/
		);
		expect((await bops('officer', 'deactivate', 'nobody@council.example')).code).toBe(1);
	});

	test('a password comes by standard input; a short one adds nobody', async () => {
		await lambeth();
		typed = 'short\n';
		expect(await add('--password-stdin')).toMatchObject({ code: 1, out: '' });
		typed = 'three random words\n';
		const added = await add('--password-stdin');
		expect(added.code).toBe(0);
		expect(added.out).not.toMatch(/three random words/);
	});

	test('roles, initials and addresses that are none are named', async () => {
		await lambeth();
		const { code, err } = await bops(
			...['officer', 'add', '--name', 'A', '--email', 'a', '--initials', 'abcd'],
			...['--role', 'king']
		);
		expect(code).toBe(1);
		expect(err).toMatch(
			/address is not one.*Initials are.*at least one --role|Initials are.*--role/
		);
	});

	test('a token is shown once, listed without itself, and revoked once', async () => {
		await lambeth();
		const added = await bops('token', 'add', 'PlanX', '--days', '30', '--json');
		expect(added.code).toBe(0);
		const { token } = JSON.parse(added.out) as { token: string };
		expect(token).toMatch(/^bops_[\w-]{43}$/);
		const list = await bops('token', 'list', '--json');
		expect(list.out).not.toContain(token);
		expect(JSON.parse(list.out)).toMatchObject({
			tokens: [{ name: 'PlanX', expiresAt: '2026-04-02T14:05:00.000Z', revokedAt: null }]
		});
		expect((await bops('token', 'add', 'PlanX')).code).toBe(1);
		expect((await bops('token', 'revoke', 'PlanX')).code).toBe(0);
		expect((await bops('token', 'revoke', 'PlanX')).code).toBe(1);
		expect((await bops('token', 'add', 'X', '--days', 'many')).err).toMatch(/not a number of days/);
	});
});

describe('import odp', () => {
	test('prints exactly one object of the agreed form, and the same cases the second time', async () => {
		await lambeth();
		put('a.json', bytesOf(submission()));
		const first = await bops('import', 'odp', '--json', 'a.json');
		expect(first).toMatchObject({ code: 0, err: '' });
		const summary = JSON.parse(first.out) as { cases: { reference: string }[] };
		expect(summary).toEqual({
			read: 1,
			created: 1,
			existing: 0,
			repair: 0,
			documentsMissing: 1,
			cases: [
				{
					reference: expect.stringMatching(/^26-00100-/) as string,
					source: 'sub-1',
					gaps: expect.any(Array) as string[]
				}
			]
		});
		const second = await bops('import', 'odp', '--json', 'a.json');
		expect(JSON.parse(second.out)).toEqual({ ...summary, created: 0, existing: 1 });
	});

	test('each file goes to the council it names; a council that is not here is a sentence', async () => {
		await lambeth();
		await southwark();
		put('l.json', bytesOf(submission({ id: 'l' })));
		put('s.json', bytesOf(submission({ id: 's', organisation: 'swk' })));
		put('x.json', bytesOf(submission({ id: 'x', organisation: 'XYZ' })));
		put('n.json', bytesOf(submission({ id: 'n', organisation: null })));
		put('broken.json', '{"metadata":');
		const { code, out, err } = await bops(
			...['import', 'odp', '--json', 'l.json', 's.json', 'x.json', 'n.json', 'broken.json']
		);
		expect(code).toBe(1);
		expect(JSON.parse(out)).toMatchObject({ read: 2, created: 2 });
		expect(err.trim().split('\n')).toEqual([
			'x.json: it names the council “XYZ”, which is not here. Say where it belongs with --council.',
			'n.json: it names no council (metadata.organisation). Say where it belongs with --council.',
			expect.stringMatching(/^broken\.json: .*not JSON.*--council\.$/) as string
		]);
		const forced = await bops('import', 'odp', '--json', '--council', 'LBH', 'x.json', 'n.json');
		expect(forced.code).toBe(0);
		expect(JSON.parse(forced.out)).toMatchObject({ created: 2 });
	});

	test('what cannot become a case is kept in the queue, each problem by its path', async () => {
		await lambeth();
		put('broken.json', '{"metadata":{"organisation":"LBH"},"data":{}}');
		const { code, out, err } = await bops('import', 'odp', '--json', 'broken.json');
		expect(code).toBe(1);
		expect(JSON.parse(out)).toMatchObject({ read: 1, created: 0, repair: 1, cases: [] });
		expect(err).toMatch(/intake queue of LBH/);
		expect(err).toMatch(/data\.application\.type\.value: The application type is missing/);
	});

	test('a hundred megabytes, a missing file and a folder stop nothing else', async () => {
		await lambeth();
		put('a.json', bytesOf(submission()));
		put('big.json', '');
		truncateSync(join(folder, 'big.json'), 100 * 1024 * 1024);
		const { code, out, err } = await bops(
			...['import', 'odp', '--json', '--council', 'LBH', 'big.json', 'none.json', '.', 'a.json']
		);
		expect(code).toBe(1);
		expect(JSON.parse(out)).toMatchObject({ read: 1, created: 1 });
		expect(err.trim().split('\n')).toEqual([
			'big.json: it has 100 MB, and a submission has at most 20 MB. It was not read, and stays where it is.',
			'none.json: there is no such file.',
			'.: this is a folder; name the files in it.'
		]);
	});
});

describe('checks', () => {
	test('a whole audit verifies, a changed one does not', async () => {
		await lambeth();
		put('a.json', bytesOf(submission()));
		await bops('import', 'odp', 'a.json');
		expect(await bops('verify', '--files')).toMatchObject({ code: 0 });
		const installation = openInstallation(join(folder, 'data'));
		const { sqlite } = installation.councils()[0]?.register.connection ?? {};
		const triggers = sqlite
			?.prepare<[], string>(
				`select name from sqlite_master where type = 'trigger' and tbl_name = 'audit'`
			)
			.pluck()
			.all();
		for (const trigger of triggers ?? []) sqlite?.exec(`drop trigger "${trigger}"`);
		sqlite?.exec(`update audit set body = '{}' where n = 2`);
		installation.close();
		const { code, out } = await bops('verify');
		expect(code).toBe(1);
		expect(out).toMatch(/broken at row 2/);
	});

	test('the doctor names what is wrong, and what would mend it', async () => {
		await lambeth();
		env['DOCUMENT_HOSTS'] = 'https://x';
		const { code, out } = await bops('doctor');
		expect(code).toBe(1);
		expect(out).toMatch(/LBH has no administrator.*officer add/);
		expect(out).toMatch(/no second copy of the receipt key of LBH/);
		expect(out).toMatch(/no second copy of the sealing key of LBH.*LBH\.seal\.pem/);
		expect(out).toMatch(/DOCUMENT_HOSTS has "https:\/\/x"/);
	});
});

describe('backups', () => {
	test('say where they went and what was compared; without a target nothing is guessed', async () => {
		await lambeth();
		const lost = await bops('backup');
		expect(lost).toMatchObject({ code: 1, out: '' });
		expect(lost.err).toMatch(/--to FOLDER or BACKUP_DIR/);
		env['BACKUP_DIR'] = 'elsewhere';
		expect(await bops('backup')).toMatchObject({
			code: 0,
			out: expect.stringContaining('LBH: backed up') as string
		});
		const listed = JSON.parse((await bops('backup', '--list', '--json')).out) as {
			backups: { council: string; name: string }[];
		};
		expect(listed.backups).toMatchObject([{ council: 'LBH', name: '2026-03-03T14-05-00Z' }]);
	});

	test('one that does not pass ends with 1 and says exactly why', async () => {
		await lambeth();
		env['BACKUP_DIR'] = 'elsewhere';
		const installation = openInstallation(join(folder, 'data'));
		installation
			.councils()[0]
			?.register.connection.sqlite.prepare(
				`insert into blob (sha256, size, mime, kept_at) values (?, 9, 'text/plain', '')`
			)
			.run('ab'.repeat(32));
		installation.close();
		const { code, out } = await bops('backup');
		expect(code).toBe(1);
		expect(out).toMatch(/did not pass and was not published/);
		expect(out).toContain(`names the file ${'ab'.repeat(32)} (9 bytes), and it is missing`);
	});
});

describe('bank holidays', () => {
	const days2027: readonly [string, string][] = [
		['2027-01-01', 'New Year’s Day'],
		['2027-03-26', 'Good Friday'],
		['2027-03-29', 'Easter Monday'],
		['2027-05-03', 'Early May bank holiday'],
		['2027-05-31', 'Spring bank holiday'],
		['2027-06-11', 'A day nobody had foreseen'],
		['2027-08-30', 'Summer bank holiday'],
		['2027-12-27', 'Christmas Day'],
		['2027-12-28', 'Boxing Day']
	];
	const published = (days: readonly (readonly [string, string])[]) =>
		JSON.stringify({
			'england-and-wales': {
				division: 'england-and-wales',
				events: days.map(([date, title]) => ({ title, date, notes: '', bunting: true }))
			},
			scotland: { division: 'scotland', events: [] }
		});
	const set = (content: string) => {
		put('days.json', content);
		return bops('bank-holidays', 'set', '--file', 'days.json', '--version', '2026-11-28');
	};

	test('a newer list is taken in, and what it changes is said', async () => {
		await lambeth();
		const before = await bops('bank-holidays', 'list', '--year', '2027');
		expect(before.out).toContain('Bank holidays of 2027, list of 2026-07-01');
		const { code, out } = await set(published(days2027));
		expect(code).toBe(0);
		expect(out).toContain('counts with the bank holidays of 2027 to 2027, list of 2026-11-28.');
		expect(out).toContain('New: Friday 11 June 2027, A day nobody had foreseen');
		const after = await bops('bank-holidays', 'list', '--year', '2027', '--json');
		expect(JSON.parse(after.out)).toMatchObject({
			version: '2026-11-28',
			days: days2027.map(([on, name]) => ({ on, name }))
		});
	});

	test.each([
		['no JSON', '{"england-and-wales": }', /^days\.json is not JSON: .*Nothing was changed\.$/],
		['another shape', '[]', /is not a list of bank holidays: .*Nothing was changed\./],
		[
			'a day that is none',
			published([...days2027, ['2027-02-30', 'x']]),
			/england-and-wales\.events\.9\.date: .*Nothing was changed\./
		],
		[
			'half a year',
			published(days2027.slice(0, 4)),
			/2027 has fewer than the eight bank holidays of every year\. Nothing was changed\./
		]
	])('%s is refused in a sentence, and nothing is changed', async (_, content, sentence) => {
		await lambeth();
		const { code, err } = await set(content);
		expect(code).toBe(1);
		expect(err.trim()).toMatch(sentence);
		expect((await bops('bank-holidays', 'list', '--json')).out).toContain('"version":"2026-07-01"');
	});
});

describe('a local list', () => {
	const sound = `local-list:
  local-authority: LBH
  title: Local list of validation requirements
  adopted: "2025-06-01"
---
reference: bin-store-plan
required-if:
  always: true
---
`;
	const faulty = `${sound}reference: energy-statement
required-if:
  condition: { field: mood, value: 1 }
`;

	test('is taken in, and is not changed afterwards', async () => {
		await lambeth();
		put('list.yaml', sound);
		const added = await bops('local-list', 'add', 'list.yaml');
		expect(added.code).toBe(0);
		expect(added.out).toContain('applications made from Sunday 1 June 2025');
		expect((await bops('local-list', 'list')).out).toContain(
			'2025-06-01  Local list of validation requirements, 1 requirement'
		);
		expect((await bops('local-list', 'add', 'list.yaml')).out).toContain('already there');
		put('list.yaml', sound.replace('bin-store-plan', 'bin-plan'));
		const other = await bops('local-list', 'add', 'list.yaml');
		expect(other.code).toBe(1);
		expect(other.err).toContain('A list that was used is never changed');
	});

	test('with a fault is refused with its line, and its sound rules may be taken', async () => {
		await lambeth();
		put('list.yaml', faulty);
		const refused = await bops('local-list', 'add', 'list.yaml');
		expect(refused.code).toBe(1);
		expect(refused.err).toMatch(/list\.yaml, line 12: energy-statement: “mood” is not a field/);
		expect(refused.err).toContain('Nothing was changed');
		expect((await bops('local-list', 'list')).out).toContain('There is none');
		await bops('local-list', 'add', 'list.yaml', '--sound-only');
		expect((await bops('local-list', 'list')).out).toContain('1 requirement');
	});
});

describe('fees of the council’s own', () => {
	const set = (content: string) => {
		put('fees.json', content);
		return bops('fees', 'set', '--file', 'fees.json');
	};
	const fee = {
		head: 'council-charge',
		from: '2026-04-01',
		pounds: 120,
		source: 'Adopted in March'
	};

	test('are taken in and named, and a second list takes their place', async () => {
		await lambeth();
		const { code, out } = await set(JSON.stringify([fee]));
		expect(code).toBe(0);
		expect(out).toContain('has one fee of its own.');
		expect(out).toContain('from Wednesday 1 April 2026 (Adopted in March)');
		expect((await set('[]')).out).toContain('has 0 fees of its own.');
	});

	test.each([
		['no JSON', '[{', /^fees\.json: this is not JSON: .*Nothing was changed\.$/],
		['no list', '{}', /the list: .*Nothing was changed\./],
		[
			'a fee of minus one',
			JSON.stringify([fee, { ...fee, pounds: -1 }]),
			/entry 2, pounds: .*Nothing was changed\./
		],
		['an unknown head', JSON.stringify([{ ...fee, head: 'castle' }]), /entry 1, head: .*Nothing/]
	])('%s is refused in a sentence, and nothing is changed', async (_, content, sentence) => {
		await lambeth();
		const { code, err } = await set(content);
		expect(code).toBe(1);
		expect(err.trim()).toMatch(sentence);
	});
});
