import { measurement } from '#lib/domain/visit.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** Something was measured on site. */
export const takeMeasurement = defineCommand({
	name: 'take-measurement',
	sort: 'capture',
	permission: 'record-visit',
	offline: true,
	payload: measurement.pick({
		id: true,
		visitId: true,
		what: true,
		value: true,
		method: true,
		tolerance: true,
		remark: true
	}),
	run(file, measured, context) {
		if (file.case === undefined) return refuse('case-unknown');
		if (file.get('measurement', measured.id) !== undefined) return { changes: [] };
		const { envelope } = context;
		return {
			changes: [
				{
					kind: 'measurement',
					record: {
						...measured,
						caseId: file.caseId,
						takenBy: envelope.actor,
						takenAt: envelope.captured.wall,
						withdrawn: null,
						writers: {}
					}
				},
				happened(context, 'measurement-taken', {
					measurement: measured.id,
					visit: measured.visitId
				})
			]
		};
	}
});
