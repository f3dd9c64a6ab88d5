import { isRefusal } from '#lib/domain/refusal.ts';
import { nextPhotoNumber, sha256Of, type CaptureBytes } from '#lib/local/captures.ts';
import { perform } from '#lib/local/perform.ts';
import { shownCase, type ShownCase } from '#lib/local/shown-case.ts';
import type { EditableKind } from '#lib/domain/editable-fields.ts';
import type { Device } from '#lib/local/device.ts';
import type { Chance } from './random.ts';
import type { Tablet } from './tablet.ts';
import { uuid } from './town.ts';

/** Something an officer did, and was told "saved on this tablet". */
export interface Fact {
	/** command id */
	id: string;
	name: string;
	caseId: string;
	author: string;
	tablet: string;
	payload: Record<string, unknown>;
	bytes: CaptureBytes[];
	/** of an edit: the value that was on screen */
	seen: unknown;
	/** the register has its words, and the tablet that made it has lost its storage since */
	evicted: boolean;
}

export interface Act {
	name: string;
	payload: Record<string, unknown>;
	bytes?: CaptureBytes[];
	seen?: unknown;
}

export type WorkKind = 'note' | 'edit' | 'act' | 'photo' | 'measurement' | 'document' | 'resolve';

/** Officers at work: each act as a screen would make it of what it shows. */
export class Work {
	readonly #chance: Chance;
	#made = 0;

	constructor(chance: Chance) {
		this.#chance = chance;
	}

	newId = (): string => uuid(4095, ++this.#made);

	/** Does something on a case; null when there was nothing to do or the rules refused it. */
	async something(kind: WorkKind, tablet: Tablet, device: Device): Promise<Fact | null> {
		const held = await device.run(() => device.db.held.toCollection().primaryKeys());
		const caseId = this.#chance.of(held);
		if (caseId === undefined) return null;
		const shown = await shownCase(device, caseId);
		if (shown?.file.case === undefined) return null;
		const act = await this.#act(kind, shown, device);
		return act === null ? null : this.do(tablet, device, caseId, act);
	}

	async do(tablet: Tablet, device: Device, caseId: string, act: Act): Promise<Fact | null> {
		const { name, payload, bytes = [], seen = null } = act;
		const done = await perform(device, name, caseId, payload, bytes);
		if (isRefusal(done)) return null;
		const author = device.officer.id;
		return {
			id: done.id,
			name,
			caseId,
			author,
			tablet: tablet.name,
			payload,
			bytes,
			seen,
			evicted: false
		};
	}

	#act(kind: string, shown: ShownCase, device: Device): Promise<Act | null> | Act | null {
		switch (kind) {
			case 'note':
				return {
					name: 'write-note',
					payload: { id: this.newId(), visitId: null, text: this.#words() }
				};
			case 'edit':
				return this.#edit(shown);
			case 'act':
				return this.#visitAct(shown);
			case 'resolve':
				return this.#resolve(shown);
			case 'measurement':
				return this.#onVisit(shown, (visitId) => ({
					name: 'take-measurement',
					payload: {
						id: this.newId(),
						visitId,
						what: this.#words(),
						value: this.#chance.below(900) / 100,
						method: 'tape',
						tolerance: null,
						remark: ''
					}
				}));
			case 'document':
				return this.#document();
			default:
				return this.#photo(shown, device);
		}
	}

	#words = () => `words ${this.#chance.below(1e9)}`;

	#onVisit<T>(shown: ShownCase, make: (visitId: string) => T): T | null {
		const visit = this.#chance.of(shown.file.all('visit'));
		return visit === undefined ? null : make(visit.id);
	}

	#visitAct(shown: ShownCase): Act {
		const visit = this.#chance.of(shown.file.all('visit'));
		const id = visit?.id ?? '';
		const note = this.#chance.of(shown.file.all('note'));
		const choice = visit === undefined ? 'plan' : this.#chance.below(8);
		switch (choice) {
			case 0:
			case 1:
			case 2:
				return { name: 'start-visit', payload: { id } };
			case 3:
			case 4:
				return { name: 'finish-visit', payload: { id, outcome: 'completed' } };
			case 5:
				return { name: 'cancel-visit', payload: { id, reason: this.#words() } };
			case 6:
				if (note !== undefined)
					return {
						name: 'withdraw-capture',
						payload: { kind: 'note', id: note.id, reason: this.#words() }
					};
				return { name: 'pin-case', payload: { active: this.#chance.happens(0.7) } };
			default:
				return {
					name: 'plan-visit',
					payload: {
						id: this.newId(),
						plannedFor: '2026-03-10',
						plannedTime: '',
						purpose: this.#words(),
						access: ''
					}
				};
		}
	}

	#edit(shown: ShownCase): Act | null {
		const places: [EditableKind, string, string][] = [
			['case', shown.caseId, 'description'],
			['case', shown.caseId, 'description'],
			['case', shown.caseId, 'accessNote'],
			...shown.file
				.all('note')
				.map((one) => ['note', one.id, 'text'] as [EditableKind, string, string]),
			...shown.file
				.all('photo')
				.map((one) => ['photo', one.id, 'caption'] as [EditableKind, string, string])
		];
		const [kind, id, field] = this.#chance.of(places) ?? ['case', shown.caseId, 'description'];
		const record = shown.file.get(kind, id);
		if (record === undefined) return null;
		const base = record.writers[field] ?? null;
		return {
			name: 'edit-record',
			payload: { kind, id, fields: { [field]: { base, value: this.#words() } } },
			seen: (record as unknown as Record<string, unknown>)[field]
		};
	}

	#resolve(shown: ShownCase): Act | null {
		const open = this.#chance.of(shown.file.all('conflict').filter((one) => one.resolved === null));
		if (open === undefined) return null;
		const chose = this.#chance.happens(0.5) ? 'standing' : 'second';
		return {
			name: 'resolve-conflict',
			payload: { conflictId: open.id, chose, value: open[chose].value }
		};
	}

	async #photo(shown: ShownCase, device: Device): Promise<Act | null> {
		const visit = this.#chance.of(shown.file.all('visit'));
		if (visit === undefined) return null;
		const original = this.#chance.bytes(200 + this.#chance.below(3000)).buffer;
		const thumbnail = this.#chance.bytes(60).buffer;
		const id = this.newId();
		const sha256 = await sha256Of(original);
		const thumbnailSha256 = await sha256Of(thumbnail);
		const mime = 'image/jpeg';
		return {
			name: 'take-photo',
			payload: {
				id,
				visitId: visit.id,
				number: await nextPhotoNumber(device, visit.id),
				caption: '',
				sha256,
				mime,
				size: original.byteLength,
				width: 4,
				height: 3,
				position: null,
				heading: null,
				origin: 'camera',
				method: 'takePhoto',
				thumbnailSha256
			},
			bytes: [
				{ sha256, of: 'original', id, mime, bytes: original },
				{ sha256: thumbnailSha256, of: 'thumbnail', id, mime, bytes: thumbnail }
			]
		};
	}

	async #document(): Promise<Act> {
		const bytes = this.#chance.bytes(300).buffer;
		const sha256 = await sha256Of(bytes);
		const id = this.newId();
		return {
			name: 'add-document',
			payload: {
				id,
				name: 'letter.pdf',
				tags: [],
				description: '',
				drawingNumber: null,
				receivedOn: null,
				sha256,
				mime: 'application/pdf',
				size: 300
			},
			bytes: [{ sha256, of: 'document', id, mime: 'application/pdf', bytes }]
		};
	}
}
