import { newCase } from '#lib/domain/new-case.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

export { newCase, type NewCase } from '#lib/domain/new-case.ts';

/** An application has arrived and becomes a case. Intake and the register do this; the reference comes with it. */
export const fileCase = defineCommand({
	name: 'file-case',
	sort: 'act',
	permission: 'register-only',
	offline: false,
	payload: newCase,
	run(file, made, context) {
		if (file.case !== undefined) return refuse('already-exists');
		if (made.case.id !== file.caseId) return refuse('value-not-accepted', 'case.id');
		return {
			changes: [
				{ kind: 'case', record: made.case },
				...(made.submission === null
					? []
					: [{ kind: 'submission' as const, record: made.submission }]),
				...made.people.map((record) => ({ kind: 'person' as const, record })),
				...made.documents.map((record) => ({ kind: 'document' as const, record })),
				...made.constraints.map((record) => ({ kind: 'constraint' as const, record })),
				happened(
					context,
					'application-submitted',
					{ reference: made.case.reference, source: made.case.source, gaps: made.case.gaps },
					made.case.receivedOn
				)
			]
		};
	}
});
