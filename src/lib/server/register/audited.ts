import { AuditLog } from './audit-log.ts';
import type { Register } from './register.ts';

/**
 * Chains into the audit an act that no command stands for; inside the transaction of what it records.
 *
 * @param words what a person wrote: chained as a salted hash only
 */
export function audited(
	register: Register,
	now: Date,
	what: string,
	facts: Record<string, string | number | boolean | null>,
	words?: string
): void {
	new AuditLog(register.connection.sqlite).append(now.toISOString(), what, facts, words);
}
