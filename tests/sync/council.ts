import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Answer } from '#lib/commands/envelope.ts';
import type { PushRequest } from '#lib/commands/protocol.ts';
import type { Officer } from '#lib/domain/officer.ts';
import { FolderBlobs } from '#lib/server/blobs/blob-store.ts';
import { PictureHeaders } from '#lib/server/blobs/picture-headers.ts';
import { Uploads } from '#lib/server/blobs/uploads.ts';
import { ReceiptKeys } from '#lib/server/register/receipt.ts';
import { Register } from '#lib/server/register/register.ts';
import { aCase, caseId, everybody } from './town.ts';

/** Memory where the machine offers it as a folder: power cuts are other tests' matter. */
const quickest = () => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/** A real register with its blobs, as the server runs it, without HTTP in front. */
export class Council {
	readonly folder = mkdtempSync(join(quickest(), 'bops-sync-'));
	readonly blobs = new FolderBlobs(join(this.folder, 'blobs'));
	readonly #pictures = new PictureHeaders();
	#keys = [randomBytes(32)];
	readonly #file: string;
	readonly #epochFile: string | null;
	/** verified, and what a restore brings back */
	#backup: { bytes: Buffer; head: number; told: boolean; commands: string[] } | null = null;
	/** commands that a verified backup holds, of all histories: id → when tablets could first hear of it */
	readonly #backedUp = new Map<string, number>();
	/** pushes given up by their tablets that are still on their way */
	readonly late: { officer: Officer; sent: PushRequest }[] = [];
	register: Register;
	uploads: Uploads;
	/** milliseconds since 1970 */
	now = Date.parse('2026-03-03T09:00:00.000Z');
	readonly #began = Date.parse('2026-01-01T00:00:00.000Z');

	/** @param onDisk the register is a file, so that it can be restarted, and restored from a backup */
	constructor(onDisk = false) {
		mkdirSync(this.blobs.folder);
		this.#file = onDisk ? join(this.folder, 'register.sqlite') : ':memory:';
		this.#epochFile = onDisk ? join(this.folder, 'epoch.json') : null;
		this.register = this.#open();
		this.uploads = this.#uploads();
		for (const officer of everybody) this.register.putOfficer(officer);
	}

	/** a clock that nobody sets, milliseconds */
	monotonic(): number {
		return this.now - this.#began;
	}

	#open(): Register {
		return Register.open(this.#file, {
			keys: new ReceiptKeys(this.#keys),
			clock: () => new Date(this.now),
			epochFile: this.#epochFile
		});
	}

	get restarts(): boolean {
		return this.#epochFile !== null;
	}

	/** Copies the register and its blobs away, verified; tablets hear of it when they are told. */
	backup(tell = true): void {
		const { register } = this;
		const commands = register.connection.sqlite
			.prepare<[], string>('select id from command_log')
			.pluck()
			.all();
		this.#backup = {
			bytes: register.connection.sqlite.serialize(),
			head: register.head(),
			told: false,
			commands
		};
		if (tell) this.tellArchived();
	}

	/** Tells tablets how far the last backup reaches; false when they know, or there is none of this history. */
	tellArchived(): boolean {
		if (this.#backup === null || this.#backup.told) return false;
		this.#backup.told = true;
		this.register.setArchived(this.#backup.head);
		for (const id of this.#backup.commands)
			if (!this.#backedUp.has(id)) this.#backedUp.set(id, this.now);
		return true;
	}

	/** Whether tablets have known for 14 days, by the register's clock, that a backup holds a command. */
	mayHaveLeft(id: string): boolean {
		const told = this.#backedUp.get(id);
		return told !== undefined && this.now - told >= 14 * 24 * 60 * 60 * 1000;
	}

	/** The process ends and begins again. */
	restart(newKey = false): void {
		if (newKey) this.#keys = [randomBytes(32), ...this.#keys];
		this.register.close();
		this.register = this.#open();
		this.uploads = this.#uploads();
	}

	/** The file beside the register is gone when the process begins again. */
	loseEpochFile(): void {
		if (this.#epochFile !== null) rmSync(this.#epochFile, { force: true });
		// the numbers of the backup are those of the history before
		if (this.#backup !== null) this.#backup.told = true;
		this.restart();
	}

	/** No room for another page of the register. */
	full(is: boolean): void {
		const { sqlite } = this.register.connection;
		const pages = Number(sqlite.pragma('page_count', { simple: true }));
		sqlite.pragma(`max_page_count = ${is ? pages : 1_073_741_823}`);
	}

	/** The machine is lost: the register and its blobs are again as they were when copied. */
	restore(): boolean {
		if (this.#backup === null || !this.restarts) return false;
		this.register.close();
		for (const part of ['-wal', '-shm']) rmSync(this.#file + part, { force: true });
		writeFileSync(this.#file, this.#backup.bytes);
		this.#backup.told = true;
		this.register = this.#open();
		this.uploads = this.#uploads();
		const kept = new Set(
			this.register.connection.sqlite.prepare<[], string>('select sha256 from blob').pluck().all()
		);
		for (const name of readdirSync(this.blobs.folder, { recursive: true, encoding: 'utf8' })) {
			const sha256 = basename(name);
			if (sha256.length === 64 && !kept.has(sha256)) rmSync(join(this.blobs.folder, name));
		}
		return true;
	}

	/** The parts of uploads that had not ended are gone. */
	forgetParts(): void {
		rmSync(join(this.folder, 'uploads'), { recursive: true, force: true });
	}

	#uploads(): Uploads {
		const stores = { blobs: this.blobs, pictures: this.#pictures };
		const folder = join(this.folder, 'uploads');
		return new Uploads(this.register, folder, stores, '/api/uploads', () => new Date(this.now));
	}

	/** Files cases 1 to n, given to these officers in turn. */
	fileCases(n: number, officers: readonly (string | null)[]): void {
		this.register.transaction(() => {
			for (let i = 1; i <= n; i++)
				this.register.fileNewCase(
					{
						case: aCase(i, officers[(i - 1) % officers.length] ?? null),
						submission: null,
						people: [],
						documents: [],
						constraints: []
					},
					'system'
				);
		});
	}

	as(actor: string, made: Parameters<Register['performAs']>[1][number]): Answer {
		const [answer] = this.register.performAs(actor, [made]);
		if (answer === undefined) throw new Error('no answer');
		return answer;
	}

	assign(n: number, officerId: string | null, by: string): Answer {
		return this.as(by, { name: 'assign-case', caseId: caseId(n), payload: { officerId } });
	}

	async close(): Promise<void> {
		this.register.close();
		await this.#pictures.close();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
