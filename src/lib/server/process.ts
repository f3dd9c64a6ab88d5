import type { Logger } from 'pino';
import { EventStreams } from './api/event-streams.ts';
import { startBackups } from './backup/schedule.ts';
import { readConfiguration, type Configuration } from './configuration.ts';
import { SignInDoor } from './identity/sign-in.ts';
import { openInstallation, type Installation } from './installation.ts';
import { fetchRules } from './intake/fetch-file.ts';
import { startRounds } from './intake/rounds.ts';
import { makeLog } from './log.ts';
import { Basemaps } from './tiles/basemaps.ts';

/** The running server's parts, put together once. */
export interface Running {
	configuration: Configuration;
	installation: Installation;
	door: SignInDoor;
	streams: EventStreams;
	basemaps: Basemaps;
	log: Logger;
	startedAt: Date;
}

let started: Running | null = null;

/**
 * The one place that reads the environment and opens the registers for the running server.
 * The first caller starts it; a bad configuration throws with every fault in words.
 */
export function running(): Running {
	return (started ??= start());
}

function start(): Running {
	const { configuration, problems } = readConfiguration(process.env);
	if (problems.length > 0) throw new Error(problems.join('\n'));
	const log = makeLog(configuration.logLevel);
	const { backupDir, backupEvery, dataDir, keepOnDevicesDays } = configuration;
	const installation = openInstallation(dataDir, {
		keepDays: keepOnDevicesDays,
		onAlarm: (council, facts) => log.warn({ council, ...facts }, 'an alarm')
	});
	const streams = new EventStreams();
	const fault = faultOf(installation, configuration);
	if (fault !== null) {
		installation.close();
		throw new Error(fault);
	}
	const endRounds = startRounds(
		() => installation.councils(),
		fetchRules(configuration.documentHosts),
		(council, err) => log.error({ council, err }, 'a round of fetching documents failed')
	);
	const endBackups =
		backupDir === null
			? null
			: startBackups(
					() => installation.councils(),
					{ target: backupDir, dataDir, every: backupEvery },
					(council, said) => log.error({ council, said }, 'a backup did not pass')
				);
	// server.mjs says these before it stops listening, and when the last answer has left
	process.once('sveltekit:shutdown', () => {
		endRounds();
		endBackups?.();
		streams.closeAll();
	});
	process.once('exit', () => installation.close());
	return {
		configuration,
		installation,
		door: new SignInDoor(configuration.passwordSignIn),
		streams,
		basemaps: new Basemaps(configuration.basemapFile, configuration.dataDir),
		log,
		startedAt: new Date()
	};
}

/** What only the registers themselves can show to be wrong, in words. */
function faultOf(installation: Installation, { origin }: Configuration): string | null {
	const councils = installation.councils();
	if (councils.length === 0)
		return (
			`There is no council in DATA_DIR (${installation.dataDir}). Add one: ` +
			'npx bops council add CODE --name NAME --host HOST.'
		);
	if (origin !== null && councils.length > 1)
		return (
			`ORIGIN is set, but there are ${councils.length} councils here, each with an address of ` +
			'its own (its --host). Leave ORIGIN unset.'
		);
	return null;
}
