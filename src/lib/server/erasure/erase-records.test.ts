import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Envelope } from '#lib/commands/envelope.ts';
import type { PushAnswer } from '#lib/commands/protocol.ts';
import { verifiedBackups, type KeptBackup } from '../backup/manifest.ts';
import { restoreCouncil } from '../backup/restore-council.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { receiveBytes } from '../blobs/received.ts';
import { namedBytes } from '../blobs/words-first.ts';
import { openInstallation, type Council, type Installation } from '../installation.ts';
import { verifyAudit } from '../register/audit.ts';
import { aCase, caseOf, jo, robin, TestDevice, withOfficers } from '../register/fixtures.ts';
import { dropErasedFiles, eraseRecordsOf } from './erase-records.ts';
import { tablesHolding } from './fixtures.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

const words = 'Mrs Quillfeather';
const picture = Buffer.from('a picture of somebody');
const sha256 = createHash('sha256').update(picture).digest('hex');
const [visitId, noteId, photoId, documentId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];

let folder: string;
let installation: Installation;
let council: Council;
let caseId: string;
let tablet: TestDevice;
let sent: { envelope: Envelope; receipt: string | null }[];

const dataDir = () => join(folder, 'data');
const target = () => join(folder, 'backups');
const blobFile = () => join(dataDir(), 'LBH', 'blobs', sha256.slice(0, 2), sha256);
const things = [
	{ kind: 'note' as const, id: noteId },
	{ kind: 'photo' as const, id: photoId },
	{ kind: 'document' as const, id: documentId }
];

function start(): void {
	installation = openInstallation(dataDir());
	council = installation.council('LBH') as Council;
	Object.assign(tablet, { register: council.register });
}
function erase(): void {
	const act = { caseId, things, reason: 'Asked for.', now: new Date('2026-03-03T09:00:00.000Z') };
	expect(eraseRecordsOf(council.register, robin, act)).toEqual({ erased: 3 });
	dropErasedFiles(council.register, council.folder);
}
async function backedUp(): Promise<KeptBackup> {
	const progress = () => undefined;
	await takeBackup(council, { target: target(), everyFile: true, now: () => new Date(), progress });
	return verifiedBackups(target(), 'LBH')[0] as KeptBackup;
}
async function restored(backup: KeptBackup): Promise<void> {
	installation.close();
	await restoreCouncil(backup, {
		...{ dataDir: dataDir(), target: target(), now: () => new Date(), progress: () => undefined },
		...{ serverIsStopped: false, acceptMissing: false }
	});
	start();
}
const push = (epoch: string | null = null): PushAnswer =>
	council.register.push(jo, { epoch, device: tablet.id, commands: sent });
const holds = () => tablesHolding(council.register, words);

/** Work of an officer that names somebody: in a note that was edited, a photograph, a document, and once in dispute. */
function record(): void {
	const own = (name: string, payload: unknown, more: Partial<Envelope> = {}) => ({
		envelope: tablet.envelope(name, caseId, payload, more),
		receipt: null
	});
	const edit = (value: string) => ({
		kind: 'note',
		id: noteId,
		fields: { text: { base: null, value } }
	});
	sent = [
		own('plan-visit', {
			id: visitId,
			plannedFor: '2026-03-10',
			plannedTime: '',
			purpose: '',
			access: ''
		}),
		own('write-note', { id: noteId, visitId: null, text: `Spoke to ${words}.` }),
		own('edit-record', edit(`${words} rang back.`)),
		own('edit-record', edit(`${words} says no.`)),
		own(
			'take-photo',
			{
				...{ id: photoId, visitId, number: 'JB-1', caption: words, sha256, mime: 'image/jpeg' },
				...{ size: picture.byteLength, width: 4, height: 3, position: null, heading: null },
				...{ origin: 'camera', method: 'takePhoto', thumbnailSha256: null }
			},
			{ blobs: [sha256] }
		),
		own(
			'add-document',
			{
				...{ id: documentId, name: `${words}.pdf`, tags: [], description: words },
				...{ drawingNumber: null, receivedOn: null, sha256, mime: 'application/pdf' },
				size: picture.byteLength
			},
			{ blobs: [sha256] }
		)
	];
	const answer = push();
	if ('epochChanged' in answer) throw new Error('a new epoch');
	for (const [n, one] of answer.answers.entries()) {
		if (!['applied', 'conflict'].includes(one.outcome)) throw new Error(JSON.stringify(one));
		Object.assign(sent[n] as object, { receipt: one.receipt });
	}
	mkdirSync(join(blobFile(), '..'), { recursive: true });
	writeFileSync(blobFile(), picture);
	const kept = {
		sha256,
		size: picture.byteLength,
		mime: 'image/jpeg',
		width: 4,
		height: 3,
		pictureProblem: null
	};
	receiveBytes(council.register, kept, { caseId, of: 'original', id: photoId }, jo.id, new Date());
	// the same with other content under a used number waits for a person
	const [, note] = sent;
	if (note === undefined) throw new Error('no note');
	const again = { ...note.envelope, payload: { id: noteId, visitId: null, text: `Not ${words}.` } };
	council.register.push(jo, {
		epoch: null,
		device: tablet.id,
		commands: [{ envelope: again, receipt: null }]
	});
}

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-erase-records-'));
	installation = openInstallation(dataDir());
	council = installation.addCouncil({ code: 'LBH', name: 'Lambeth', host: 'localhost' });
	withOfficers(council.register);
	caseId = caseOf(council.register, jo);
	tablet = new TestDevice(council.register, jo);
});
afterEach(() => {
	installation.close();
	rmSync(folder, { recursive: true, force: true });
});

test('what was erased is in no table and no file, leaves tombstones and the audit whole, and reaches devices', () => {
	record();
	expect(holds()).toEqual(
		expect.arrayContaining(['command_log', 'note', 'photo', 'document', 'conflict', 'quarantine'])
	);
	const { cursor } = tablet.pull();
	erase();
	expect(holds()).toEqual([]);
	expect(existsSync(blobFile())).toBe(false);
	expect(verifyAudit(council.register)).toMatchObject({ whole: true });
	const page = tablet.pull(cursor);
	expect(JSON.stringify(page)).not.toContain(words);
	const told = page.records.find(
		({ kind, record }) => kind === 'event' && 'type' in record && record.type === 'records-erased'
	);
	expect(told?.record).toMatchObject({ detail: { things, bytes: [sha256] } });
	const file = council.register.caseFile(caseId);
	expect(file.get('photo', photoId)).toMatchObject({
		number: 'JB-1',
		sha256,
		withdrawn: { by: robin.id, reason: 'Erased' }
	});
	expect(file.get('document', documentId)).toMatchObject({
		sha256,
		publicRegisterStatus: 'withhold'
	});
	const head = council.register.head();
	erase();
	expect(council.register.head()).toBe(head);
});

test('it stays away after a restore from before it, with its file', async () => {
	record();
	const before = await backedUp();
	erase();
	await restored(before);
	expect(holds()).toEqual([]);
	expect(existsSync(blobFile())).toBe(false);
	expect(verifyAudit(council.register)).toMatchObject({ whole: true });
	expect((await backedUp()).manifest.verified).toBe(true);
});

test('it stays away when a tablet sends it again to a register that had never held it', async () => {
	const before = await backedUp();
	record();
	erase();
	await restored(before);
	expect(council.register.caseFile(caseId).get('note', noteId)).toBeUndefined();
	const answer = push();
	expect('answers' in answer && answer.answers.map(({ outcome }) => outcome)).toEqual(
		expect.arrayContaining(['applied'])
	);
	expect(council.register.caseFile(caseId).get('photo', photoId)).toMatchObject({ caption: '' });
	expect(holds()).toEqual([]);
	// nor do its bytes come in again
	expect(
		namedBytes(council.register, { caseId, of: 'original', id: photoId, sha256, mime: '' })
	).toBeNull();
});

test('of a person it leaves what the planning register has to hold, and no more', () => {
	const made = aCase();
	const { id } = made.case;
	const person = (role: 'applicant' | 'owner') => ({
		...{ id: uuidv7(), caseId: id, role, name: words, organisation: null },
		...{ email: 'quill@x.example', phone: '020', address: null, detail: { interest: 'lessee' } },
		writers: {}
	});
	const people = [person('applicant'), person('owner')];
	council.register.fileNewCase({ ...made, people }, 'system');
	const things = people.map((one) => ({ kind: 'person' as const, id: one.id }));
	const act = { caseId: id, things, reason: 'Asked for.', now: new Date() };
	expect(eraseRecordsOf(council.register, robin, act)).toEqual({ erased: 2 });
	const left = council.register.caseFile(id).all('person');
	expect(left.find(({ role }) => role === 'applicant')).toMatchObject({ name: words, email: null });
	expect(left.find(({ role }) => role === 'owner')).toMatchObject({ name: 'Erased', phone: null });
	expect(tablesHolding(council.register, 'quill@x.example')).toEqual([]);
	expect(tablesHolding(council.register, words)).toEqual(
		expect.not.arrayContaining(['command_log'])
	);
});
