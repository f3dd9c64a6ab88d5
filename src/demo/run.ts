// `npm run demo`: builds the app where needed, makes the demo council at the first start, serves it.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, needsBuild } from './build.ts';
import { demoPassword, signIns } from './cases/officers.ts';
import { demoCode, provideDemo, type DemoFacts } from './demo-data.ts';
import { showProgress } from './show-progress.ts';

const help = `npm run demo -- [--cases N] [--seed WORD] [--port N]

  --cases N    cases to make at the first start (300)
  --seed WORD  another town and other cases (demo)
  --port N     where to serve (PORT, or 3000)

The data stays in DATA_DIR (./data): the next start uses it again. Delete ${demoCode} there to begin afresh.
`;

const { values } = parseArgs({
	options: {
		cases: { type: 'string', default: '300' },
		seed: { type: 'string', default: 'demo' },
		port: { type: 'string' },
		help: { type: 'boolean', default: false }
	}
});

function stop(problem: string): never {
	process.stderr.write(`${problem}\n`);
	process.exit(1);
}

if (values.help) {
	process.stdout.write(help);
	process.exit(0);
}
const cases = Number(values.cases);
if (!Number.isInteger(cases) || cases < 1 || cases > 1_000_000)
	stop(`--cases is "${values.cases}"; it is a whole number from 1 to 1000000.`);

const folder = resolve(process.env['DATA_DIR'] ?? './data');
const began = Date.now();
let facts: DemoFacts;
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
try {
	if (needsBuild()) {
		process.stderr.write('Building the app …\n');
		await build();
	}
	facts = await provideDemo(folder, {
		cases,
		seed: values.seed,
		now: new Date(),
		progress: showProgress(process.stderr)
	});
} catch (problem) {
	stop(`The demo was not started. ${problem instanceof Error ? problem.message : String(problem)}`);
}
if (facts.made !== null)
	process.stderr.write(
		`Made ${facts.made.toLocaleString('en-GB')} cases in ${Math.round((Date.now() - began) / 1000)} s.\n`
	);

const port = values.port ?? process.env['PORT'] ?? '3000';
const lines = signIns.map(
	({ name, email, roles }) => `  ${email.padEnd(40)} ${name}, ${roles.join(', ')}`
);
const server = spawn(process.execPath, ['server.mjs'], {
	stdio: ['inherit', 'pipe', 'inherit'],
	env: {
		LOG_LEVEL: 'warn',
		// beside its data: enough to see what a backup does, and the screens say where it is
		BACKUP_DIR: join(folder, 'backups'),
		BACKUP_EVERY: '0.25',
		BACKUP_KEEP_DAYS: '1',
		...process.env,
		PORT: port,
		DATA_DIR: folder,
		PASSWORD_SIGN_IN: '1'
	}
});
let isGreeted = false;
server.stdout.on('data', (text: Buffer) => {
	process.stdout.write(text);
	if (isGreeted || !text.toString().includes('BoPS is at')) return;
	isGreeted = true;
	process.stdout.write(
		`
Demo council: Wrenhithe Borough Council, code ${demoCode}
Open http://${facts.host}:${port} and sign in with the password  ${demoPassword}

${lines.join('\n')}

Stop with Ctrl+C. The data is in ${folder}.
`
	);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => {
		server.kill(signal);
	});
server.on('exit', (code, signal) => {
	process.exitCode = code ?? (signal === null ? 1 : 0);
});
