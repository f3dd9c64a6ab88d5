import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Council, Installation } from '#lib/server/installation.ts';
import { fileSubmission, type Filed } from '#lib/server/intake/file-submission.ts';
import { named } from '#lib/server/intake/payload-row.ts';
import { readPayload } from '#lib/server/intake/read-payload.ts';
import { largestSubmission } from '#lib/server/intake/receive-submission.ts';
import {
	councilOption,
	councilWords,
	flag,
	jsonOption,
	jsonWords,
	OperatorProblem,
	text,
	type OperatorCommand
} from './command.ts';
import { councilCalled, withInstallation } from './installation.ts';
import { Progress } from './progress.ts';

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);

/** What `--json` prints: one object, the same for every import. */
interface Summary {
	/** files read */
	read: number;
	created: number;
	existing: number;
	/** waiting for a person in the intake queue, resubmissions included */
	repair: number;
	documentsMissing: number;
	cases: { reference: string; source: string | null; gaps: string[] }[];
}

export const importOdp: OperatorCommand = {
	name: 'import odp',
	usage: 'FILE… [--council CODE] [--json]',
	summary: 'make cases of Open Digital Planning submissions (application, pre-application)',
	details: [
		'Each file goes to the council it names (metadata.organisation); --council files it there whatever it names.',
		'The same file again makes no second case. What cannot become a case waits in the council’s intake queue.',
		'Ends with 1 when not every file is a case now; the others are cases all the same.'
	],
	options: { ...councilOption, ...jsonOption },
	optionWords: { ...councilWords, ...jsonWords },
	run: (given, terminal) =>
		withInstallation(terminal, async (installation) => {
			if (given.words.length === 0) throw new OperatorProblem('Say which files to import.');
			const code = text(given, 'council');
			const forced = code === undefined ? null : councilCalled(installation, code);
			const summary: Summary = {
				read: 0,
				created: 0,
				existing: 0,
				repair: 0,
				documentsMissing: 0,
				cases: []
			};
			const complaints: string[] = [];
			const progress = new Progress(terminal, 'Importing');
			for (const [index, name] of given.words.entries()) {
				progress.show(index, given.words.length);
				try {
					const bytes = readBounded(resolve(terminal.folder, name));
					const council = forced ?? councilNamedBy(installation, bytes);
					const filed = fileSubmission(council.register, bytes, {
						sender: 'import',
						council: council.code,
						whateverItNames: forced !== null,
						now: terminal.now()
					});
					count(summary, filed);
					complaints.push(...waits(name, council, filed));
				} catch (problem) {
					if (!(problem instanceof OperatorProblem)) throw problem;
					complaints.push(`${name}: ${problem.message}`);
				}
				// the bar is drawn, and Ctrl-C heard, between two files
				await setImmediate();
			}
			progress.clear();
			for (const complaint of complaints) terminal.err(`${complaint}\n`);
			if (flag(given, 'json')) terminal.out(JSON.stringify(summary));
			else for (const line of inWords(summary)) terminal.out(line);
			return complaints.length === 0;
		})
};

function readBounded(path: string): Buffer {
	try {
		const { size } = statSync(path);
		if (size > largestSubmission)
			throw new OperatorProblem(
				`it has ${megabytes(size)} MB, and a submission has at most ${megabytes(largestSubmission)} MB. It was not read, and stays where it is.`
			);
		return readFileSync(path);
	} catch (problem) {
		const { code } = problem as NodeJS.ErrnoException;
		if (code === 'ENOENT') throw new OperatorProblem('there is no such file.');
		if (code === 'EISDIR') throw new OperatorProblem('this is a folder; name the files in it.');
		if (code === 'EACCES') throw new OperatorProblem('this user may not read it.');
		throw problem;
	}
}

function councilNamedBy(installation: Installation, bytes: Buffer): Council {
	const read = readPayload(bytes);
	const [problem] = read.problems;
	if (problem !== undefined)
		throw new OperatorProblem(
			`it names no council, because it cannot be read. ${problem.problem} Say which council’s intake queue is to keep it with --council.`
		);
	const { organisation } = named(read.payload);
	if (organisation === null)
		throw new OperatorProblem(
			'it names no council (metadata.organisation). Say where it belongs with --council.'
		);
	const council = installation.council(organisation);
	if (council === undefined)
		throw new OperatorProblem(
			`it names the council “${organisation}”, which is not here. Say where it belongs with --council.`
		);
	return council;
}

function count(summary: Summary, filed: Filed): void {
	summary.read += 1;
	if (filed.state === 'created') summary.created += 1;
	else if (filed.state === 'existing') summary.existing += 1;
	else summary.repair += 1;
	if (filed.state !== 'created' && filed.state !== 'existing') return;
	summary.documentsMissing += filed.documentsMissing;
	if (filed.reference !== null)
		summary.cases.push({ reference: filed.reference, source: filed.source, gaps: filed.gaps });
}

function waits(name: string, council: Council, { state, reference, problems }: Filed): string[] {
	if (state === 'resubmission')
		return [
			`${name}: kept in the intake queue of ${council.code}. Its id is already ${reference} with other content; a person has to decide.`
		];
	if (state !== 'repair') return [];
	return [
		`${name}: kept in the intake queue of ${council.code}. It cannot become a case as it is:`,
		...problems.map(({ path, problem }) => `    ${path}: ${problem}`)
	];
}

function inWords({ read, created, existing, repair, documentsMissing, cases }: Summary): string[] {
	return [
		...cases.map(
			({ reference, source, gaps }) =>
				`${reference}  ${source ?? 'no id of its own'}${gaps.map((gap) => `\n    ${gap}`).join('')}`
		),
		`Read ${read}: ${created} new, ${existing} here already, ${repair} waiting in the intake queue. ${documentsMissing} documents not received yet.`
	];
}
