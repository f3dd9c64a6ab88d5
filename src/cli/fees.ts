import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inWords } from '#lib/domain/clock/calendar-day.ts';
import { councilFees, type CouncilFees } from '#lib/domain/fee/council-fees.ts';
import { feeHead } from '#lib/domain/fee/fee-table.ts';
import {
	councilOption,
	councilWords,
	needed,
	OperatorProblem,
	type OperatorCommand
} from './command.ts';
import { councilOf, withInstallation } from './installation.ts';

export const feesSet: OperatorCommand = {
	name: 'fees set',
	usage: '--file FILE [--council CODE]',
	summary: 'set the council’s own fees and charges, each from its own day',
	details: [
		'FILE is a JSON list such as [{ "head": "council-charge", "from": "2026-04-01", "pounds": 120,',
		'"source": "Charges adopted on 3 March 2026" }]. It takes the place of the list before; national',
		'fees stay as they are where it names none. Devices fetch it by themselves at their next contact.'
	],
	options: { ...councilOption, file: { type: 'string' } },
	optionWords: { file: 'the list, as JSON', ...councilWords },
	run: (given, terminal) => {
		const file = needed(given, 'file', 'which file has the fees');
		const fees = feesFrom(resolve(terminal.folder, file), file);
		return withInstallation(terminal, (installation) => {
			const council = councilOf(installation, given);
			council.register.setSetting('fees', fees, 'system');
			terminal.out(
				`${council.name} has ${fees.length === 1 ? 'one fee' : `${fees.length} fees`} of its own.`
			);
			for (const { head, from, source } of fees)
				terminal.out(`${feeHead(head).words}: from ${inWords(from)} (${source})`);
			return true;
		});
	}
};

function feesFrom(path: string, file: string): CouncilFees {
	const wrong = (why: string) => new OperatorProblem(`${file}: ${why} Nothing was changed.`);
	let given: unknown;
	try {
		given = JSON.parse(readFileSync(path, 'utf8'));
	} catch (problem) {
		throw wrong(
			problem instanceof SyntaxError
				? `this is not JSON: ${problem.message}.`
				: 'the file cannot be read.'
		);
	}
	const read = councilFees.safeParse(given);
	if (read.success) return read.data;
	const said = read.error.issues.map(({ path: at, message }) => {
		const [entry, ...field] = at;
		const where = typeof entry === 'number' ? `entry ${entry + 1}` : 'the list';
		return `${where}${field.length === 0 ? '' : `, ${field.join('.')}`}: ${message}.`.replace(
			'..',
			'.'
		);
	});
	throw wrong(said.join(' '));
}
