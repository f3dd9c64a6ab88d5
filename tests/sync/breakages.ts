import type {
	Answer,
	BytesReceipt,
	Envelope,
	PullAnswer,
	PushRequest,
	Transport
} from '#lib/commands/protocol.ts';
import type { Device } from '#lib/local/device.ts';
import { releaseAll } from '#lib/local/release.ts';
import { BytesDamaged } from '#lib/sync/problems.ts';
import type { Council } from './council.ts';
import type { Breakage } from './simulation.ts';
import { uuid } from './town.ts';

/*
 * Mistakes of plausible designs, several of them found in the field systems we looked at.
 * Each is made at one seam around the real code: a wrapper round the transport, or a hand
 * in the device's tables after a push or pull. The simulator has to notice every one.
 */

type Page = Exclude<PullAnswer, { epochChanged: string }>;

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

/** shows only on a day when the register is restored, and so backed up, often */
const restored = { restores: 0.04 };

/** A hand in the answer of a pull before the device reads it. */
const pulled = (
	change: (page: Page, device: Device) => Page
): NonNullable<Breakage['transport']> => {
	return (wire, device) => ({
		push: (request) => wire.push(request),
		pull: async (request) => {
			const answer = await wire.pull(request);
			return 'epochChanged' in answer ? answer : change(answer, device);
		},
		upload: (...upload) => wire.upload(...upload)
	});
};

/** A hand in the answer of a push before the device reads it. */
const answered = (change: (answers: Answer[]) => Answer[]): NonNullable<Breakage['transport']> => {
	return (wire) => ({
		push: async (request) => {
			const answer = await wire.push(request);
			return 'epochChanged' in answer ? answer : { ...answer, answers: change(answer.answers) };
		},
		pull: (request) => wire.pull(request),
		upload: (...upload) => wire.upload(...upload)
	});
};

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
	'unassigning a case purges its outbox': {
		showsOn: 4,
		transport: purgeOnUnassign
	},
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
		showsOn: 4,
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
		showsOn: 7,
		day: restored,
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
		showsOn: 7,
		day: restored,
		transport: sending((request) => ({
			...request,
			commands: request.commands.map((one) => ({ ...one, receipt: null }))
		}))
	},
	'a record that is not understood is thrown away': {
		showsOn: 12,
		day: { weather: {} },
		afterPull: async (device) => {
			await device.db.unknown.clear();
		}
	},
	'a case that is leaving takes its unsent work along': {
		showsOn: 10,
		afterPull: async (device) => {
			const leaving = await device.db.held.filter((one) => one.leaving === 1).primaryKeys();
			await device.db.outbox
				.filter((row) => leaving.includes(row.caseId) && row.state === 'queued')
				.modify({ state: 'done' });
		}
	},
	'the device settles a conflict by itself': {
		transport: answered((answers) =>
			answers.map((one) => (one.outcome === 'conflict' ? { ...one, outcome: 'applied' } : one))
		)
	},
	'what was set aside is told as done': {
		showsOn: 4,
		transport: answered((answers) =>
			answers.map((one) => (one.outcome === 'quarantined' ? { ...one, outcome: 'applied' } : one))
		)
	},
	'what a team leader may still take in is told as refused': {
		showsOn: 4,
		transport: answered((answers) =>
			answers.map((one) => (one.outcome === 'quarantined' ? { ...one, outcome: 'refused' } : one))
		)
	},
	'a page of a pull loses its last record': {
		transport: pulled((page) => ({ ...page, records: page.records.slice(0, -1) }))
	},
	'a snapshot is laid over what was there': {
		transport: pulled((page) => ({ ...page, snapshots: [] }))
	},
	'received counts as backed up': {
		// released at once, and the register is restored from before
		day: restored,
		afterPush: async (device) => {
			const safe = await device.db.outbox
				.filter((row) => row.state === 'done' || row.state === 'answered')
				.primaryKeys();
			await device.db.captures.where('commandId').anyOf(safe).delete();
			await device.db.uploads.where('commandId').anyOf(safe).delete();
			await device.db.outbox.bulkDelete(safe);
		}
	},
	'the days until release are counted by the tablet’s own clock': {
		showsOn: 5,
		// set a year ahead in the evening of a day whose work is backed up as it comes
		day: { restores: 0, only: ['backup', 'clockByYear', 'daysPass'] },
		afterPull: async (device) => {
			const clock = await device.remembered('clock');
			if (clock !== undefined)
				await device.remember('clock', { ...clock, server: device.clock().getTime() });
			await releaseAll(device);
		}
	},
	'the clock decides who was last': {
		transport: sending((request, council) =>
			each(request, (envelope) => {
				if (envelope.name !== 'edit-record') return;
				const edit = envelope.payload as {
					kind: 'case';
					id: string;
					fields: Record<string, { base: string | null }>;
				};
				const file = council.register.caseFile(envelope.caseId);
				const record = file.get(edit.kind, edit.id);
				for (const [field, change] of Object.entries(edit.fields)) {
					const writer = record?.writers[field];
					const at = file.get('event', writer ?? '')?.at ?? '';
					// later by its own clock: over it goes
					if (writer !== undefined && envelope.captured.wall > at) change.base = writer;
				}
			})
		)
	},
	'only the last value of a field is sent': {
		transport: (wire) => ({
			push: async (request) => {
				const later = new Set<string>();
				const commands = [...request.commands]
					.reverse()
					.filter(({ envelope }) => {
						if (envelope.name !== 'edit-record') return true;
						const { kind, id, fields } = envelope.payload as {
							kind: string;
							id: string;
							fields: object;
						};
						const place = `${kind} ${id} ${Object.keys(fields).join()}`;
						if (later.has(place)) return false;
						later.add(place);
						return true;
					})
					.reverse();
				const answer = await wire.push({ ...request, commands });
				if ('epochChanged' in answer) return answer;
				const byId = new Map(answer.answers.map((one) => [one.id, one]));
				const [any] = answer.answers;
				const answers = request.commands.map(({ envelope }) => {
					const own = byId.get(envelope.id) ?? any;
					if (own === undefined) throw new Error('no answer');
					return { ...own, id: envelope.id };
				});
				return { ...answer, answers };
			},
			pull: (request) => wire.pull(request),
			upload: (...upload) => wire.upload(...upload)
		})
	},
	'a photograph is sent without its last piece': {
		transport: (wire) => ({
			push: (request) => wire.push(request),
			pull: (request) => wire.pull(request),
			upload: async (metadata, bytes, ...rest) => {
				if (metadata.of !== 'original') return wire.upload(metadata, bytes, ...rest);
				const receipt = await wire
					.upload(metadata, bytes.slice(0, -1), ...rest)
					.catch((error: unknown) => {
						if (error instanceof BytesDamaged) return null;
						throw error;
					});
				return receipt ?? { sha256: metadata.sha256, seq: 1, receipt: 'none' };
			}
		})
	}
};
