import { randomBytes } from 'node:crypto';
import { MemoryLocker, Server } from '@tus/server';
import { largestUpload, type BytesReceipt } from '#lib/commands/protocol.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Register } from '../register/register.ts';
import { finalise, type Stores } from './finalise.ts';
import { PartStore } from './part-store.ts';
import { heldInCase, receiptOf, receiveBytes, type Whose } from './received.ts';
import {
	announcement,
	letCome,
	outOfTouch,
	received,
	said,
	tusHeaders,
	wordsFor,
	wrongBytes
} from './upload-answers.ts';
import { noSuchUpload, UploadProblem } from './upload-problem.ts';
import { UploadRows, type UploadRow } from './upload-rows.ts';
import { namedBytes } from './words-first.ts';

const mebibyte = 1024 * 1024;

/** An upload that stopped on its way is kept this long, milliseconds. */
export const unfinishedKept = 90 * 24 * 60 * 60 * 1000;

/**
 * Takes bytes in by tus 1.0.0, which only carries them: what arrived counts once it has been
 * hashed again from the disk and a row is committed. A broken upload goes on where it stopped,
 * also after this process was killed; wrong bytes are thrown away, journaled, and asked for again.
 */
export class Uploads {
	readonly #register: Register;
	readonly #stores: Stores;
	readonly #parts: PartStore;
	readonly #rows: UploadRows;
	readonly #path: string;
	readonly #now: () => Date;
	readonly #tus: Server;
	/** the id of the upload that a POST begins, from authorising it to tus making its part */
	readonly #begun = new WeakMap<object, string>();
	readonly #onFault = new WeakMap<object, (fault: unknown) => void>();
	readonly #finishing = new Map<string, Promise<BytesReceipt>>();

	/**
	 * @param folder for parts on their way; on the same file system as the blobs
	 * @param path where this is served; the last segment of a request's path is the upload
	 */
	constructor(
		register: Register,
		folder: string,
		stores: Stores,
		path = '/api/uploads',
		now: () => Date = () => new Date()
	) {
		this.#register = register;
		this.#rows = new UploadRows(register.connection);
		this.#parts = new PartStore(folder, this.#rows);
		this.#stores = stores;
		this.#path = path;
		this.#now = now;
		this.#tus = new Server({
			path,
			datastore: this.#parts,
			locker: new MemoryLocker(),
			relativeLocation: true,
			// no answer says that another site may read it
			allowedOrigins: [],
			getFileIdFromRequest: (_request, last) => last,
			namingFunction: (request) => this.#begun.get(request) ?? '',
			onUploadFinish: async (_request, { id }) => {
				const receipt = await this.#finish(id);
				return { status_code: 200, headers: said(receipt), body: JSON.stringify(receipt) };
			},
			onResponseError: (request, error) => this.#wordsFor(error, request)
		});
	}

	/** @param onFault hears what no sentence to the sender explains */
	async answer(
		request: Request,
		officer: Officer,
		onFault: (fault: unknown) => void = () => {}
	): Promise<Response> {
		this.#onFault.set(request, onFault);
		const answer = await this.#answer(request, officer);
		await letCome(request);
		return answer;
	}

	async #answer(request: Request, officer: Officer): Promise<Response> {
		try {
			const settled =
				request.method === 'POST'
					? await this.#begin(request, officer)
					: await this.#goOn(request, officer);
			return settled ?? (await this.#tus.handleWeb(request));
		} catch (error) {
			const { status_code: status, body } = this.#wordsFor(error, request);
			return new Response(body, { status, headers: tusHeaders });
		}
	}

	#wordsFor(error: unknown, request: object): { status_code: number; body: string } {
		const words = wordsFor(error);
		if (words === outOfTouch) this.#onFault.get(request)?.(error);
		return words;
	}

	/** Uploads that nobody went on with for 90 days lose their part; the journal keeps that they were. */
	async dropUnfinished(): Promise<void> {
		const before = new Date(this.#now().getTime() - unfinishedKept).toISOString();
		for (const id of this.#rows.openSince(before)) {
			await this.#parts.discard(id);
			this.#end(id, 'expired', 'Nobody went on with this upload for 90 days. Begin it again.');
		}
	}

	/** Authorises a new upload; answers at once when this case already holds the bytes. */
	async #begin(request: Request, officer: Officer): Promise<Response | null> {
		const announced = announcement(request.headers);
		const { caseId, of, id: recordId, sha256, size } = announced;
		const named = namedBytes(this.#register, announced);
		if (named === null)
			throw new UploadProblem(
				409,
				'The register does not know yet whose bytes these are: the words have to arrive first.'
			);
		if (size > largestUpload[of])
			throw new UploadProblem(
				413,
				`This is larger than the register takes (${largestUpload[of] / mebibyte} MB). It stays where it is; nothing was sent.`
			);
		if (named.size !== null && named.size !== size) throw wrongBytes('size');

		const row: UploadRow = {
			id: randomBytes(16).toString('hex'),
			...{ caseId, of, recordId, sha256, size },
			officerId: officer.id,
			state: 'open',
			problem: null,
			startedAt: this.#now().toISOString(),
			endedAt: null
		};
		const held = heldInCase(this.#register, caseId, sha256);
		const here = held !== null && (await this.#stores.blobs.size(sha256)) === size;
		this.#rows.add(row);
		if (!here) {
			this.#begun.set(request, row.id);
			return null;
		}
		const receipt = receiveBytes(this.#register, held, whoseOf(row), officer.id, this.#now());
		this.#end(row.id, 'received', null);
		return new Response(JSON.stringify(receipt), {
			status: 201,
			headers: { ...received(row, receipt), location: `${this.#path}/${row.id}` }
		});
	}

	/** Only the officer who began an upload goes on with it; what needs no more bytes is answered here. */
	async #goOn(request: Request, officer: Officer): Promise<Response | null> {
		const id = new URL(request.url).pathname.slice(this.#path.length + 1);
		const row = this.#rows.get(id);
		if (row?.officerId !== officer.id) throw noSuchUpload;
		const receipt = await this.#receiptWithoutMore(row);
		if (receipt === null) return null;
		const body = request.method === 'HEAD' ? null : JSON.stringify(receipt);
		return new Response(body, { status: 200, headers: received(row, receipt) });
	}

	async #receiptWithoutMore(row: UploadRow): Promise<BytesReceipt | null> {
		const finishing = this.#finishing.get(row.id);
		if (finishing !== undefined) return finishing;
		if (row.state === 'received') {
			const receipt = receiptOf(this.#register, whoseOf(row), row.sha256);
			if (receipt === null) throw noSuchUpload;
			return receipt;
		}
		if (row.state !== 'open') throw new UploadProblem(410, row.problem ?? noSuchUpload.body);
		await this.#takeBack(row);
		const { offset } = await this.#parts.getUpload(row.id);
		// all bytes had arrived when the server stopped: finish what it had begun
		return offset === row.size ? this.#finish(row.id) : null;
	}

	/**
	 * The server may have stopped when the verified bytes were in their place already and the row that
	 * says so was not. They become a part again, whole, and are verified like any other.
	 */
	async #takeBack({ id, sha256, size }: UploadRow): Promise<void> {
		if (await this.#parts.holds(id)) return;
		if ((await this.#stores.blobs.size(sha256)) !== size) return;
		await this.#parts.fill(id, this.#stores.blobs.read(sha256));
	}

	#finish(id: string): Promise<BytesReceipt> {
		const finishing =
			this.#finishing.get(id) ??
			this.#verify(id).finally(() => {
				this.#finishing.delete(id);
			});
		this.#finishing.set(id, finishing);
		return finishing;
	}

	async #verify(id: string): Promise<BytesReceipt> {
		const row = this.#rows.get(id);
		if (row === undefined) throw noSuchUpload;
		const kept = await finalise(this.#parts.part(id), row, this.#stores);
		if ('wrong' in kept) {
			const problem = wrongBytes(kept.wrong);
			await this.#parts.discard(id);
			this.#end(id, 'wrong', problem.body);
			throw problem;
		}
		const receipt = receiveBytes(this.#register, kept, whoseOf(row), row.officerId, this.#now());
		this.#end(id, 'received', null);
		return receipt;
	}

	#end(id: string, state: UploadRow['state'], problem: string | null): void {
		this.#rows.end({ id, state, problem, endedAt: this.#now().toISOString() });
	}
}

const whoseOf = ({ caseId, of, recordId }: UploadRow): Whose => ({ caseId, of, id: recordId });
