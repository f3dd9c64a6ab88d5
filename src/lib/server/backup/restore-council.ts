import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { blob, bytesReceived } from '../blobs/schema.ts';
import { session } from '../identity/schema.ts';
import { FolderBlobs, fsync } from '../blobs/blob-store.ts';
import { catchUpErasures } from '../erasure/apply-erasures.ts';
import { readLedger } from '../erasure/ledger.ts';
import { readKeys } from '../installation.ts';
import { audited } from '../register/audited.ts';
import { readEpochFile, replaceFile } from '../register/epoch.ts';
import { holdFile, isOpenElsewhere } from '../register/open-register.ts';
import { Register } from '../register/register.ts';
import { catchUpOrders, mergedOrders, orderFileName, readOrders } from '../sealing/order-file.ts';
import { copyFiles } from './copy-files.ts';
import { filesOf, nameFor, type KeptBackup } from './manifest.ts';
import { restore } from './schema.ts';
import { headCopy, ledgerCopy, registerCopy, verifyCopy } from './verify-copy.ts';

/** Why nothing was restored, in words for an operator. Nothing has been changed. */
export class NotRestored extends Error {
	override name = 'NotRestored';
}

export interface RestoreOptions {
	dataDir: string;
	/** folder of backups */
	target: string;
	now: () => Date;
	/** the operator has said that no server has the register open: for one too damaged to tell */
	serverIsStopped: boolean;
	/** go on although the backup lacks files that its register names */
	acceptMissing: boolean;
	progress: (done: number, of: number) => void;
}

export interface Restored {
	/** the moment the register is back at, an instant */
	takenAt: string;
	epoch: string;
	/** where the replaced files are now; null when there were none */
	aside: string | null;
	/** files brought back from the backup */
	filesBrought: number;
	/** each in a sentence */
	missing: string[];
}

/** What belongs to the replaced register and goes aside with it. Its blobs stay: they are what their names say. */
const replaced = ['register.sqlite', 'register.sqlite-wal', 'register.sqlite-shm'].concat([
	'audit-head.json',
	'last-backup.json',
	'uploads'
]);

/**
 * Puts a verified backup in the place of a council's register, which nobody may have open. The
 * backup is looked at whole first; what it replaces goes aside and is never deleted; a new epoch
 * begins, so that devices send again what the backup does not hold.
 *
 * @throws NotRestored when nothing was changed
 */
export async function restoreCouncil(
	backup: KeptBackup,
	options: RestoreOptions
): Promise<Restored> {
	const { code } = backup.manifest.council;
	const folder = join(options.dataDir, code);
	mkdirSync(join(folder, 'blobs'), { recursive: true, mode: 0o700 });
	const letGo = holdFile(join(folder, 'backup.lock'));
	if (letGo === null)
		throw new NotRestored(`A backup or a restore of ${code} is running. Nothing was changed.`);
	try {
		refuseWhileOpen(join(folder, 'register.sqlite'), code, options.serverIsStopped);
		return await putBack(backup, folder, options);
	} finally {
		letGo();
	}
}

function refuseWhileOpen(register: string, code: string, serverIsStopped: boolean): void {
	if (!existsSync(register)) return;
	let open: boolean;
	try {
		open = isOpenElsewhere(register);
	} catch (problem) {
		if (serverIsStopped) return;
		throw new NotRestored(
			`The register of ${code} is too damaged to tell whether a server has it open (${String(problem)}). ` +
				'Stop the server, and say so with --server-is-stopped. Nothing was changed.'
		);
	}
	if (open)
		throw new NotRestored(
			`A server or another command has the register of ${code} open. Stop it first. Nothing was changed.`
		);
}

async function putBack(
	backup: KeptBackup,
	folder: string,
	options: RestoreOptions
): Promise<Restored> {
	const { manifest } = backup;
	const { code } = manifest.council;
	const keys = readKeys(options.dataDir, code);
	const found = verifyCopy(backup.folder, keys);
	if (found.problems.length > 0)
		throw new NotRestored(
			`This backup is not whole any more. ${found.problems.join(' ')} Nothing was changed.`
		);
	const files = await copyFiles(found.files, {
		from: new FolderBlobs(filesOf(options.target, code)),
		to: join(folder, 'blobs'),
		now: options.now(),
		everyFile: true,
		progress: options.progress
	});
	if (files.problems.length > 0 && !options.acceptMissing)
		throw new NotRestored(
			`${files.problems.join(' ')} To go on without, say --accept-missing-files. The register was not changed.`
		);

	bringLedger(join(options.target, code, ledgerCopy), join(folder, 'erasures.jsonl'));
	bringOrders(join(options.target, code, orderFileName), join(folder, orderFileName));
	const staging = join(folder, '.restoring');
	rmSync(staging, { recursive: true, force: true });
	mkdirSync(staging, { mode: 0o700 });
	copyFileSync(join(backup.folder, registerCopy), join(staging, 'register.sqlite'));
	const epoch = prepare(staging, backup, folder, { ...options, missing: files.missing });
	if (existsSync(join(backup.folder, headCopy)))
		copyFileSync(join(backup.folder, headCopy), join(staging, 'audit-head.json'));
	for (const name of ['register.sqlite', 'audit-head.json', 'epoch.json'])
		if (existsSync(join(staging, name))) await fsync(join(staging, name));

	const aside = await putAside(folder, options.now());
	for (const name of ['register.sqlite', 'audit-head.json', 'epoch.json'])
		if (existsSync(join(staging, name))) renameSync(join(staging, name), join(folder, name));
	await fsync(folder);
	rmSync(staging, { recursive: true });
	if (!existsSync(join(folder, 'council.json')))
		replaceFile(join(folder, 'council.json'), JSON.stringify(manifest.council));
	return {
		takenAt: manifest.takenAt,
		epoch,
		aside,
		filesBrought: files.copied,
		missing: files.problems
	};
}

/**
 * Makes the copy ready before it takes its place, so that a power cut leaves either the old register
 * or a restored one that knows it: its epoch, the note of the restore, nobody signed in.
 *
 * @returns the epoch that begins
 */
function prepare(
	staging: string,
	{ name, manifest }: KeptBackup,
	folder: string,
	{ dataDir, now, missing }: RestoreOptions & { missing: readonly string[] }
): string {
	const register = Register.open(join(staging, 'register.sqlite'), {
		keys: readKeys(dataDir, manifest.council.code),
		clock: now,
		erasureFile: join(folder, 'erasures.jsonl'),
		orderFile: join(folder, orderFileName)
	});
	try {
		register.transaction(() => {
			register.beginRestored(readEpochFile(join(folder, 'epoch.json')), 'restored by the operator');
			const row = {
				epoch: register.epoch,
				backup: name,
				takenAt: manifest.takenAt,
				seq: manifest.seq,
				restoredAt: now().toISOString()
			};
			const { orm } = register.connection;
			orm.insert(restore).values(row).run();
			// the copy was made before its own backup was published
			const { seq, takenAt, sameMachine } = manifest;
			register.setArchived(seq, { at: takenAt, sameMachine, name });
			// so that a device that still has the bytes may bring them again
			for (const sha256 of missing) {
				orm.delete(bytesReceived).where(eq(bytesReceived.sha256, sha256)).run();
				orm.delete(blob).where(eq(blob.sha256, sha256)).run();
			}
			// a session that ended after the backup must not come back to life
			orm.delete(session).run();
			audited(register, now(), 'restored', { ...row, by: 'system' });
		});
		catchUpErasures(register, now());
		// a tablet that was locked or ordered to be wiped after the backup stays so
		catchUpOrders(register, now());
		register.rememberEpochIn(join(staging, 'epoch.json'));
		return register.epoch;
	} finally {
		register.close();
	}
}

/** The longer of two ledgers that begin alike: here, and beside the backups. */
function bringLedger(beside: string, here: string): void {
	const [kept, there] = [readLedger(here), readLedger(beside)];
	for (const { problem } of [kept, there])
		if (problem !== null) throw new NotRestored(`${problem} The register was not changed.`);
	const alike = kept.entries.every((one, n) => {
		const other = there.entries[n];
		return other === undefined || other.hash === one.hash;
	});
	if (!alike)
		throw new NotRestored(
			`The erasure ledgers ${here} and ${beside} are of different councils or times. Keep the right one. The register was not changed.`
		);
	if (there.entries.length > kept.entries.length) replaceFile(here, readFileSync(beside, 'utf8'));
}

/** The later word about each device: here, and beside the backups. */
function bringOrders(beside: string, here: string): void {
	const [kept, there] = [readOrders(here), readOrders(beside)];
	for (const { problem } of [kept, there])
		if (problem !== null) throw new NotRestored(`${problem} The register was not changed.`);
	if (there.orders.length > 0)
		replaceFile(here, JSON.stringify(mergedOrders(kept.orders, there.orders), null, '\t'));
}

async function putAside(folder: string, now: Date): Promise<string | null> {
	const there = replaced.filter((name) => existsSync(join(folder, name)));
	if (there.length === 0) return null;
	const shelf = join(folder, 'replaced');
	const aside = join(
		shelf,
		nameFor(now, (taken) => existsSync(join(shelf, taken)))
	);
	mkdirSync(aside, { recursive: true, mode: 0o700 });
	for (const name of there) renameSync(join(folder, name), join(aside, name));
	await fsync(aside);
	await fsync(shelf);
	return aside;
}
