import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { bytesOf } from '../blobs/council-bytes.ts';
import { finalise } from '../blobs/finalise.ts';
import { receiveBytes } from '../blobs/received.ts';
import type { Council } from '../installation.ts';
import { document } from '../register/record/schema.ts';
import type { Register } from '../register/register.ts';
import { fetchFile, NotFetched, type FetchRules } from './fetch-file.ts';
import { documentFetch } from './schema.ts';

/** After the first failure the next try comes this much later, milliseconds; then twice as much, and so on. */
const firstPause = 5 * 60_000;
const longestPause = 24 * 60 * 60_000;

export interface FetchReport {
	fetched: number;
	/** tried, or not allowed: each document says why */
	failed: number;
	/** left for later: tried not long ago */
	waiting: number;
}

interface Missing {
	id: string;
	caseId: string;
	url: string;
	problem: string | null;
	attempts: number;
	triedAt: string | null;
}

/**
 * Fetches the documents that submissions name and that have not been received, one after another.
 * What cannot be fetched says so on the document, and stops nothing else.
 *
 * @param everything also those tried not long ago
 */
export async function fetchDocuments(
	council: Council,
	rules: FetchRules,
	{
		everything,
		now,
		onProgress = () => {}
	}: { everything: boolean; now: () => Date; onProgress?: (done: number, of: number) => void }
): Promise<FetchReport> {
	const all = missingDocuments(council.register);
	const due = everything ? all : all.filter((one) => isDue(one, now()));
	const report: FetchReport = { fetched: 0, failed: 0, waiting: all.length - due.length };
	for (const [index, one] of due.entries()) {
		onProgress(index, due.length);
		if (await fetchOne(council, one, rules, now)) report.fetched += 1;
		else report.failed += 1;
	}
	onProgress(due.length, due.length);
	return report;
}

async function fetchOne(
	council: Council,
	{ id, caseId, url, problem }: Missing,
	rules: FetchRules,
	now: () => Date
): Promise<boolean> {
	const folder = join(council.folder, 'uploads');
	await mkdir(folder, { recursive: true });
	const part = join(folder, `fetch-${randomUUID()}`);
	const { register } = council;
	try {
		await fetchFile(url, part, rules);
		const kept = await finalise(part, { sha256: null, size: null }, bytesOf(council));
		if ('wrong' in kept) throw new Error('Bytes without an announced hash cannot be wrong.');
		receiveBytes(register, kept, { caseId, of: 'document', id }, 'system', now());
		register.connection.orm.delete(documentFetch).where(eq(documentFetch.documentId, id)).run();
		return true;
	} catch (error) {
		if (!(error instanceof NotFetched)) throw error;
		tried(register, id, now());
		// the words stay as they are: no command for nothing new
		if (error.message !== problem)
			register.performAs('system', [
				{ name: 'record-fetch-problem', caseId, payload: { id, problem: error.message } }
			]);
		return false;
	} finally {
		await rm(part, { force: true });
	}
}

function missingDocuments(register: Register): Missing[] {
	return register.connection.orm
		.select({
			id: document.id,
			caseId: document.caseId,
			url: document.sourceUrl,
			problem: document.fetchProblem,
			attempts: documentFetch.attempts,
			triedAt: documentFetch.triedAt
		})
		.from(document)
		.leftJoin(documentFetch, eq(documentFetch.documentId, document.id))
		.where(
			and(isNotNull(document.sourceUrl), isNull(document.sha256), isNull(document.bytesReceivedAt))
		)
		.all()
		.map((row) => ({ ...row, url: row.url ?? '', attempts: row.attempts ?? 0 }));
}

function isDue({ attempts, triedAt }: Missing, now: Date): boolean {
	if (triedAt === null) return true;
	const pause = Math.min(longestPause, firstPause * 2 ** (attempts - 1));
	return now.getTime() - Date.parse(triedAt) >= pause;
}

function tried(register: Register, documentId: string, now: Date): void {
	register.transaction(() => {
		const { orm } = register.connection;
		const earlier = orm
			.select()
			.from(documentFetch)
			.where(eq(documentFetch.documentId, documentId))
			.get();
		const row = {
			documentId,
			attempts: (earlier?.attempts ?? 0) + 1,
			triedAt: now.toISOString()
		};
		orm
			.insert(documentFetch)
			.values(row)
			.onConflictDoUpdate({ target: documentFetch.documentId, set: row })
			.run();
	});
}
