import type { CaseFile } from '#lib/commands/case-file.ts';
import type { Envelope } from '#lib/commands/envelope.ts';
import { runCommand } from '#lib/commands/run-command.ts';
import type { TypedRecord } from '#lib/domain/records.ts';
import type { RegisterParts } from './register-parts.ts';
import { besideThoseThatGaveWay, placeRestoredEdit, supersededEdit } from './restored-edit.ts';

/** A later writer of the lost history already stands: what is left to write is history. */
export interface Superseded {
	superseded: TypedRecord[];
}

/**
 * Runs a command over its file as it stands.
 *
 * @param author.vouchedFor the author is known to have been allowed
 * @param author.originalSeq its place in a lost history, when a receipt of ours vouches for it
 */
export function judgeCommand(
	parts: RegisterParts,
	file: CaseFile,
	envelope: Envelope,
	author: { vouchedFor: boolean; originalSeq: number | null }
): ReturnType<typeof runCommand> | Superseded {
	const { originalSeq } = author;
	const restored = originalSeq !== null;
	const { still, gaveWay } =
		restored && envelope.name === 'edit-record'
			? placeRestoredEdit(
					file,
					envelope,
					originalSeq,
					(id) => parts.commandLog.get(id)?.originalSeq ?? 0
				)
			: { still: envelope, gaveWay: {} };
	if (still === null) return { superseded: supersededEdit(file, envelope, gaveWay) };
	const result = runCommand(file, still, parts.officers(), {
		vouchedFor: author.vouchedFor || restored
	});
	return 'changes' in result && Object.keys(gaveWay).length > 0
		? { ...result, changes: besideThoseThatGaveWay(result.changes, envelope, gaveWay) }
		: result;
}
