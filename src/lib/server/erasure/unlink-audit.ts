import type { Register } from '../register/register.ts';

/** Without its salt nobody can prove by the audit's chain what a command had been. */
export function unlinkAudit({ connection }: Register, commandId: string, receivedAt: string): void {
	connection.sqlite
		.prepare(
			`delete from audit_salt where n in (select n from audit
			where what in ('command', 'id-used-twice') and at = ? and json_extract(body, '$.command') = ?)`
		)
		.run(receivedAt, commandId);
}
