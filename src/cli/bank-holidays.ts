import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import {
	BankHolidays,
	bankHolidayList,
	type BankHolidayList
} from '#lib/domain/clock/bank-holidays.ts';
import { inWords } from '#lib/domain/clock/calendar-day.ts';
import {
	councilOption,
	councilWords,
	flag,
	jsonOption,
	jsonWords,
	needed,
	OperatorProblem,
	text,
	type Given,
	type OperatorCommand
} from './command.ts';
import { councilOf, withInstallation } from './installation.ts';

export const bankHolidaysSet: OperatorCommand = {
	name: 'bank-holidays set',
	usage: '--file FILE [--version DATE] [--council CODE]',
	summary: 'count time limits with a newer list of bank holidays',
	details: [
		'FILE is the list that https://www.gov.uk/bank-holidays.json gives; the days of England and',
		'Wales are taken, for the whole years it covers. Other years follow the rules of the Act of 1971.',
		'Devices fetch it by themselves at their next contact.'
	],
	options: { ...councilOption, file: { type: 'string' }, version: { type: 'string' } },
	optionWords: {
		file: 'the list, as JSON',
		version: 'the day of the list, 2026-11-28; without it, today',
		...councilWords
	},
	run: (given, terminal) => {
		const file = needed(given, 'file', 'which file has the list');
		const version = text(given, 'version') ?? terminal.now().toISOString().slice(0, 10);
		const list = listFrom(readText(resolve(terminal.folder, file), file), file, version);
		return withInstallation(terminal, (installation) => {
			const council = councilOf(installation, given);
			const before = council.register.bankHolidays();
			council.register.setSetting('bank-holidays', list, 'system');
			terminal.out(
				`${council.name} counts with the bank holidays of ${list.from} to ${list.to}, list of ${list.version}.`
			);
			for (const line of differences(before, new BankHolidays(list), list)) terminal.out(line);
			return true;
		});
	}
};

export const bankHolidaysList: OperatorCommand = {
	name: 'bank-holidays list',
	usage: '[--year YEAR] [--council CODE]',
	summary: 'list the bank holidays that time limits are counted with',
	options: { ...councilOption, ...jsonOption, year: { type: 'string' } },
	optionWords: { year: 'without it, this year', ...councilWords, ...jsonWords },
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const holidays = councilOf(installation, given).register.bankHolidays();
			const year = yearOf(given, terminal.now());
			const days = [...holidays.ofYear(year)].map(([on, name]) => ({ on, name }));
			if (flag(given, 'json'))
				terminal.out(JSON.stringify({ version: holidays.version, year, days }));
			else {
				terminal.out(`Bank holidays of ${year}, list of ${holidays.version}`);
				for (const { on, name } of days) terminal.out(`${inWords(on)}  ${name}`);
			}
			return true;
		})
};

function yearOf(given: Given, now: Date): number {
	const said = text(given, 'year');
	const year = said === undefined ? now.getUTCFullYear() : Number(said);
	if (!Number.isInteger(year) || year < 1978 || year > 2200)
		throw new OperatorProblem(`“${said ?? ''}” is not a year from 1978 to 2200.`);
	return year;
}

function readText(path: string, shown: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		throw new OperatorProblem(`The file ${shown} cannot be read.`);
	}
}

const published = z.object({
	'england-and-wales': z.object({
		events: z.array(z.object({ title: z.string(), date: z.iso.date() })).min(1)
	})
});

function listFrom(json: string, file: string, version: string): BankHolidayList {
	let given: unknown;
	try {
		given = JSON.parse(json);
	} catch (problem) {
		throw new OperatorProblem(
			`${file} is not JSON: ${problem instanceof Error ? problem.message : ''} Nothing was changed.`
		);
	}
	const read = published.safeParse(given);
	if (!read.success) throw wrong(file, read.error);
	const days = read.data['england-and-wales'].events.map(({ date, title }) => ({
		on: date,
		name: title
	}));
	const years = days.map(({ on }) => Number(on.slice(0, 4)));
	const list = bankHolidayList.safeParse({
		version,
		source: 'https://www.gov.uk/bank-holidays.json, England and Wales',
		from: Math.min(...years),
		to: Math.max(...years),
		days: days.toSorted((a, b) => (a.on < b.on ? -1 : 1))
	});
	if (!list.success) throw wrong(file, list.error);
	return list.data;
}

function wrong(file: string, { issues: [issue] }: z.ZodError): OperatorProblem {
	const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
	return new OperatorProblem(
		`${file} is not a list of bank holidays: ${where}${issue?.message ?? ''} Nothing was changed.`
	);
}

/** What changes for the years of the new list, a line a day. */
function* differences(
	before: BankHolidays,
	after: BankHolidays,
	{ from, to }: BankHolidayList
): Generator<string> {
	for (let year = from; year <= to; year++) {
		for (const [on, name] of after.ofYear(year))
			if (before.name(on) === null) yield `New: ${inWords(on)}, ${name}`;
		for (const [on, name] of before.ofYear(year))
			if (after.name(on) === null) yield `No more: ${inWords(on)}, ${name}`;
	}
}
