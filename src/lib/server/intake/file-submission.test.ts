import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Register } from '../register/register.ts';
import { fileSubmission, type Arrival } from './file-submission.ts';
import { bytesOf, submission } from './fixtures.ts';
import { listPayloads, openPayload, payloadBytes } from './queue.ts';

let register: Register;
const now = new Date('2026-03-03T14:05:00.000Z');
const arrival: Arrival = { sender: 'import', council: 'LBH', whateverItNames: false, now };
const file = (bytes: Uint8Array, changes: Partial<Arrival> = {}) =>
	fileSubmission(register, bytes, { ...arrival, ...changes });
const numberOfCases = () =>
	register.connection.sqlite.prepare('select count(*) from planning_case').pluck().get();

beforeEach(() => {
	register = Register.open(':memory:', { clock: () => now });
});
afterEach(() => register.close());

test('a payload becomes a case with a reference, and its bytes are kept as they came', () => {
	const bytes = Buffer.from(`${JSON.stringify(submission(), null, 4)}\r\n`);
	const filed = file(bytes);
	expect(filed).toMatchObject({
		state: 'created',
		source: 'sub-1',
		problems: [],
		documentsMissing: 1
	});
	expect(filed.reference).toMatch(/^26-00100-/);
	expect(register.caseIdFor(filed.reference ?? '')).toBe(filed.caseId);
	expect(payloadBytes(register, filed.payloadId)?.equals(bytes)).toBe(true);
});

test('the same bytes again make no second case', () => {
	const first = file(bytesOf(submission()));
	const again = file(bytesOf(submission()));
	expect(again).toMatchObject({
		state: 'existing',
		reference: first.reference,
		caseId: first.caseId
	});
	expect(numberOfCases()).toBe(1);
	expect(listPayloads(register, { states: [], page: 1, pageSize: 10 }).total).toBe(0);
});

test('the same submission with other spacing and order of keys is the same submission', () => {
	const first = file(bytesOf(submission()));
	const { data, metadata, ...rest } = submission();
	const again = file(Buffer.from(JSON.stringify({ metadata, ...rest, data }, null, 2)));
	expect(again).toMatchObject({ state: 'existing', reference: first.reference });
	expect(numberOfCases()).toBe(1);
});

test('the same submission id with other content waits for a person and changes nothing', () => {
	const first = file(bytesOf(submission()));
	const other = bytesOf(submission({ description: 'Two storey rear extension' }));
	const second = file(other);
	expect(second).toMatchObject({ state: 'resubmission', reference: first.reference });
	expect(register.caseFile(first.caseId ?? '').case?.description).toBe(
		'Single storey rear extension'
	);
	expect(file(other)).toMatchObject({ state: 'resubmission', payloadId: second.payloadId });
	expect(numberOfCases()).toBe(1);
	const queue = listPayloads(register, { states: [], page: 1, pageSize: 10 });
	expect(queue.rows).toMatchObject([{ state: 'resubmission', reference: first.reference }]);
});

test('a payload for another council waits in this one’s queue unless an operator says it belongs here', () => {
	const bytes = bytesOf(submission({ organisation: 'SWK' }));
	const waiting = file(bytes);
	expect(waiting).toMatchObject({ state: 'repair', reference: null });
	expect(waiting.problems).toEqual([
		{
			path: 'metadata.organisation',
			problem: 'It names the council “SWK”, and this register belongs to LBH.'
		}
	]);
	expect(file(bytes, { whateverItNames: true })).toMatchObject({
		state: 'created',
		payloadId: waiting.payloadId
	});
});

test('a payload that names no council is filed where it arrived', () => {
	expect(file(bytesOf(submission({ organisation: null }))).state).toBe('created');
});

const hostile: [string, Uint8Array, RegExp][] = [
	['nothing', Buffer.alloc(0), /empty/],
	['text', Buffer.from('hello'), /not JSON/],
	['cut JSON', bytesOf(submission()).subarray(0, 500), /not JSON/],
	['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), /byte 3/],
	['UTF-16', Buffer.from('{"a":1}', 'utf16le'), /not JSON/],
	['an array', Buffer.from('[]'), /not a JSON object/],
	['null', Buffer.from('null'), /not a JSON object/],
	['arrays in arrays without end', Buffer.from('['.repeat(200_000)), /100 levels/],
	['objects in objects without end', Buffer.from('{"a":'.repeat(200_000)), /100 levels/],
	['a key twice', Buffer.from('{"metadata":{"id":"a","id":"b"}}'), /“id” is there twice/],
	['a key twice, once escaped', Buffer.from('{"id":1,"\\u0069d":2}'), /“id” is there twice/]
];

test.each(hostile)('%s waits for repair with its problem, and is kept', (_name, bytes, problem) => {
	const filed = file(bytes);
	expect(filed.state).toBe('repair');
	expect(filed.problems[0]?.problem).toMatch(problem);
	expect(payloadBytes(register, filed.payloadId)?.equals(bytes)).toBe(true);
	expect(numberOfCases()).toBe(0);
});

describe('payloads that try to be clever', () => {
	const withData = (text: string): Buffer =>
		Buffer.from(JSON.stringify(submission()).replace('{"data":{', `{"data":{${text},`));

	test.each([
		['__proto__', '"__proto__":{"roles":["administrator"],"polluted":true}'],
		['constructor', '"constructor":{"prototype":{"polluted":true}}'],
		['a lone surrogate', '"odd":"\\ud800"'],
		['a number beyond numbers', '"odd":1e999'],
		['a character NUL', '"odd":"a\\u0000b"'],
		['100,000 keys', [...Array(100_000).keys()].map((n) => `"k${n}":${n}`).join()]
	])('%s makes a case or a repair, and pollutes nothing', (_name, text) => {
		const filed = file(withData(text));
		expect(['created', 'repair']).toContain(filed.state);
		expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
	});
});

test('what waits for repair is listed with its problems and its text', () => {
	const filed = file(Buffer.from('{"metadata":{"id":"x"},"data":{}}'));
	const opened = openPayload(register, filed.payloadId);
	expect(opened?.text).toBe('{"metadata":{"id":"x"},"data":{}}');
	expect(opened?.all.map(({ path }) => path)).toContain('data.application.type.value');
	expect(opened).toMatchObject({ problems: opened?.all.length, sourceId: 'x', earlier: [] });
});
