import type { Envelope } from '#lib/commands/envelope.ts';
import { officersWords, type OfficersWord } from '#lib/domain/validation/check-answer.ts';
import { editableField } from '#lib/domain/editable-fields.ts';

/** What somebody typed or chose, for showing it when the record cannot. */
export interface KeptWords {
	label: string;
	value: string;
}

const fixed: Record<string, string> = {
	'write-note': 'Note',
	'plan-visit': 'Planning the visit',
	'start-visit': 'Starting the visit',
	'finish-visit': 'Finishing the visit',
	'cancel-visit': 'Cancelling the visit',
	'supply-document': 'File of a named document',
	'resolve-conflict': 'Choosing between two values',
	'see-late-work': 'Looking at work that came after the case had ended',
	'record-act': 'Step of the case',
	'create-case': 'New case from paper',
	'change-type': 'Change of the application type',
	'record-approval-required': 'Whether prior approval is required',
	'record-required-information': 'Day on which all required information had arrived',
	'record-publicity': 'Publicity',
	'answer-checks': 'Looking at checks',
	'override-check': 'Overriding the result of a check',
	'take-back-check': 'Taking back what was said of a check',
	'record-payment': 'Payment or refund',
	'withdraw-payment': 'Taking back a payment or refund',
	'withdraw-clock-entry': 'Taking back an agreement or publicity'
};

/** What a command was, in the words of the officer who made it. */
export function whatWasDone({ name, payload }: Pick<Envelope, 'name' | 'payload'>): string {
	const said = fields(payload);
	switch (name) {
		case 'take-photo':
			return `Photograph ${text(said['number'])}`;
		case 'take-measurement':
			return `Measurement: ${text(said['what'])}`;
		case 'agree-time':
			return said['kind'] === 'extension' ? 'Extension of time' : 'Planning performance agreement';
		case 'add-document':
			return `Document: ${text(said['name'])}`;
		case 'withdraw-capture':
			return `Withdrawing a ${text(said['kind'])}`;
		case 'pin-case':
			return said['active'] === true ? 'Keeping the case at hand' : 'No longer keeping the case';
		case 'edit-record': {
			const edited = Object.keys(fields(said['fields'])).map(
				(field) => editableField(text(said['kind']), field)?.words ?? field
			);
			return `Change to ${edited.join(', ')}`;
		}
		default:
			return fixed[name] ?? name;
	}
}

/** The words a command carries, so that none is lost from the screen when the command cannot be carried out. */
export function wordsIn({ name, payload }: Pick<Envelope, 'name' | 'payload'>): KeptWords[] {
	const said = fields(payload);
	if (name === 'edit-record')
		return Object.entries(fields(said['fields'])).map(([field, change]) => ({
			label: editableField(text(said['kind']), field)?.words ?? field,
			value: text(fields(change)['value'])
		}));
	const reasons = fields(said['validity'])['reasons'];
	const invalid = (Array.isArray(reasons) ? reasons : []).map((one: unknown) => {
		const { words, basis } = fields(one);
		return {
			label: 'Reason it is invalid',
			value: `${text(words)} (${text(fields(basis)['citation'])})`
		};
	});
	if (name === 'answer-checks')
		return ((said['answers'] as unknown[] | undefined) ?? [])
			.map(fields)
			.map(({ rule, says, reason }) => ({
				label: `Check ${text(rule)}`,
				value: [officersWords[text(says) as OfficersWord], text(reason)].filter(Boolean).join(': ')
			}));
	const labels: Record<string, string> = {
		rule: 'Check',
		text: 'Note',
		caption: 'Caption',
		what: 'What was measured',
		value: name === 'take-measurement' ? 'Metres' : 'Value',
		remark: 'Remark',
		reason: 'Reason',
		purpose: 'Purpose',
		access: 'Access and hazards',
		plannedFor: 'Planned day',
		plannedTime: 'Planned time',
		description: 'Description',
		words: 'Details',
		agreedOn: 'Agreed on',
		until: 'Decide by',
		on: 'Day',
		pence: 'Amount, in pence',
		paidOn: 'Day it was paid',
		reference: 'Reference'
	};
	const plain = Object.entries(labels)
		.map(([key, label]) => ({ label, value: text(said[key]) }))
		.filter(({ value }) => value !== '');
	return [...plain, ...invalid];
}

const fields = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function text(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}
