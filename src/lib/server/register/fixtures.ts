import { v7 as uuidv7 } from 'uuid';
import type { NewCase } from '#lib/commands/case/file-case.ts';
import { wireVersion, type Answer, type Envelope } from '#lib/commands/envelope.ts';
import type { PullAnswer, PushAnswer } from '#lib/commands/protocol.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Register } from './register.ts';

/** For tests: officers, cases and devices as the real commands take them. */

export const jo: Officer = {
	id: '11111111-1111-4111-8111-111111111111',
	name: 'Jo Bell',
	initials: 'JB',
	email: 'jo.bell@council.example',
	roles: ['case-officer'],
	active: true
};
export const sam: Officer = {
	...jo,
	id: '22222222-2222-4222-8222-222222222222',
	name: 'Sam Cole',
	initials: 'SC',
	email: 'sam.cole@council.example'
};
export const robin: Officer = {
	...jo,
	id: '33333333-3333-4333-8333-333333333333',
	name: 'Robin Dale',
	initials: 'RD',
	email: 'robin.dale@council.example',
	roles: ['reviewer']
};
export const terry: Officer = {
	...jo,
	id: '44444444-4444-4444-8444-444444444444',
	name: 'Terry Eve',
	initials: 'TE',
	email: 'terry.eve@council.example',
	roles: ['technician']
};

export const withOfficers = (register: Register): Register => {
	for (const officer of [jo, sam, robin, terry]) register.putOfficer(officer);
	return register;
};

export function aCase(changes: Partial<NewCase['case']> = {}): NewCase {
	const id = changes.id ?? uuidv7();
	return {
		case: {
			id,
			caseId: id,
			reference: null,
			provisionalLabel: null,
			previousReferences: [],
			applicationType: 'pp.full.householder',
			status: 'received',
			description: 'Single storey rear extension',
			address: '1 Rye Lane, London, SE15 3AB',
			uprn: null,
			postcode: 'SE15 3AB',
			town: 'London',
			ward: null,
			point: { longitude: -0.069, latitude: 51.47 },
			boundary: null,
			statedArea: null,
			receivedOn: '2026-03-03',
			source: 'test',
			assignedTo: null,
			gaps: [],
			accessNote: '',
			createdAt: '2026-03-03T09:00:00.000Z',
			writers: {},
			...changes
		},
		submission: null,
		people: [],
		documents: [],
		constraints: []
	};
}

/** Files a case and gives it to an officer; answers with its id. */
export function caseOf(
	register: Register,
	officer: Officer | null,
	changes?: Partial<NewCase['case']>
) {
	const { caseId } = register.fileNewCase(aCase(changes), 'system');
	if (officer !== null)
		register.performAs('system', [
			{ name: 'assign-case', caseId, payload: { officerId: officer.id } }
		]);
	return caseId;
}

/** One browser of an officer: makes envelopes and counts them. */
export class TestDevice {
	readonly id = uuidv7();
	readonly register: Register;
	readonly officer: Officer;
	#count = 0;

	constructor(register: Register, officer: Officer) {
		this.register = register;
		this.officer = officer;
	}

	envelope(
		name: string,
		caseId: string,
		payload: unknown,
		changes: Partial<Envelope> = {}
	): Envelope {
		this.#count += 1;
		return {
			v: wireVersion,
			id: uuidv7(),
			name,
			caseId,
			payload: payload as Envelope['payload'],
			actor: this.officer.id,
			device: this.id,
			deviceSeq: this.#count,
			captured: { wall: '2026-03-04T10:00:00.000Z', monotonic: 1, serverOffset: null },
			batch: null,
			blobs: [],
			...changes
		};
	}

	note(caseId: string, text: string, changes: Partial<Envelope> = {}): Envelope {
		return this.envelope('write-note', caseId, { id: uuidv7(), visitId: null, text }, changes);
	}

	edit(
		caseId: string,
		field: string,
		value: unknown,
		base: string | null,
		changes: Partial<Envelope> = {}
	): Envelope {
		const fields = { [field]: { base, value } };
		return this.envelope('edit-record', caseId, { kind: 'case', id: caseId, fields }, changes);
	}

	send(
		envelopes: Envelope[],
		options: { receipts?: (string | null)[]; epoch?: string | null } = {}
	): PushAnswer {
		return this.register.push(this.officer, {
			epoch: options.epoch === undefined ? this.register.epoch : options.epoch,
			device: this.id,
			commands: envelopes.map((envelope, i) => ({
				envelope,
				receipt: options.receipts?.[i] ?? null
			}))
		});
	}

	answers(envelopes: Envelope[], receipts?: (string | null)[]): Answer[] {
		const answer = this.send(envelopes, receipts === undefined ? {} : { receipts });
		if ('epochChanged' in answer) throw new Error('the epoch has changed');
		return answer.answers;
	}

	answer(envelope: Envelope): Answer {
		return this.answers([envelope])[0] as Answer;
	}

	pull(cursor: Page['cursor'] = { epoch: null, seq: 0, bootstrap: null }): Page {
		const answer = this.register.pull(this.officer, { device: this.id, cursor });
		if ('epochChanged' in answer) throw new Error('the epoch has changed');
		return answer;
	}
}
export type Page = Exclude<PullAnswer, { epochChanged: string }>;
