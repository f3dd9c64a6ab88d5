import { z } from 'zod';
import { calendarDate, id, instant, words, writers } from '../primitives.ts';
import { highestSum } from './fee-basis.ts';

export const paymentMethods = {
	card: 'Card',
	transfer: 'Bank transfer',
	cheque: 'Cheque',
	cash: 'Cash',
	portal: 'Through the portal it was sent by',
	other: 'Another way'
} as const;

/** Money that came for a case, or went back. A mistake is withdrawn and stays to be read. */
export const payment = z.strictObject({
	id,
	caseId: id,
	kind: z.enum(['payment', 'refund']),
	pence: z.int().min(1).max(highestSum),
	paidOn: calendarDate,
	method: z.enum(Object.keys(paymentMethods) as [keyof typeof paymentMethods]),
	/** as the bank or the portal names it */
	reference: words(200),
	note: words(2_000),
	recordedBy: z.string(),
	recordedAt: instant,
	withdrawn: z.strictObject({ by: id, at: instant, reason: z.string() }).nullable(),
	writers
});
export type Payment = z.infer<typeof payment>;

/**
 * Pence paid so far: what the application says was paid with a reference, and what officers
 * recorded, less what went back. Null when nothing shows that anything was paid.
 *
 * @param stated pounds, as the application says; null when it says nothing that can be relied on
 */
export function paidInAll(stated: number | null, payments: readonly Payment[]): number | null {
	const counted = payments.filter(({ withdrawn }) => withdrawn === null);
	if (stated === null && counted.length === 0) return null;
	return counted.reduce(
		(sum, { kind, pence }) => sum + (kind === 'payment' ? pence : -pence),
		Math.round((stated ?? 0) * 100)
	);
}
