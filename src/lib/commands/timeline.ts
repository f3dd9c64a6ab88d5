import type { TypedRecord } from '#lib/domain/records.ts';
import type { TimelineEvent } from '#lib/domain/timeline-event.ts';
import type { Context } from './command.ts';

/** The timeline entry of a command: who, what, when, from which device. */
export function happened(
	context: Pick<Context, 'envelope'>,
	type: string,
	detail: TimelineEvent['detail'] = {},
	effectiveOn: string | null = null
): TypedRecord {
	const { envelope } = context;
	return {
		kind: 'event',
		record: {
			id: envelope.id,
			caseId: envelope.caseId,
			type,
			at: envelope.captured.wall,
			effectiveOn,
			by: envelope.actor,
			device: envelope.device,
			command: envelope.name,
			detail,
			writers: {}
		}
	};
}
