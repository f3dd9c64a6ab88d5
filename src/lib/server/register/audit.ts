import type Database from 'better-sqlite3';
import { latestOf, readAuditHead, type PublishedHead } from './audit-head.ts';
import { chained, chainStart, saltedHash, type AuditRow } from './audit-log.ts';
import type { ReceiptKeys } from './receipt.ts';

/** What walking the chain found. */
export type AuditVerdict =
	| {
			whole: true;
			/** rows walked */
			rows: number;
			/** rows whose salt has been erased: chained, but linked to nobody any more */
			erased: number;
			/** false: no signed head was kept, so that a cut end would not show */
			headKnown: boolean;
	  }
	| { whole: false; at: number; problem: string };

interface Verified {
	/** a connection of any kind; reading is enough */
	connection: { sqlite: Database.Database };
	keys: ReceiptKeys;
	auditHeadFile: string | null;
}

/**
 * Walks the audit chain from its start and holds it against the answered commands and the
 * signed head outside the database. Says where the first break is.
 */
export function verifyAudit({ connection, keys, auditHeadFile }: Verified): AuditVerdict {
	const { sqlite } = connection;
	return sqlite.transaction(() => {
		const broken = (at: number, problem: string): AuditVerdict => ({ whole: false, at, problem });
		const head = auditHeadFile === null ? null : readAuditHead(auditHeadFile, keys);
		const latest = auditHeadFile === null ? null : latestHead(sqlite, auditHeadFile, keys);
		if (head === 'forged' || latest === 'forged')
			return broken(0, 'The published head is not signed by this council.');
		const heads = [head, latest].filter((one) => one !== null);
		const salts = sqlite
			.prepare<[number], string>('select salt from audit_salt where n = ?')
			.pluck();
		const logged = sqlite.prepare<[string], LoggedText>(
			'select envelope, seq, epoch, outcome, code, actor, name, case_id from command_log where id = ?'
		);
		let before = chainStart;
		let n = 0;
		let erased = 0;
		let commands = 0;
		const rows = sqlite.prepare<[], AuditRow>(
			'select n, at, what, body, hash from audit order by n'
		);
		for (const row of rows.iterate()) {
			n += 1;
			if (row.n !== n) return broken(n, `Row ${n} is missing.`);
			if (chained(before, row) !== row.hash)
				return broken(n, `Row ${n} is not what was chained: it or its order was changed.`);
			if (heads.some((one) => one.n === n && one.hash !== row.hash))
				return broken(n, `Row ${n} is not the one that was published.`);
			const body = JSON.parse(row.body) as Record<string, unknown>;
			const salt = salts.get(n);
			if ('content' in body && salt === undefined) erased += 1;
			if (row.what === 'command') {
				commands += 1;
				const command = logged.get(String(body['command']));
				if (command === undefined) return broken(n, `The command of row ${n} is missing.`);
				if (
					!agrees(body, command) ||
					(salt !== undefined && saltedHash(salt, command.envelope) !== body['content'])
				)
					return broken(n, `The command of row ${n} is not what was recorded.`);
			}
			before = row.hash;
		}
		const furthest = Math.max(0, ...heads.map((one) => one.n));
		if (furthest > n)
			return broken(n + 1, `The chain ends at row ${n}, and row ${furthest} was published.`);
		const answered = sqlite.prepare<[], number>('select count(*) from command_log').pluck().get();
		if (answered !== commands)
			return broken(n, `${answered} commands are answered, ${commands} of them are in the chain.`);
		return { whole: true, rows: n, erased, headKnown: heads.length > 0 } as const;
	})();
}

/**
 * The head as of the last commit of this epoch. One of an earlier epoch is of a register that has
 * been restored since, and its end is on record there.
 */
function latestHead(
	sqlite: Database.Database,
	auditHeadFile: string,
	keys: ReceiptKeys
): PublishedHead | 'forged' | null {
	const latest = readAuditHead(latestOf(auditHeadFile), keys, 'may be torn');
	if (latest === null || latest === 'forged') return latest;
	const epoch = sqlite
		.prepare<[], string>(`select value from meta where name = 'epoch'`)
		.pluck()
		.get();
	return latest.epoch === epoch ? latest : null;
}

interface LoggedText {
	envelope: string;
	seq: number;
	epoch: string;
	outcome: string;
	code: string | null;
	actor: string;
	name: string;
	case_id: string;
}

const agrees = (body: Record<string, unknown>, command: LoggedText): boolean =>
	body['seq'] === command.seq &&
	body['epoch'] === command.epoch &&
	body['outcome'] === command.outcome &&
	body['code'] === command.code &&
	body['actor'] === command.actor &&
	body['name'] === command.name &&
	body['caseId'] === command.case_id;
