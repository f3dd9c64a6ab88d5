import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** Everything the running server takes from its environment. `.env.example` explains each. */
export interface Configuration {
	dataDir: string;
	/** the one public address, `https://planning.example.gov.uk`; only with one council */
	origin: string | null;
	port: number;
	/** null listens on every address of the machine */
	host: string | null;
	passwordSignIn: boolean;
	/** the maps' tiles: one file, or a path with `{council}` in it; null: each council's own `basemap.pmtiles` */
	basemapFile: string | null;
	/** where files that submissions name may be fetched from: host names, `*.example.org` for all under one */
	documentHosts: string[];
	logLevel: string;
	/** where backups go; null: none are made by the server */
	backupDir: string | null;
	/** hours between two backups of a council */
	backupEvery: number;
	/** days that old backups are kept */
	backupKeepDays: number;
	/** days that devices keep what is backed up; null: as the rules say */
	keepOnDevicesDays: number | null;
}

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Reads the environment; every fault is named in a sentence, not only the first. */
export function readConfiguration(env: Record<string, string | undefined>): {
	configuration: Configuration;
	problems: string[];
} {
	const problems: string[] = [];
	const given = (name: string): string | null => {
		const value = env[name]?.trim();
		return value === undefined || value === '' ? null : value;
	};

	const dataDir = resolve(given('DATA_DIR') ?? './data');
	const folder = folderProblem(dataDir);
	if (folder !== null) problems.push(folder);

	const port = Number(given('PORT') ?? '3000');
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		problems.push(`PORT is "${given('PORT')}", which is not a port number (0 to 65535).`);

	const origin = given('ORIGIN');
	if (origin !== null && !isOrigin(origin))
		problems.push(
			`ORIGIN is "${origin}"; it must be a scheme and a host and nothing else, ` +
				'such as https://planning.example.gov.uk.'
		);

	const passwordSignIn = given('PASSWORD_SIGN_IN');
	if (passwordSignIn !== null && passwordSignIn !== '0' && passwordSignIn !== '1')
		problems.push(`PASSWORD_SIGN_IN is "${passwordSignIn}"; it is 1 or 0.`);

	const basemapFile = given('BASEMAP_FILE');
	if (basemapFile !== null && !/\.(pmtiles|mbtiles)$/.test(basemapFile))
		problems.push(
			`BASEMAP_FILE is "${basemapFile}"; it must end in .pmtiles or .mbtiles. ` +
				'Leave it out to use basemap.pmtiles beside each council’s register.'
		);

	const documentHosts = (given('DOCUMENT_HOSTS') ?? '')
		.toLowerCase()
		.split(/[\s,]+/)
		.filter((one) => one !== '');
	for (const one of documentHosts)
		if (!/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(one))
			problems.push(
				`DOCUMENT_HOSTS has "${one}", which is not a host name such as files.example.org. ` +
					'Several are separated by commas.'
			);

	const logLevel = given('LOG_LEVEL') ?? 'info';
	if (!logLevels.includes(logLevel))
		problems.push(`LOG_LEVEL is "${logLevel}"; it is one of ${logLevels.join(', ')}.`);

	const backupDir = given('BACKUP_DIR');
	const within = (name: string, otherwise: number, least: number, most: number): number => {
		const said = given(name);
		const value = said === null ? otherwise : Number(said);
		if (Number.isFinite(value) && value >= least && value <= most) return value;
		problems.push(`${name} is "${said}"; it is a number from ${least} to ${most}.`);
		return otherwise;
	};
	const backupEvery = within('BACKUP_EVERY', 12, 0.05, 24);
	const backupKeepDays = within('BACKUP_KEEP_DAYS', 30, 1, 3_650);
	const keepOnDevicesDays =
		given('KEEP_ON_DEVICES_DAYS') === null ? null : within('KEEP_ON_DEVICES_DAYS', 14, 1, 365);

	return {
		configuration: {
			dataDir,
			origin,
			port,
			host: given('HOST'),
			passwordSignIn: passwordSignIn === '1',
			basemapFile,
			documentHosts,
			logLevel,
			backupDir: backupDir === null ? null : resolve(backupDir),
			backupEvery,
			backupKeepDays,
			keepOnDevicesDays
		},
		problems
	};
}

function folderProblem(dataDir: string): string | null {
	try {
		if (!statSync(dataDir).isDirectory()) return `DATA_DIR is ${dataDir}, which is not a folder.`;
	} catch {
		return (
			`DATA_DIR is ${dataDir}, and there is no such folder. ` +
			'Add a council to make it: npx bops council add CODE --name NAME --host HOST.'
		);
	}
	try {
		accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch {
		return `DATA_DIR is ${dataDir}, and this user may not write there.`;
	}
	return null;
}

function isOrigin(text: string): boolean {
	try {
		const url = new URL(text);
		return /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '');
	} catch {
		return false;
	}
}
