import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
	readBegin,
	readItems,
	RescueFileProblem,
	type Item,
	type TakenIn
} from '#lib/commands/rescue-file.ts';
import { HandInProblem } from '#lib/server/rescue/hand.ts';
import { takeIn } from '#lib/server/rescue/take-in.ts';
import {
	councilOption,
	councilWords,
	flag,
	jsonOption,
	jsonWords,
	oneWord,
	OperatorProblem,
	type OperatorCommand
} from './command.ts';
import { councilOf, withInstallation } from './installation.ts';
import { Progress } from './progress.ts';

export const rescue: OperatorCommand = {
	name: 'rescue',
	usage: 'FILE [--council CODE]',
	summary: 'take in what a tablet could not send, from the rescue file that was saved on it',
	details: [
		'Everything goes in under its own author; what is there already is not done twice.',
		'Ends with 1 when anything could not be taken in; each is named with its reason.'
	],
	options: { ...councilOption, ...jsonOption },
	optionWords: { ...councilWords, ...jsonWords },
	run: (given, terminal) =>
		withInstallation(terminal, async (installation) => {
			const council = councilOf(installation, given);
			const path = resolve(terminal.folder, oneWord(given, 'which file'));
			const file = await open(path, 'r').catch((problem: unknown) => {
				throw new OperatorProblem(`${path} cannot be opened: ${String(problem)}.`);
			});
			const progress = new Progress(terminal, `Taking in for ${council.code}`);
			const taken: TakenIn[] = [];
			let stopped: string | null = null;
			try {
				const { size } = await file.stat();
				const read = async (from: number, to: number) => {
					const bytes = new Uint8Array(to - from);
					await file.read(bytes, 0, bytes.byteLength, from);
					return bytes;
				};
				const { begin, at } = await readBegin(read, size);
				for await (const some of inBatches(readItems(read, at, size))) {
					const options = { by: 'system', held: null, now: terminal.now() };
					taken.push(...(await takeIn(council, begin, listed(some), options)));
					progress.show(taken.length, begin.entries);
				}
			} catch (problem) {
				if (!(problem instanceof RescueFileProblem || problem instanceof HandInProblem))
					throw problem;
				stopped = problem.message;
			} finally {
				progress.clear();
				await file.close();
			}
			const of = (came: TakenIn['came']) => taken.filter((one) => one.came === came).length;
			const counts = {
				in: of('in'),
				already: of('already'),
				waits: of('waits'),
				not: of('not')
			};
			if (flag(given, 'json')) terminal.out(JSON.stringify({ ...counts, stopped, taken }));
			else {
				for (const one of taken)
					if (one.came === 'not') terminal.out(`${one.is} ${one.key}: ${one.why ?? ''}`);
				if (stopped !== null) terminal.out(stopped);
				terminal.out(
					`${counts.in} went in, ${counts.already} were there already, ${counts.waits} wait for a team leader, ${counts.not} could not be taken in.`
				);
			}
			return stopped === null && counts.not === 0;
		})
};

const most = 50;

/** So many things at a time, so that no transaction is long and no more than this is in memory. */
async function* inBatches(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
	let some: Item[] = [];
	let problem: Error | null = null;
	try {
		for await (const item of items) {
			some.push(item);
			if (some.length < most) continue;
			yield some;
			some = [];
		}
	} catch (thrown) {
		problem = thrown as Error;
	}
	// what could be read goes in all the same
	if (some.length > 0) yield some;
	if (problem !== null) throw problem;
}

async function* listed(items: readonly Item[]): AsyncGenerator<Item> {
	yield* items;
}
