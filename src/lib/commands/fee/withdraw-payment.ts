import { z } from 'zod';
import { id, words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** A payment or refund was recorded by mistake: it stays, struck through, and counts no more. */
export const withdrawPayment = defineCommand({
	name: 'withdraw-payment',
	sort: 'act',
	permission: 'validate-case',
	offline: true,
	payload: z.strictObject({ id, reason: words(1_000).min(1) }),
	run(file, { id: paymentId, reason }, context) {
		const record = file.get('payment', paymentId);
		if (record === undefined) return refuse('record-unknown');
		if (record.withdrawn !== null) return refuse('already-withdrawn');
		const { actor: by, captured } = context.envelope;
		return {
			changes: [
				{ kind: 'payment', record: { ...record, withdrawn: { by, at: captured.wall, reason } } },
				happened(context, 'payment-withdrawn', { payment: paymentId, pence: record.pence, reason })
			]
		};
	}
});
