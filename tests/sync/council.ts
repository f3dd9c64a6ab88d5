import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Answer } from '#lib/commands/envelope.ts';
import { FolderBlobs } from '#lib/server/blobs/blob-store.ts';
import { PictureHeaders } from '#lib/server/blobs/picture-headers.ts';
import { Uploads } from '#lib/server/blobs/uploads.ts';
import { ReceiptKeys } from '#lib/server/register/receipt.ts';
import { Register } from '#lib/server/register/register.ts';
import { aCase, caseId, everybody } from './town.ts';

/** A real register with its blobs, as the server runs it, without HTTP in front. */
export class Council {
	readonly folder = mkdtempSync(join(tmpdir(), 'bops-sync-'));
	readonly blobs = new FolderBlobs(join(this.folder, 'blobs'));
	readonly #pictures = new PictureHeaders();
	readonly #keys = new ReceiptKeys([randomBytes(32)]);
	readonly #file: string;
	#backup: Buffer | null = null;
	register: Register;
	uploads: Uploads;
	/** milliseconds since 1970 */
	now = Date.parse('2026-03-03T09:00:00.000Z');

	/** @param onDisk the register is a file, so that it can be restored from a backup */
	constructor(onDisk = false) {
		mkdirSync(this.blobs.folder);
		this.#file = onDisk ? join(this.folder, 'register.sqlite') : ':memory:';
		this.register = this.#open();
		this.uploads = this.#uploads();
		for (const officer of everybody) this.register.putOfficer(officer);
	}

	#open(): Register {
		return Register.open(this.#file, {
			keys: this.#keys,
			clock: () => new Date(this.now),
			epochFile: this.#file === ':memory:' ? null : join(this.folder, 'epoch.json')
		});
	}

	/** Copies the register and its blobs away, and tells the devices how far it reaches. */
	backup(): void {
		const head = this.register.head();
		this.#backup = this.register.connection.sqlite.serialize();
		this.register.setArchived(head);
	}

	/** The machine is lost: the register and its blobs are again as they were when copied. */
	restore(): boolean {
		if (this.#backup === null) return false;
		this.register.close();
		for (const part of ['-wal', '-shm']) rmSync(this.#file + part, { force: true });
		writeFileSync(this.#file, this.#backup);
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
