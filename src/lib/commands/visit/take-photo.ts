import { photo } from '#lib/domain/visit.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/**
 * A photograph was taken. The device gave it its number, and the number stays
 * whatever happens; the bytes follow on their own and are named by hash.
 */
export const takePhoto = defineCommand({
	name: 'take-photo',
	sort: 'capture',
	permission: 'record-visit',
	offline: true,
	payload: photo.pick({
		id: true,
		visitId: true,
		number: true,
		caption: true,
		sha256: true,
		mime: true,
		size: true,
		width: true,
		height: true,
		position: true,
		heading: true,
		origin: true,
		method: true,
		thumbnailSha256: true
	}),
	blobs: (payload) =>
		payload.thumbnailSha256 === null ? [payload.sha256] : [payload.sha256, payload.thumbnailSha256],
	run(file, taken, context) {
		if (file.case === undefined) return refuse('case-unknown');
		if (file.get('photo', taken.id) !== undefined) return { changes: [] };
		const { envelope } = context;
		return {
			changes: [
				{
					kind: 'photo',
					record: {
						...taken,
						caseId: file.caseId,
						takenBy: envelope.actor,
						takenAt: envelope.captured.wall,
						device: envelope.device,
						originalReceivedAt: null,
						thumbnailReceivedAt: null,
						publicRegisterStatus: 'not-assessed',
						withdrawn: null,
						writers: {}
					}
				},
				happened(context, 'photo-taken', {
					photo: taken.id,
					number: taken.number,
					visit: taken.visitId
				})
			]
		};
	}
});
