import { afterEach, beforeEach, expect, test } from 'vitest';
import { jo, robin, withOfficers } from '../register/fixtures.ts';
import { Register } from '../register/register.ts';
import { verifyAudit } from '../register/audit.ts';
import { decideResubmission, mendPayload, retirePayload, retryPayload } from './desk.ts';
import { fileSubmission, type Filed } from './file-submission.ts';
import { bytesOf, submission, type Sent } from './fixtures.ts';
import { listPayloads, openPayload, payloadBytes } from './queue.ts';

let register: Register;
const now = new Date('2026-03-03T14:05:00.000Z');
const later = new Date('2026-03-05T09:00:00.000Z');

beforeEach(() => {
	register = withOfficers(Register.open(':memory:', { clock: () => now }));
});
afterEach(() => {
	expect(
		verifyAudit({
			connection: register.connection,
			keys: register.keys,
			auditHeadFile: null
		})
	).toMatchObject({ whole: true });
	register.close();
});

const file = (bytes: Uint8Array): Filed =>
	fileSubmission(register, bytes, {
		sender: 'api:PlanX',
		council: 'LBH',
		whateverItNames: false,
		now
	});
const send = (sent: Sent = {}) => file(bytesOf(submission(sent)));
const cases = () =>
	register.connection.sqlite.prepare('select count(*) from planning_case').pluck().get();
const waiting = () => listPayloads(register, { states: [], page: 1, pageSize: 10 }).total;

test('an administrator mends the text; the original stays byte for byte and leads to the case', () => {
	const original = Buffer.from(
		JSON.stringify(submission()).replace('"type":{"value"', '"tipe":{"value"')
	);
	const waits = file(original);
	expect(waits.state).toBe('repair');
	const text = openPayload(register, waits.payloadId)?.text?.replace('"tipe"', '"type"') ?? '';
	const mended = mendPayload(register, robin, {
		id: waits.payloadId,
		text,
		council: 'LBH',
		now: later
	});
	expect(mended).toMatchObject({ state: 'created' });
	if ('notDone' in mended) throw new Error(mended.notDone);

	expect(payloadBytes(register, waits.payloadId)?.equals(original)).toBe(true);
	expect(openPayload(register, waits.payloadId)?.state).toBe('superseded');
	expect(openPayload(register, mended.payloadId)).toMatchObject({
		mends: waits.payloadId,
		decidedBy: robin.id,
		decidedAt: later.toISOString(),
		earlier: [{ id: waits.payloadId }]
	});
	// received when it came, not when it was mended
	expect(register.caseFile(mended.caseId ?? '').case?.receivedOn).toBe('2026-03-03');
	expect(file(original)).toMatchObject({ state: 'existing', reference: mended.reference });
	expect(waiting()).toBe(0);
});

test('a text that is still wrong waits again, with its new problems', () => {
	const waits = file(Buffer.from('{"data":'));
	const mended = mendPayload(register, robin, {
		id: waits.payloadId,
		text: '{"data":{}}',
		council: 'LBH',
		now: later
	});
	expect(mended).toMatchObject({ state: 'repair' });
	expect(waiting()).toBe(1);
	const again = mendPayload(register, robin, {
		id: waits.payloadId,
		text: '{}',
		council: 'LBH',
		now: later
	});
	expect(again).toEqual({ notDone: expect.stringMatching(/already dealt with/) as string });
});

test('a payload for another council is filed here only when somebody says so', () => {
	const waits = send({ organisation: 'SWK' });
	const again = retryPayload(register, robin, { id: waits.payloadId, council: 'LBH', now: later });
	expect(again).toMatchObject({ state: 'repair' });
	const said = retryPayload(register, robin, {
		id: waits.payloadId,
		council: 'LBH',
		whateverItNames: true,
		now: later
	});
	expect(said).toMatchObject({ state: 'created' });
});

test('a resubmission kept as a case of its own', () => {
	const first = send();
	const second = send({ description: 'Another proposal' });
	const decided = decideResubmission(register, jo, {
		id: second.payloadId,
		decision: 'new-case',
		reason: 'A different site.',
		now: later
	});
	expect(decided).toMatchObject({ reference: expect.stringMatching(/^26-00101-/) as string });
	expect(cases()).toBe(2);
	expect(register.caseFile(first.caseId ?? '').case?.description).toBe(
		'Single storey rear extension'
	);
	expect(openPayload(register, second.payloadId)).toMatchObject({
		state: 'filed',
		decidedBy: jo.id,
		reason: 'A different site.'
	});
});

test('a resubmission attached: only its new files join the case, and the timeline says who and why', () => {
	const plan = { name: 'https://files.example/private/abc/plan.pdf' };
	const first = send({ files: [plan] });
	const extra = { name: 'https://files.example/private/def/section.pdf' };
	const second = send({ files: [plan, extra] });
	const decided = decideResubmission(register, jo, {
		id: second.payloadId,
		decision: 'attach',
		reason: 'The agent forgot a drawing.',
		now: later
	});
	expect(decided).toEqual({ caseId: first.caseId, reference: first.reference });
	const after = register.caseFile(first.caseId ?? '');
	expect(after.all('document').map(({ name }) => name)).toEqual(['plan.pdf', 'section.pdf']);
	expect(after.all('event').find(({ type }) => type === 'resubmission-attached')).toMatchObject({
		by: jo.id,
		detail: { reason: 'The agent forgot a drawing.', documents: ['section.pdf'] }
	});
	expect(cases()).toBe(1);
});

test('a resubmission set aside is kept, and no reason means no decision', () => {
	send();
	const second = send({ description: 'Spam' });
	const set = (reason: string) =>
		decideResubmission(register, jo, {
			id: second.payloadId,
			decision: 'set-aside',
			reason,
			now: later
		});
	expect(set('  ')).toHaveProperty('notDone');
	expect(waiting()).toBe(1);
	expect(set('Sent by mistake.')).not.toHaveProperty('notDone');
	expect(waiting()).toBe(0);
	expect(payloadBytes(register, second.payloadId)).not.toBeNull();
	expect(set('Again.')).toHaveProperty('notDone');
});

test('an erased payload leaves its hash, and the same bytes again still make no second case', () => {
	const first = send();
	const hash = openPayload(register, first.payloadId)?.sha256;
	expect(
		retirePayload(register, robin, { id: first.payloadId, reason: 'Retention.', now: later })
	).toEqual({ retired: true });
	expect(openPayload(register, first.payloadId)).toMatchObject({
		sha256: hash,
		text: null,
		textProblem: 'The payload was erased; only its hash is left.'
	});
	expect(send()).toMatchObject({ state: 'existing', reference: first.reference });
	expect(
		retirePayload(register, robin, { id: first.payloadId, reason: 'Twice.', now: later })
	).toHaveProperty('notDone');
});
