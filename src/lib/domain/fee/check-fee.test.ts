import { describe, expect, it } from 'vitest';
import { BankHolidays } from '../clock/bank-holidays.ts';
import { heldCase, type Sent } from '../proposal/held-case.fixture.ts';
import { checkFee } from './check-fee.ts';
import type { FeeBasis } from './fee-basis.ts';
import type { Payment } from './payment.ts';

const holidays = new BankHolidays();
const paying = (payable: number, reference: string | null = 'gp-1') => ({
	application: {
		fee: {
			calculated: payable,
			payable,
			reference: reference === null ? null : { govPay: reference }
		}
	}
});
const check = (sent: Sent, recorded: FeeBasis | null = null, payments: Payment[] = []) =>
	checkFee(heldCase(sent), recorded, payments, holidays);
const heads = (sent: Sent) => check(sent).basis.parts.map(({ head }) => head);

describe('the category a fee is reckoned in follows from the application', () => {
	it.each<[string, string]>([
		['pp.full.householder', 'householder-one'],
		['pp.full.householder.retro', 'householder-one'],
		['pp.full.demolition', 'relevant-demolition'],
		['pa.part1.classA', 'prior-approval'],
		['pa.part3.classMA', 'prior-approval-class-ma'],
		['listed', 'listed-building'],
		['wtt.consent', 'trees'],
		['hedgerowRemovalNotice', 'hedgerow'],
		['advertConsent', 'advertisement'],
		['amendment.nonMaterial', 'non-material-amendment'],
		['preApp', 'council-charge']
	])('%s', (type, head) => {
		expect(heads({ type })).toEqual([head]);
	});

	it('a larger home extension is not every Class A, and Class AA is another class', () => {
		expect(heads({ type: 'pa.part1.classAA' })).toEqual([]);
		expect(check({ type: 'pa.part1.classAA' }).proposed.choices).toContain('prior-approval-works');
	});

	it.each(['approval.conditions', 'amendment.minorMaterial', 'pa.part3.classQ'])(
		'%s leaves a person the choice, and says why',
		(type) => {
			const { proposed, comparison } = check({ type });
			expect(proposed.choices.length).toBeGreaterThan(1);
			expect(proposed.because.join('')).not.toBe('');
			expect(comparison.is).toBe('needs-person');
		}
	);

	it('a certificate for a proposed use is half', () => {
		expect(check({ type: 'ldc.proposed' }).basis.share).toBe('half');
		expect(check({ type: 'ldc.existing' }).basis.share).toBe('whole');
	});
});

describe('what was paid', () => {
	it('householder, 2 March 2026: £528 paid with a reference is right', () => {
		expect(check({ data: paying(528) }).comparison).toMatchObject({ is: 'right', difference: 0 });
	});

	it('last year’s fee is too little, and a payment makes it right', () => {
		const sent: Sent = { data: paying(258) };
		expect(check(sent).comparison).toMatchObject({ is: 'underpaid', difference: -27_000 });
		const rest: Payment = {
			id: '00000000-0000-4000-8000-000000000001',
			caseId: '00000000-0000-4000-8000-000000000002',
			kind: 'payment',
			pence: 27_000,
			paidOn: '2026-03-03',
			method: 'card',
			reference: '',
			note: '',
			recordedBy: 'tess',
			recordedAt: '2026-03-03T09:00:00.000Z',
			withdrawn: null,
			writers: {}
		};
		expect(check(sent, null, [rest]).comparison.is).toBe('right');
		expect(check(sent, null, [{ ...rest, kind: 'refund' }]).paid).toBe(-1_200);
		const withdrawn = { by: rest.id, at: rest.recordedAt, reason: 'Another case.' };
		expect(check(sent, null, [{ ...rest, withdrawn }]).comparison.is).toBe('underpaid');
	});

	it('an amount without a reference shows nothing', () => {
		expect(check({ data: paying(528, null) }).comparison.is).toBe('needs-person');
	});

	it('a claimed exemption changes nothing until an officer has seen its evidence', () => {
		const sent: Sent = {
			data: {
				application: { fee: { calculated: 528, payable: 0, exemption: { disability: true } } }
			}
		};
		const claimed = check(sent);
		expect(claimed.comparison.is).toBe('needs-person');
		expect(claimed.comparison.sentence).toContain('disabled person');
		const seen = check(sent, { ...claimed.basis, exemption: 'disability' });
		expect(seen).toMatchObject({ paid: 0, openClaims: [], comparison: { is: 'right' } });
		expect(check(sent, claimed.basis).comparison.is).toBe('underpaid');
	});

	it('an officer’s own figure counts, with its reason', () => {
		const basis = { ...check({ type: 'preApp' }).basis, stated: 12_000, note: 'Charges of 2026.' };
		expect(check({ type: 'preApp', data: paying(120) }, basis)).toMatchObject({
			reckoning: { due: 12_000 },
			comparison: { is: 'right' }
		});
	});

	it('the day an officer names is the day that counts', () => {
		const basis = { ...check({}).basis, day: '2025-03-31' };
		expect(check({ data: paying(258) }, basis).comparison.is).toBe('right');
	});
});
