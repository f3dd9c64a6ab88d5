import { expect, test } from 'vitest';
import { aFile, caseId, envelope, perform, tess, uuid } from '../one-case.fixture.ts';

const paid = (over: Record<string, unknown> = {}, by = tess) =>
	envelope(
		'record-payment',
		{
			id: uuid(4, 900),
			kind: 'payment',
			pence: 27_000,
			paidOn: '2026-03-03',
			method: 'card',
			reference: 'GP-1',
			note: '',
			...over
		},
		by
	);

test('a payment stays on the case with who recorded it, and is recorded once', () => {
	const sent = paid();
	const { file, outcome } = perform(aFile(), sent);
	expect(outcome).toBe('applied');
	expect(file.get('payment', uuid(4, 900))).toMatchObject({ pence: 27_000, recordedBy: tess.id });
	expect(file.get('event', sent.id)?.type).toBe('payment-recorded');
	expect(perform(file, sent).file.all('payment')).toHaveLength(1);
	expect(
		perform(aFile(), paid({ kind: 'refund' }))
			.file.all('event')
			.at(-1)?.type
	).toBe('refund-recorded');
});

test('minus one pound, nothing at all, and a day that has not come are refused', () => {
	for (const over of [{ pence: -100 }, { pence: 0 }, { pence: 1.5 }])
		expect(perform(aFile(), paid(over)).outcome, JSON.stringify(over)).not.toBe('applied');
	expect(perform(aFile(), paid({ paidOn: '2126-01-01' }))).toMatchObject({
		code: 'date-in-future'
	});
});

test('a mistake is taken back with its reason, stays to be read, and is taken back once', () => {
	const { file } = perform(aFile(), paid());
	const back = envelope('withdraw-payment', { id: uuid(4, 900), reason: 'Another case.' }, tess);
	const taken = perform(file, back);
	expect(taken.file.get('payment', uuid(4, 900))?.withdrawn).toMatchObject({
		by: tess.id,
		reason: 'Another case.'
	});
	const again = envelope('withdraw-payment', { id: uuid(4, 900), reason: 'Twice.' }, tess);
	expect(perform(taken.file, again)).toMatchObject({ code: 'already-withdrawn' });
	expect(
		perform(aFile(), envelope('withdraw-payment', { id: uuid(4, 901), reason: 'None.' }, tess))
	).toMatchObject({ code: 'record-unknown' });
});

test('what is due is reckoned from what the officer recorded, which is checked when recorded', () => {
	const record = (value: unknown) =>
		envelope(
			'edit-record',
			{ kind: 'facts', id: caseId, fields: { feeBasis: { base: null, value } } },
			tess
		);
	const basis = {
		parts: [{ head: 'dwellings', quantity: null }],
		alternatives: false,
		share: 'whole',
		exemption: null,
		reduction: null,
		day: null,
		stated: null,
		note: ''
	};
	expect(perform(aFile(), record(basis))).toMatchObject({
		code: 'value-not-accepted',
		detail: expect.stringContaining('give the number of dwellings') as string
	});
	const two = { ...basis, parts: [{ head: 'dwellings', quantity: 2 }] };
	expect(perform(aFile(), record(two)).outcome).toBe('applied');
});
