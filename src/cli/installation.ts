import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
	closeInstallation,
	openInstallation,
	type Council,
	type Installation
} from '#lib/server/installation.ts';
import { OperatorProblem, text, type Given, type Terminal } from './command.ts';

/** The data folder: DATA_DIR, else `data` in the checkout. */
export const dataDir = ({ env, folder }: Terminal): string =>
	env['DATA_DIR'] === undefined || env['DATA_DIR'] === ''
		? resolve('data')
		: resolve(folder, env['DATA_DIR']);

/** Opens the installation for one command and closes it afterwards, whatever happens. */
export async function withInstallation<T>(
	terminal: Terminal,
	act: (installation: Installation) => Promise<T> | T,
	{ mayBeNew = false } = {}
): Promise<T> {
	const folder = dataDir(terminal);
	if (!mayBeNew && !existsSync(folder))
		throw new OperatorProblem(
			`There is no installation in ${folder} (DATA_DIR). Add a council first: npx bops council add CODE --name NAME --host HOST.`
		);
	const installation = openInstallation(folder);
	try {
		return await act(installation);
	} finally {
		closeInstallation(installation);
	}
}

/** The council that --council names, or the only one there is. */
export function councilOf(installation: Installation, given: Given): Council {
	const code = text(given, 'council');
	if (code !== undefined) return councilCalled(installation, code);
	const councils = installation.councils();
	const [only] = councils;
	if (only === undefined)
		throw new OperatorProblem(
			'There is no council yet. Add one: npx bops council add CODE --name NAME --host HOST.'
		);
	if (councils.length > 1)
		throw new OperatorProblem(
			`There are several councils here. Say which with --council: ${councils.map((one) => one.code).join(', ')}.`
		);
	return only;
}

export function councilCalled(installation: Installation, code: string): Council {
	const council = installation.council(code);
	if (council === undefined) {
		const known = installation.councils().map((one) => one.code);
		throw new OperatorProblem(
			`There is no council “${code}” here. ${known.length === 0 ? 'There is none at all yet.' : `There is ${known.join(', ')}.`}`
		);
	}
	return council;
}
