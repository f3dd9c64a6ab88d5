import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { bytesOf } from '../blobs/council-bytes.ts';
import { finalise } from '../blobs/finalise.ts';
import { receiveBytes } from '../blobs/received.ts';
import { openInstallation, type Council, type Installation } from '../installation.ts';
import { caseOf, jo, TestDevice, withOfficers } from '../register/fixtures.ts';

/** For tests: a council on a disk with a case, a document with bytes, and a place for backups. */
export interface Place {
	folder: string;
	dataDir: string;
	target: string;
	installation: Installation;
	council: Council;
	caseId: string;
	tablet: TestDevice;
}

export const now = new Date('2026-03-03T02:00:00.000Z');

export async function aPlace(): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'bops-backup-'));
	const dataDir = join(folder, 'data');
	const target = join(folder, 'backups');
	const installation = openInstallation(dataDir);
	const council = installation.addCouncil({ code: 'LBH', name: 'Lambeth', host: 'localhost' });
	withOfficers(council.register);
	const caseId = caseOf(council.register, jo);
	const place = { folder, dataDir, target, installation, council, caseId };
	const tablet = new TestDevice(council.register, jo);
	await aDocument(council, tablet, caseId);
	return { ...place, tablet };
}

/** A document on a case, and its bytes in the store. @returns their hash */
export async function aDocument(
	council: Council,
	tablet: TestDevice,
	caseId: string
): Promise<string> {
	const part = join(council.folder, `part-${uuidv7()}`);
	mkdirSync(join(council.folder, 'uploads'), { recursive: true });
	writeFileSync(part, randomBytes(4_000));
	const kept = await finalise(part, { sha256: null, size: null }, bytesOf(council));
	if ('wrong' in kept) throw new Error(kept.wrong);
	const id = uuidv7();
	const { sha256, size, mime } = kept;
	const answer = tablet.answer(
		tablet.envelope(
			'add-document',
			caseId,
			{
				id,
				name: 'Plan.pdf',
				tags: [],
				description: '',
				drawingNumber: null,
				receivedOn: null,
				sha256,
				size,
				mime
			},
			{ blobs: [sha256] }
		)
	);
	if (answer.outcome !== 'applied') throw new Error(`${answer.code}: ${answer.detail}`);
	receiveBytes(council.register, kept, { caseId, of: 'document', id }, jo.id, now);
	return sha256;
}
