import type { BytesReceipt, Envelope, PushRequest, Transport } from '#lib/commands/protocol.ts';
import type { Device } from '#lib/local/device.ts';
import type { Council } from './council.ts';
import type { Breakage } from './simulation.ts';
import { uuid } from './town.ts';

/*
 * Mistakes of plausible designs, several of them found in the field systems we looked at.
 * Each is made at one seam around the real code: a wrapper round the transport, or a hand
 * in the device's tables after a push or pull. The simulator has to notice every one.
 */

const drop = (device: Device, state: string) =>
	device.db.outbox
		.where({ state })
		.delete()
		.then(() => undefined);

/** A transport that changes what it is given before passing it on. */
const sending =
	(
		change: (request: PushRequest, council: Council) => PushRequest
	): NonNullable<Breakage['transport']> =>
	(wire, _device, council) => ({
		push: (request) => wire.push(change(structuredClone(request), council)),
		pull: (request) => wire.pull(request),
		upload: (...upload) => wire.upload(...upload)
	});

const each = (request: PushRequest, change: (envelope: Envelope) => void): PushRequest => {
	for (const { envelope } of request.commands) change(envelope);
	return request;
};

let fresh = 0;

const sentBefore = new Set<string>();

const newIdForRepeats: NonNullable<Breakage['transport']> = (wire): Transport => ({
	push: async (request) => {
		const ids = new Map<string, string>();
		const changed = each(structuredClone(request), (envelope) => {
			if (!sentBefore.has(envelope.id)) {
				sentBefore.add(envelope.id);
				return;
			}
			const id = uuid(4000, ++fresh);
			ids.set(id, envelope.id);
			envelope.id = id;
		});
		const answer = await wire.push(changed);
		if ('epochChanged' in answer) return answer;
		return {
			...answer,
			answers: answer.answers.map((one) => ({ ...one, id: ids.get(one.id) ?? one.id }))
		};
	},
	pull: (request) => wire.pull(request),
	upload: (...upload) => wire.upload(...upload)
});

const receiptForNothing: NonNullable<Breakage['transport']> = (wire): Transport => ({
	push: (request) => wire.push(request),
	pull: (request) => wire.pull(request),
	upload: ({ sha256 }): Promise<BytesReceipt> =>
		Promise.resolve({ sha256, seq: 1, receipt: 'none' })
});

const cursorFirst: NonNullable<Breakage['transport']> = (wire, device): Transport => ({
	push: (request) => wire.push(request),
	pull: async (request) => {
		const answer = await wire.pull(request);
		// the page itself is lost when the browser dies here; now and then it does
		if (!('epochChanged' in answer) && answer.records.length > 0 && ++fresh % 4 === 0)
			await device.remember('cursor', answer.cursor);
		return answer;
	},
	upload: (...upload) => wire.upload(...upload)
});

const purgeOnUnassign: NonNullable<Breakage['transport']> = (wire, device): Transport => ({
	push: (request) => wire.push(request),
	pull: async (request) => {
		const answer = await wire.pull(request);
		if (!('epochChanged' in answer))
			for (const caseId of answer.left) {
				await device.db.outbox.where({ caseId }).delete();
				await device.db.captures.where({ caseId }).delete();
				await device.db.uploads.where({ caseId }).delete();
			}
		return answer;
	},
	upload: (...upload) => wire.upload(...upload)
});

/** The value that stands now is named as the one the author saw: last write wins. */
const lastWriteWins = sending((request, council) =>
	each(request, (envelope) => {
		if (envelope.name !== 'edit-record') return;
		const edit = envelope.payload as {
			kind: 'case';
			id: string;
			fields: Record<string, { base: string | null }>;
		};
		const record = council.register.caseFile(envelope.caseId).get(edit.kind, edit.id);
		for (const [field, change] of Object.entries(edit.fields))
			change.base = record?.writers[field] ?? null;
	})
);

let photographs = 0;

export const breakages: Record<string, Breakage> = {
	'a command is deleted when it is answered': { afterPush: (device) => drop(device, 'answered') },
	'a command that was not taken is deleted': { afterPush: (device) => drop(device, 'trouble') },
	'a command leaves the screen when it is answered': {
		afterPush: async (device) => {
			await device.db.outbox.where({ state: 'answered' }).modify({ state: 'done' });
		}
	},
	'a pull takes unsent work off the screen': {
		afterPull: async (device) => {
			await device.db.outbox.where({ state: 'queued' }).modify({ arrived: 1 });
		}
	},
	'the cursor moves before the rows': { transport: cursorFirst },
	'unassigning a case purges its outbox': { transport: purgeOnUnassign },
	'a repeat is a new command': { transport: newIdForRepeats },
	'the last writer wins': { transport: lastWriteWins },
	'bytes are believed to have arrived': { transport: receiptForNothing },
	'captured bytes go when their words are answered': {
		afterPush: async (device) => {
			const answered = await device.db.outbox.where({ state: 'answered' }).primaryKeys();
			await device.db.captures.where('commandId').anyOf(answered).delete();
		}
	},
	'photographs are numbered again on the way': {
		transport: sending((request) =>
			each(request, (envelope) => {
				if (envelope.name === 'take-photo')
					envelope.payload = {
						...(envelope.payload as object),
						number: `XX-${++photographs}`
					};
			})
		)
	},
	'commands are sent newest first': {
		transport: (wire) => ({
			push: async (request) => {
				const commands = [...request.commands].reverse();
				const answer = await wire.push({ ...request, commands });
				return 'epochChanged' in answer
					? answer
					: { ...answer, answers: [...answer.answers].reverse() };
			},
			pull: (request) => wire.pull(request),
			upload: (...upload) => wire.upload(...upload)
		})
	},
	'an edit names no writer it saw': {
		transport: sending((request) =>
			each(request, (envelope) => {
				if (envelope.name !== 'edit-record') return;
				const edit = envelope.payload as { fields: Record<string, { base: string | null }> };
				for (const change of Object.values(edit.fields)) change.base = null;
			})
		)
	},
	'a case that has left stays': {
		transport: (wire) => ({
			push: (request) => wire.push(request),
			pull: async (request) => {
				const answer = await wire.pull(request);
				return 'epochChanged' in answer ? answer : { ...answer, left: [] };
			},
			upload: (...upload) => wire.upload(...upload)
		})
	},
	'a restored register is taken for the old one': {
		restores: 0.04,
		transport: (wire, device) => {
			const deaf = async (epoch: string) => {
				await device.remember('epoch', epoch);
				const cursor = await device.remembered('cursor');
				if (cursor !== undefined) await device.remember('cursor', { ...cursor, epoch });
			};
			return {
				push: async (request) => {
					const answer = await wire.push(request);
					if ('epochChanged' in answer) await deaf(answer.epochChanged);
					return answer;
				},
				pull: async (request) => {
					const answer = await wire.pull(request);
					if ('epochChanged' in answer) await deaf(answer.epochChanged);
					return answer;
				},
				upload: (...upload) => wire.upload(...upload)
			};
		}
	},
	'work is sent again without its receipts': {
		restores: 0.04,
		transport: sending((request) => ({
			...request,
			commands: request.commands.map((one) => ({ ...one, receipt: null }))
		}))
	}
};
