import { payment } from '#lib/domain/fee/payment.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

const recorded = { payment: 'payment-recorded', refund: 'refund-recorded' } as const;

/** Money came in for a case, or went back to who paid it. */
export const recordPayment = defineCommand({
	name: 'record-payment',
	sort: 'act',
	permission: 'validate-case',
	offline: true,
	payload: payment.pick({
		id: true,
		kind: true,
		pence: true,
		paidOn: true,
		method: true,
		reference: true,
		note: true
	}),
	run(file, paid, context) {
		if (file.case === undefined) return refuse('case-unknown');
		if (file.get('payment', paid.id) !== undefined) return { changes: [] };
		if (paid.paidOn > context.today) return refuse('date-in-future');
		const { envelope } = context;
		return {
			changes: [
				{
					kind: 'payment',
					record: {
						...paid,
						caseId: file.caseId,
						recordedBy: envelope.actor,
						recordedAt: envelope.captured.wall,
						withdrawn: null,
						writers: {}
					}
				},
				happened(
					context,
					recorded[paid.kind],
					{ payment: paid.id, pence: paid.pence, reference: paid.reference },
					paid.paidOn
				)
			]
		};
	}
});
