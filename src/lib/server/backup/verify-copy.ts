import { join } from 'node:path';
import type { NamedFile } from './copy-files.ts';
import { verifyAudit } from '../register/audit.ts';
import { openRegister } from '../register/open-register.ts';
import type { ReceiptKeys } from '../register/receipt.ts';

/** Names of what is in a backup's folder. */
export const registerCopy = 'register.sqlite';
export const headCopy = 'audit-head.json';
/** beside the backups of a council, for all of them */
export const ledgerCopy = 'erasures.jsonl';

/** What reopening a copy of a register found. */
export interface VerifiedCopy {
	epoch: string;
	seq: number;
	commands: number;
	audit: { rows: number; headKnown: boolean };
	files: NamedFile[];
	/** entries of the erasure ledger that it has in effect */
	erasures: number;
	/** each in a sentence; empty: the copy is whole */
	problems: string[];
}

/** Reopens the copy in a backup's folder as a stranger would, reading only, and looks at all of it. */
export function verifyCopy(folder: string, keys: ReceiptKeys): VerifiedCopy {
	try {
		return look(folder, keys);
	} catch (problem) {
		// a broken page may be met anywhere
		const problems = [`The copy of the register cannot be read: ${String(problem)}.`];
		const audit = { rows: 0, headKnown: false };
		return { epoch: '', seq: 0, commands: 0, audit, files: [], erasures: 0, problems };
	}
}

function look(folder: string, keys: ReceiptKeys): VerifiedCopy {
	const connection = openRegister(join(folder, registerCopy), { readonly: true });
	try {
		const { sqlite } = connection;
		const problems: string[] = [];
		const pages = sqlite.pragma('integrity_check(10)') as { integrity_check: string }[];
		if (pages[0]?.integrity_check !== 'ok')
			problems.push(
				`The copy of the register is damaged: ${pages.map((row) => row.integrity_check).join('; ')}.`
			);
		const loose = sqlite.pragma('foreign_key_check') as { table: string }[];
		if (loose.length > 0)
			problems.push(
				`${loose.length} rows of the copy point to rows that are not there (${[...new Set(loose.map((row) => row.table))].join(', ')}).`
			);
		const audit = verifyAudit({ connection, keys, auditHeadFile: join(folder, headCopy) });
		if (!audit.whole)
			problems.push(`The audit of the copy is broken at row ${audit.at}. ${audit.problem}`);
		const one = <T>(sql: string) => sqlite.prepare<[], T>(sql).pluck().get();
		return {
			epoch: one<string>(`select value from meta where name = 'epoch'`) ?? '',
			seq: one<number>(`select value from counter where name = 'seq'`) ?? 0,
			commands: one<number>('select count(*) from command_log') ?? 0,
			audit: audit.whole
				? { rows: audit.rows, headKnown: audit.headKnown }
				: { rows: 0, headKnown: false },
			files: sqlite.prepare<[], NamedFile>('select sha256, size from blob order by sha256').all(),
			erasures: one<number>(`select value from counter where name = 'erasures-applied'`) ?? 0,
			problems
		};
	} finally {
		connection.sqlite.close();
	}
}
