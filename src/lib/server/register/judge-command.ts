import type { CaseFile } from '#lib/commands/case-file.ts';
import type { Envelope } from '#lib/commands/envelope.ts';
import { runCommand } from '#lib/commands/run-command.ts';
import type { RegisterParts } from './register-parts.ts';
import { placeRestoredEdit } from './restored-edit.ts';

/**
 * Runs a command over its file as it stands.
 *
 * @param author.vouchedFor the author is known to have been allowed
 * @param author.originalSeq its place in a lost history, when a receipt of ours vouches for it
 * @returns `superseded` when a later writer of that history already stands
 */
export function judgeCommand(
	parts: RegisterParts,
	file: CaseFile,
	envelope: Envelope,
	author: { vouchedFor: boolean; originalSeq: number | null }
): ReturnType<typeof runCommand> | 'superseded' {
	const { originalSeq } = author;
	const restored = originalSeq !== null;
	const counting =
		restored && envelope.name === 'edit-record'
			? placeRestoredEdit(
					file,
					envelope,
					originalSeq,
					(id) => parts.commandLog.get(id)?.originalSeq ?? 0
				)
			: envelope;
	if (counting === null) return 'superseded';
	return runCommand(file, counting, parts.officers(), {
		vouchedFor: author.vouchedFor || restored
	});
}
