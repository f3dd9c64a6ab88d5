import { describe, expect, test } from 'vitest';
import type { TypedRecord } from '#lib/domain/records.ts';
import { act, aFile, caseId, jo, uuid } from '../one-case.fixture.ts';

const id = uuid(8, 1);
const hash = 'a'.repeat(64);
const named: TypedRecord = {
	kind: 'document',
	record: {
		id,
		caseId,
		name: 'plan.pdf',
		tags: [],
		description: '',
		drawingNumber: null,
		sourceUrl: 'https://example.org/plan.pdf',
		receivedOn: '2026-03-02',
		sha256: null,
		mime: null,
		size: null,
		bytesReceivedAt: null,
		fetchProblem: null,
		publicRegisterStatus: 'not-assessed',
		writers: {}
	}
};
const file = aFile().with([named]);
const confirm = { of: 'document', id, sha256: hash, mime: 'application/pdf', size: 10 };

describe('the bytes of a document', () => {
	test('are received when the register says so, and only then', () => {
		const result = act(file, 'confirm-bytes', confirm, 'system');
		expect(result.file.get('document', id)).toMatchObject({
			sha256: hash,
			size: 10,
			bytesReceivedAt: '2026-03-03T14:05:00.000Z'
		});
		expect(act(file, 'confirm-bytes', confirm, jo).code).toBe('not-permitted');
	});

	test('are confirmed once', () => {
		const { file: after } = act(file, 'confirm-bytes', confirm, 'system');
		expect(act(after, 'confirm-bytes', confirm, 'system').changes).toEqual([]);
	});

	test('of a document added by hand have to be the ones it was added with', () => {
		const added = { id: uuid(8, 2), name: 'b.pdf', tags: [], description: '', drawingNumber: null };
		const { file: after } = act(file, 'add-document', {
			...added,
			receivedOn: null,
			sha256: hash,
			mime: 'application/pdf',
			size: 10
		});
		const other = { ...confirm, id: added.id, sha256: 'b'.repeat(64) };
		expect(act(after, 'confirm-bytes', other, 'system').code).toBe('value-not-accepted');
		expect(act(after, 'confirm-bytes', { ...confirm, id: added.id }, 'system').outcome).toBe(
			'applied'
		);
	});

	test('that a submission names can be supplied by hand, once', () => {
		const supplied = { id, sha256: hash, mime: 'application/pdf', size: 10 };
		const { file: after } = act(file, 'supply-document', supplied);
		expect(after.get('document', id)).toMatchObject({ sha256: hash, bytesReceivedAt: null });
		expect(act(after, 'supply-document', supplied).changes).toEqual([]);
		const other = { ...supplied, sha256: 'b'.repeat(64) };
		expect(act(after, 'supply-document', other).code).toBe('already-exists');
		expect(act(after, 'confirm-bytes', { ...confirm, sha256: other.sha256 }, 'system').code).toBe(
			'value-not-accepted'
		);
		expect(act(after, 'confirm-bytes', confirm, 'system').outcome).toBe('applied');
	});

	test('that could not be fetched leave the reason, until they come', () => {
		const problem = { id, problem: 'The host is not on the list.' };
		const { file: after } = act(file, 'record-fetch-problem', problem, 'system');
		expect(after.get('document', id)?.fetchProblem).toBe('The host is not on the list.');
		expect(act(after, 'record-fetch-problem', problem, 'system').changes).toEqual([]);
		const received = act(after, 'confirm-bytes', confirm, 'system').file;
		expect(received.get('document', id)?.fetchProblem).toBeNull();
		expect(act(received, 'record-fetch-problem', problem, 'system').changes).toEqual([]);
	});
});

describe('the bytes of a photograph', () => {
	const photo = {
		id: uuid(7, 1),
		visitId: uuid(6, 1),
		number: 'JB-1',
		caption: '',
		sha256: hash,
		mime: 'image/jpeg',
		size: 1,
		width: null,
		height: null,
		position: null,
		heading: null,
		origin: 'file',
		method: 'fileInput',
		thumbnailSha256: 'b'.repeat(64)
	};
	const taken = act(aFile(), 'take-photo', photo).file;

	test.each([
		['original', hash, 'originalReceivedAt'],
		['thumbnail', 'b'.repeat(64), 'thumbnailReceivedAt']
	] as const)('%s: the hash has to be the one taken', (of, sha256, field) => {
		const wrong = act(
			taken,
			'confirm-bytes',
			{ of, id: photo.id, sha256: 'c'.repeat(64) },
			'system'
		);
		expect(wrong.code).toBe('value-not-accepted');
		const right = act(taken, 'confirm-bytes', { of, id: photo.id, sha256 }, 'system');
		expect(right.file.get('photo', photo.id)?.[field]).toBe('2026-03-03T14:05:00.000Z');
		expect(
			act(right.file, 'confirm-bytes', { of, id: photo.id, sha256 }, 'system').changes
		).toEqual([]);
	});
});
