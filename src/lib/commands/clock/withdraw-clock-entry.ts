import { z } from 'zod';
import { caseStatusWords, isInProgress } from '#lib/domain/case-status.ts';
import { words } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { clockCase } from './clock-case.ts';

/** An agreement or an act of publicity was recorded by mistake: it counts no more, and stays to be read. */
export const withdrawClockEntry = defineCommand({
	name: 'withdraw-clock-entry',
	sort: 'act',
	permission: ({ of }) => (of === 'agreement' ? 'assess-case' : 'edit-case'),
	offline: true,
	payload: z.strictObject({
		of: z.enum(['agreement', 'publicity']),
		/** id of the command that recorded it */
		id: z.string().max(100),
		reason: words(2_000)
	}),
	run(file, { of, id, reason }, context) {
		const one = clockCase(file);
		if (one === null) return refuse('case-unknown');
		const { status, facts } = one;
		if (!isInProgress(status))
			return refuse('act-not-open', `It is at: ${caseStatusWords[status]}.`);
		const list = of === 'agreement' ? facts.agreements : facts.publicity;
		const entry = list.find((each) => each.id === id);
		if (entry === undefined) return refuse('record-unknown');
		if (entry.withdrawn !== null) return refuse('already-withdrawn');
		if (reason.trim() === '') return refuse('reason-missing');
		const { actor: by, captured } = context.envelope;
		const withdrawn = { by, at: captured.wall, reason };
		const without = <E extends { id: string }>(entries: readonly E[]): E[] =>
			entries.map((entry) => (entry.id === id ? { ...entry, withdrawn } : entry));
		return {
			changes: [
				{
					kind: 'clock',
					record:
						of === 'agreement'
							? { ...facts, agreements: without(facts.agreements) }
							: { ...facts, publicity: without(facts.publicity) }
				},
				happened(context, 'clock-entry-withdrawn', {
					of,
					entry: id,
					day: 'until' in entry ? entry.until : entry.on,
					reason
				})
			]
		};
	}
});
