import { caseStatusWords, isInProgress } from '#lib/domain/case-status.ts';
import { publicity } from '#lib/domain/clock/clock-facts.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';
import { clockCase } from './clock-case.ts';

/** A notice was displayed, served or published on a day; the period for the public begins with it. */
export const recordPublicity = defineCommand({
	name: 'record-publicity',
	sort: 'act',
	permission: 'edit-case',
	offline: true,
	payload: publicity.pick({ kind: true, on: true, words: true }),
	run(file, { kind, on, words }, context) {
		const one = clockCase(file);
		if (one === null) return refuse('case-unknown');
		const { status, facts } = one;
		if (!isInProgress(status))
			return refuse('act-not-open', `It is at: ${caseStatusWords[status]}.`);
		if (on > context.today) return refuse('date-in-future');
		if (on < one.receivedOn) return refuse('date-before-received');
		const { id, actor } = context.envelope;
		const begun = { id, kind, on, words, recordedBy: actor, withdrawn: null };
		return {
			changes: [
				{ kind: 'clock', record: { ...facts, publicity: [...facts.publicity, begun] } },
				happened(context, 'publicity-start', { kind, words }, on)
			]
		};
	}
});
