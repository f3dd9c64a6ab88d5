import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inWords } from '#lib/domain/clock/calendar-day.ts';
import { inForceOn, localList, type LocalList } from '#lib/domain/validation/local-list.ts';
import { readRules } from '#lib/domain/validation/read-rules.ts';
import {
	councilOption,
	councilWords,
	flag,
	jsonOption,
	jsonWords,
	OperatorProblem,
	type OperatorCommand
} from './command.ts';
import { councilOf, withInstallation } from './installation.ts';

export const localListAdd: OperatorCommand = {
	name: 'local-list add',
	usage: 'FILE… [--sound-only] [--council CODE]',
	summary: 'check applications against a local list of validation requirements',
	details: [
		'FILE has requirements in the national syntax (required-if), and a part “local-list” with the',
		'council’s code, a title and the day of adoption. Lists are kept: an application is checked with',
		'the one that was adopted last before it was made. Devices fetch it at their next contact.'
	],
	options: { ...councilOption, 'sound-only': { type: 'boolean' } },
	optionWords: {
		'sound-only': 'take the sound rules even when others have a fault',
		...councilWords
	},
	run: (given, terminal) => {
		if (given.words.length === 0)
			throw new OperatorProblem('Say which files have the rules: bops local-list add FILE…');
		const { header, requirements, problems } = readRules(
			given.words.map((name) => ({ name, text: readText(resolve(terminal.folder, name), name) }))
		);
		for (const { file, line, problem } of problems)
			terminal.err(`${file}, line ${String(line)}: ${problem}\n`);
		if (header === null)
			throw new OperatorProblem(
				'No file has a sound “local-list” part with the council, a title and the day of adoption. Nothing was changed.'
			);
		if (problems.length > 0 && !flag(given, 'sound-only'))
			throw new OperatorProblem(
				`${counted(problems.length, 'fault')}. Nothing was changed; mend them, or take the ${counted(requirements.length, 'sound rule')} with --sound-only.`
			);
		const list = localList.parse({ ...header, requirements });
		return withInstallation(terminal, (installation) => {
			const council = councilOf(installation, given);
			if (list.council !== council.code)
				throw new OperatorProblem(
					`The list is of ${list.council}, and the council is ${council.code}. Nothing was changed.`
				);
			const kept = council.register.setting('local-lists') ?? [];
			const same = kept.find(({ adoptedOn }) => adoptedOn === list.adoptedOn);
			if (same !== undefined && JSON.stringify(same) === JSON.stringify(list)) {
				terminal.out('This list is already there.');
				return true;
			}
			if (same !== undefined)
				throw new OperatorProblem(
					`A list adopted on ${list.adoptedOn} is already there with other rules. A list that was used is never changed: give the day on which this one was published again.`
				);
			council.register.setSetting('local-lists', [...kept, list], 'system');
			terminal.out(
				`${council.name} checks applications made from ${inWords(list.adoptedOn)} with “${list.title}”, ${counted(list.requirements.length, 'requirement')}.`
			);
			return problems.length === 0;
		});
	}
};

export const localListList: OperatorCommand = {
	name: 'local-list list',
	usage: '[--council CODE]',
	summary: 'list the local lists that applications are checked with',
	options: { ...councilOption, ...jsonOption },
	optionWords: { ...councilWords, ...jsonWords },
	run: (given, terminal) =>
		withInstallation(terminal, (installation) => {
			const lists = councilOf(installation, given).register.setting('local-lists') ?? [];
			if (flag(given, 'json')) {
				terminal.out(JSON.stringify({ lists }));
				return true;
			}
			if (lists.length === 0)
				terminal.out('There is none: only national requirements are checked.');
			const today = terminal.now().toISOString().slice(0, 10);
			for (const one of lists) terminal.out(lineOf(one, lists, today));
			return true;
		})
};

const lineOf = (one: LocalList, lists: readonly LocalList[], today: string): string =>
	`${one.adoptedOn}  ${one.title}, ${counted(one.requirements.length, 'requirement')}${
		inForceOn(lists, today) === one ? ' (used for applications made today)' : ''
	}`;

const counted = (n: number, one: string): string => `${String(n)} ${one}${n === 1 ? '' : 's'}`;

function readText(path: string, shown: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		throw new OperatorProblem(`The file ${shown} cannot be read.`);
	}
}
