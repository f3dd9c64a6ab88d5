import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	closeInstallation,
	openInstallation,
	type Council,
	type Installation
} from '../installation.ts';
import { caseOf, jo, withOfficers } from '../register/fixtures.ts';
import { bytesOf } from './council-bytes.ts';
import { finalise } from './finalise.ts';
import { receiveBytes } from './received.ts';
import { serveRecordBytes } from './serve-record.ts';

const page = Buffer.from('<html><script>alert(1)</script></html>');
let folder: string;
let installation: Installation;
let lambeth: Council;
let southwark: Council;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-record-'));
	installation = openInstallation(folder);
	lambeth = installation.addCouncil({ code: 'LBH', name: 'Lambeth', host: 'l.example' });
	southwark = installation.addCouncil({ code: 'SWK', name: 'Southwark', host: 's.example' });
	withOfficers(lambeth.register);
});
afterEach(async () => {
	await bytesOf(lambeth).pictures.close();
	closeInstallation(installation);
	rmSync(folder, { recursive: true, force: true });
});

function withDocument(caseId: string): string {
	const id = v7();
	const payload = {
		id,
		name: '../plan.jpg',
		tags: [],
		description: '',
		drawingNumber: null,
		receivedOn: null,
		sha256: createHash('sha256').update(page).digest('hex'),
		mime: 'image/jpeg',
		size: page.byteLength
	};
	lambeth.register.performAs(jo.id, [{ name: 'add-document', caseId, payload }]);
	return id;
}

async function receive(caseId: string, id: string): Promise<void> {
	const part = join(lambeth.folder, 'part');
	mkdirSync(lambeth.folder, { recursive: true });
	writeFileSync(part, page);
	const kept = await finalise(part, { sha256: null, size: null }, bytesOf(lambeth));
	if ('wrong' in kept) throw new Error(kept.wrong);
	receiveBytes(lambeth.register, kept, { caseId, of: 'document', id }, jo.id, new Date());
}

const get = (
	id: string,
	caseId: string | null,
	council = lambeth,
	officer: typeof jo | null = jo
) =>
	serveRecordBytes(new Request('http://localhost/'), council, officer, {
		of: 'document',
		id,
		caseId
	});

test('a file is given only to an officer of the council, through a record of the case', async () => {
	const caseId = caseOf(lambeth.register, jo);
	const other = caseOf(lambeth.register, jo);
	const id = withDocument(caseId);
	expect((await get(id, caseId)).status).toBe(404);
	await receive(caseId, id);
	expect((await get(id, caseId)).status).toBe(200);
	expect((await get(id, caseId, lambeth, null)).status).toBe(401);
	expect((await get(id, caseId, lambeth, { ...jo, active: false })).status).toBe(403);
	expect((await get(id, null)).status).toBe(400);
	expect((await get(id, other)).status).toBe(404);
	expect((await get(v7(), caseId)).status).toBe(404);
	expect((await get(id, caseId, southwark)).status).toBe(404);
});

test('a web page named .jpg goes out as octets to be saved, never as a page or picture', async () => {
	const caseId = caseOf(lambeth.register, jo);
	const id = withDocument(caseId);
	await receive(caseId, id);
	const answer = await get(id, caseId);
	expect(answer.headers.get('content-type')).toBe('application/octet-stream');
	expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="plan\.jpg"/);
	expect(Buffer.from(await answer.arrayBuffer()).equals(page)).toBe(true);
});
