import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answer } from '#lib/commands/envelope.ts';
import { verifyAudit } from './audit.ts';
import { caseOf, jo, withOfficers } from './fixtures.ts';
import { ReceiptKeys } from './receipt.ts';
import { Register } from './register.ts';

let folder: string;
let register: Register;
const key = Buffer.alloc(32, 7);
const options = () => ({
	keys: new ReceiptKeys([key]),
	epochFile: join(folder, 'epoch.json'),
	auditHeadFile: join(folder, 'audit-head.json')
});

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-processes-'));
	register = withOfficers(Register.open(join(folder, 'register.sqlite'), options()));
});
afterEach(() => {
	register.close();
	rmSync(folder, { recursive: true });
});

/** Another process of this installation, with the same register open; it runs `body` and prints lines. */
function another(body: string): ChildProcess {
	const here = (name: string) =>
		JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href);
	const script = join(folder, `child-${crypto.randomUUID()}.mjs`);
	writeFileSync(
		script,
		`import { writeSync } from 'node:fs';
		import { Register } from ${here('register.ts')};
		import { ReceiptKeys } from ${here('receipt.ts')};
		import * as fixtures from ${here('fixtures.ts')};
		const { jo, aCase, TestDevice } = fixtures;
		const print = (value) => writeSync(1, JSON.stringify(value) + '\\n');
		const register = Register.open(${JSON.stringify(join(folder, 'register.sqlite'))}, {
			keys: new ReceiptKeys([Buffer.alloc(32, 7)]),
			epochFile: ${JSON.stringify(join(folder, 'epoch.json'))},
			auditHeadFile: ${JSON.stringify(join(folder, 'audit-head.json'))}
		});
		${body}`
	);
	return spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function linesOf<T>(child: ChildProcess, enough = Infinity): Promise<T[]> {
	const lines: T[] = [];
	if (child.stdout === null) return lines;
	for await (const line of createInterface({ input: child.stdout })) {
		lines.push(JSON.parse(line) as T);
		if (lines.length === enough) child.kill('SIGKILL');
	}
	return lines;
}

test(
	'no number is given twice while two processes file and a third pushes',
	{ timeout: 60_000 },
	async () => {
		const caseId = caseOf(register, jo);
		const file = `for (let i = 0; i < 40; i += 1) {
		const { reference, answer } = register.fileNewCase(aCase(), 'system');
		print({ reference, seq: answer.seq });
	}
	register.close();`;
		const push = `const device = new TestDevice(register, jo);
	for (let i = 0; i < 40; i += 1)
		for (const answer of device.answers([device.note(${JSON.stringify(caseId)}, 'x')])) print(answer);
	register.close();`;
		const said = (
			await Promise.all(
				[file, file, push].map((body) =>
					linesOf<{ reference?: string; seq: number }>(another(body))
				)
			)
		).flat();
		expect(said).toHaveLength(120);
		expect(new Set(said.map((one) => one.seq)).size).toBe(120);
		const references = said.flatMap((one) => one.reference ?? []);
		expect(new Set(references).size).toBe(80);
		expect(references.map((one) => one.slice(0, 8)).toSorted()).toEqual(
			Array.from({ length: 80 }, (_, i) => `26-00${101 + i}`)
		);
		expect(verifyAudit(register)).toMatchObject({ whole: true });
	}
);

test(
	'S3 what was answered before a kill -9 is there after it, once and whole',
	{ timeout: 60_000 },
	async () => {
		const caseId = caseOf(register, jo);
		const { epoch } = register;
		const child = another(`const device = new TestDevice(register, jo);
	for (;;) {
		const envelopes = Array.from({ length: 5 }, () => device.note(${JSON.stringify(caseId)}, 'x'));
		const answers = device.answers(envelopes);
		print({ envelopes, answers });
	}`);
		const exited = once(child, 'exit');
		const pushes = await linesOf<{ envelopes: { id: string }[]; answers: Answer[] }>(child, 8);
		await exited;

		register.close();
		register = Register.open(join(folder, 'register.sqlite'), options());
		expect(register.epoch).toBe(epoch);
		expect(verifyAudit(register)).toMatchObject({ whole: true });
		const file = register.caseFile(caseId);
		for (const { answers } of pushes)
			for (const answer of answers) expect(file.get('event', answer.id)).toBeDefined();
		// pushes are all or nothing, the unanswered last one too
		expect(file.all('note').length % 5).toBe(0);
		const last = register.connection.sqlite
			.prepare<[], number>('select max(seq) from command_log')
			.pluck()
			.get();
		expect(register.head()).toBe(last);
		const sent = pushes.at(-1);
		const again = register.push(jo, {
			epoch,
			device: crypto.randomUUID(),
			commands: (sent?.envelopes ?? []).map((envelope) => ({ envelope, receipt: null }))
		});
		expect(again).toMatchObject({ answers: sent?.answers });
	}
);

test(
	'listeners hear of a commit here at once, and of another process within a second',
	{ timeout: 60_000 },
	async () => {
		let heard = 0;
		const stop = register.onChange(() => (heard += 1));
		caseOf(register, null);
		expect(heard).toBe(1);
		const child = another(`register.fileNewCase(aCase(), 'system'); register.close();`);
		const before = register.head();
		await once(child, 'exit');
		await expect.poll(() => heard, { timeout: 5_000 }).toBeGreaterThan(1);
		expect(register.head()).toBeGreaterThan(before);
		stop();
		const until = heard;
		caseOf(register, null);
		expect(heard).toBe(until);
	}
);
