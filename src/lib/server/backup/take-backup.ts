import {
	closeSync,
	copyFileSync,
	createReadStream,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	statSync
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fsync } from '../blobs/blob-store.ts';
import { bytesOf } from '../blobs/council-bytes.ts';
import type { Council } from '../installation.ts';
import { replaceFile } from '../register/epoch.ts';
import { holdFile } from '../register/open-register.ts';
import { orderFileName } from '../sealing/order-file.ts';
import { copyFiles, hashOf } from './copy-files.ts';
import { noteRun } from './last-run.ts';
import { filesOf, namesIn, nameFor, type Manifest } from './manifest.ts';
import { headCopy, ledgerCopy, registerCopy, verifyCopy } from './verify-copy.ts';

/** Another backup of this council is running. */
export class BackupBusy extends Error {
	override name = 'BackupBusy';
}

export interface BackupOptions {
	/** folder of backups, one for all councils */
	target: string;
	/** read every file in the target again, not only a seventh of those that were there */
	everyFile: boolean;
	now: () => Date;
	progress: (what: string, done: number, of: number) => void;
}

/** A backup as it was made; `manifest.problems` is empty when it was verified and published. */
export interface TakenBackup {
	name: string;
	folder: string;
	manifest: Manifest;
}

const unfinished = '.making-';
const failed = '.failed';

/**
 * Copies a council's register and files while everybody works on, reopens the copy, looks at all
 * of it, and only then says that it is backed up. What is wrong is said, noted, and publishes nothing.
 *
 * @throws BackupBusy when another is running; whatever the disks throw, noted as the last run
 */
export async function takeBackup(council: Council, options: BackupOptions): Promise<TakenBackup> {
	const letGo = holdFile(join(council.folder, 'backup.lock'));
	if (letGo === null)
		throw new BackupBusy(`Another backup of ${council.code} is running. Nothing was done.`);
	const began = options.now();
	const seconds = () => Math.round((options.now().getTime() - began.getTime()) / 100) / 10;
	const note = (ok: boolean, name: string | null, problems: string[]) =>
		noteRun(council.folder, { at: began.toISOString(), ok, name, problems, seconds: seconds() });
	try {
		const taken = await make(council, began, options);
		note(taken.manifest.verified, taken.name, taken.manifest.problems);
		return taken;
	} catch (problem) {
		note(false, null, [`It could not be made: ${String(problem)}.`]);
		throw problem;
	} finally {
		letGo();
	}
}

async function make(council: Council, began: Date, options: BackupOptions): Promise<TakenBackup> {
	const { target, now, progress, everyFile } = options;
	const { code, name: councilName, host, register } = council;
	const shelf = join(target, code);
	const files = filesOf(target, code);
	mkdirSync(files, { recursive: true, mode: 0o700 });
	// what an interrupted run left; nobody else is making one
	for (const left of namesIn(shelf))
		if (left.startsWith(unfinished)) await rm(join(shelf, left), { recursive: true });
	const name = nameFor(began, (taken) =>
		[taken, taken + failed].some((one) => existsSync(join(shelf, one)))
	);
	const making = join(shelf, unfinished + name);
	mkdirSync(making, { mode: 0o700 });

	progress('Copying the register', 0, 1);
	// the head first: it must not name a row that came after the copy
	register.publishAuditHead();
	if (register.auditHeadFile !== null && existsSync(register.auditHeadFile))
		copyFileSync(register.auditHeadFile, join(making, headCopy));
	const takenAt = now();
	const copy = join(making, registerCopy);
	closeSync(openSync(copy, 'wx', 0o600));
	// one moment of the register, and none of what was erased lingering in free pages
	register.connection.sqlite.prepare('vacuum into ?').run(copy);
	await fsync(copy);
	progress('Reading the copy again', 0, 1);
	const found = verifyCopy(making, register.keys);
	const copied = await copyFiles(found.files, {
		from: bytesOf(council).blobs,
		to: files,
		now: takenAt,
		everyFile,
		progress: (done, of) => progress('Copying the files', done, of)
	});
	const problems = [...found.problems, ...copied.problems];
	const verified = problems.length === 0;
	const manifest: Manifest = {
		format: 1,
		council: { code, name: councilName, host },
		takenAt: takenAt.toISOString(),
		finishedAt: now().toISOString(),
		epoch: found.epoch,
		seq: found.seq,
		register: {
			bytes: statSync(copy).size,
			sha256: await hashOf(createReadStream(copy)),
			commands: found.commands
		},
		audit: found.audit,
		files: {
			named: found.files.length,
			bytes: found.files.reduce((sum, { size }) => sum + size, 0),
			copied: copied.copied,
			compared: copied.compared,
			comparedEarlier: copied.comparedEarlier
		},
		erasures: found.erasures,
		sameMachine: statSync(shelf).dev === statSync(council.folder).dev,
		verified,
		problems
	};
	replaceFile(join(making, 'manifest.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	// beside the backups, not in one: an older backup is put right by the newest ledger
	const ledger = register.erasures?.file;
	if (ledger !== undefined && existsSync(ledger))
		replaceFile(join(shelf, ledgerCopy), readFileSync(ledger, 'utf8'));
	const orders = register.orderFile;
	if (orders !== null && existsSync(orders))
		replaceFile(join(shelf, orderFileName), readFileSync(orders, 'utf8'));
	if (!verified) {
		// the newest one that failed stays, for whoever looks into it
		for (const left of namesIn(shelf))
			if (left.endsWith(failed)) await rm(join(shelf, left), { recursive: true });
		renameSync(making, join(shelf, name + failed));
		await fsync(shelf);
		return { name: name + failed, folder: join(shelf, name + failed), manifest };
	}
	renameSync(making, join(shelf, name));
	await fsync(shelf);
	register.setArchived(manifest.seq, {
		at: manifest.takenAt,
		sameMachine: manifest.sameMachine,
		name
	});
	return { name, folder: join(shelf, name), manifest };
}
