import { createHash } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { bytesOf } from '#lib/server/blobs/council-bytes.ts';
import { blob } from '#lib/server/blobs/schema.ts';
import type { Council } from '#lib/server/installation.ts';
import { verifyAudit } from '#lib/server/register/audit.ts';
import {
	councilOption,
	flag,
	jsonOption,
	jsonWords,
	text,
	type OperatorCommand,
	type Terminal
} from './command.ts';
import { councilCalled, withInstallation } from './installation.ts';
import { Progress } from './progress.ts';

export const verify: OperatorCommand = {
	name: 'verify',
	usage: '[--files] [--council CODE]',
	summary: 'prove that nobody has changed what the registers recorded',
	details: [
		'Walks the chain of the audit from its start and holds it against every recorded command.',
		'Ends with 1 at the first break.'
	],
	options: { ...councilOption, ...jsonOption, files: { type: 'boolean' } },
	optionWords: {
		council: 'only this council; without it, all',
		files: 'also hash every file again and compare it with its name',
		...jsonWords
	},
	run: (given, terminal) =>
		withInstallation(terminal, async (installation) => {
			const code = text(given, 'council');
			const councils =
				code === undefined ? installation.councils() : [councilCalled(installation, code)];
			const results = [];
			for (const council of councils) {
				const audit = verifyAudit(council.register);
				const files = flag(given, 'files') ? await verifyFiles(council, terminal) : null;
				results.push({ council: council.code, audit, files });
				if (flag(given, 'json')) continue;
				terminal.out(
					audit.whole
						? `${council.code}: the audit is whole, ${audit.rows} rows${audit.headKnown ? '' : '; no signed head was kept, so a cut end would not show'}.`
						: `${council.code}: the audit is broken at row ${audit.at}. ${audit.problem}`
				);
				if (files !== null)
					terminal.out(
						files.wrong.length === 0
							? `${council.code}: all ${files.read} files are what their hashes say.`
							: `${council.code}: of ${files.read} files these are missing or changed: ${files.wrong.join(', ')}`
					);
			}
			if (flag(given, 'json')) terminal.out(JSON.stringify({ councils: results }));
			return results.every(({ audit, files }) => audit.whole && (files?.wrong.length ?? 0) === 0);
		})
};

async function verifyFiles(
	council: Council,
	terminal: Terminal
): Promise<{ read: number; wrong: string[] }> {
	const rows = council.register.connection.orm
		.select({ sha256: blob.sha256 })
		.from(blob)
		.orderBy(asc(blob.sha256))
		.all();
	const { blobs } = bytesOf(council);
	const wrong: string[] = [];
	const progress = new Progress(terminal, `Reading the files of ${council.code}`);
	for (const [index, { sha256 }] of rows.entries()) {
		progress.show(index, rows.length);
		const hash = createHash('sha256');
		try {
			for await (const part of blobs.read(sha256)) hash.update(part as Buffer);
		} catch (problem) {
			if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem;
		}
		if (hash.digest('hex') !== sha256) wrong.push(sha256);
	}
	progress.clear();
	return { read: rows.length, wrong };
}
