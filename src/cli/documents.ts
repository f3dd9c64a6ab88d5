import { readConfiguration } from '#lib/server/configuration.ts';
import { fetchDocuments } from '#lib/server/intake/fetch-documents.ts';
import { fetchRules } from '#lib/server/intake/fetch-file.ts';
import {
	councilOption,
	flag,
	jsonOption,
	jsonWords,
	OperatorProblem,
	text,
	type OperatorCommand
} from './command.ts';
import { councilCalled, dataDir, withInstallation } from './installation.ts';
import { Progress } from './progress.ts';

export const documentsFetch: OperatorCommand = {
	name: 'documents fetch',
	usage: '[--council CODE]',
	summary: 'fetch the documents that submissions name, from the hosts of DOCUMENT_HOSTS',
	details: [
		'Only by https, only from hosts that DOCUMENT_HOSTS lists (none by default), never from private networks.',
		'What cannot be fetched says why on the document. Ends with 1 when anything could not be fetched.'
	],
	options: { ...councilOption, ...jsonOption },
	optionWords: {
		council: 'only this council; without it, all',
		...jsonWords
	},
	run: (given, terminal) =>
		withInstallation(terminal, async (installation) => {
			const code = text(given, 'council');
			const councils =
				code === undefined ? installation.councils() : [councilCalled(installation, code)];
			const { configuration, problems } = readConfiguration({
				...terminal.env,
				DATA_DIR: dataDir(terminal)
			});
			if (problems.length > 0) throw new OperatorProblem(problems.join(' '));
			const rules = fetchRules(configuration.documentHosts);
			const total = { fetched: 0, failed: 0 };
			for (const council of councils) {
				const progress = new Progress(terminal, `Fetching for ${council.code}`);
				const { fetched, failed } = await fetchDocuments(council, rules, {
					everything: true,
					now: terminal.now,
					onProgress: (done, of) => progress.show(done, of)
				});
				progress.clear();
				total.fetched += fetched;
				total.failed += failed;
			}
			if (flag(given, 'json')) terminal.out(JSON.stringify(total));
			else
				terminal.out(
					`Fetched ${total.fetched}. ${total.failed} could not be fetched; each says why on its case.`
				);
			if (total.failed > 0 && rules.hosts.length === 0)
				terminal.err('DOCUMENT_HOSTS names no host, so nothing was asked for.\n');
			return total.failed === 0;
		})
};
