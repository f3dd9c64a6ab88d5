import { expect, test } from 'vitest';
import { commands } from '#lib/commands/index.ts';
import { refusalSentence } from '#lib/domain/refusal.ts';
import { whyNotAccepted } from './why-not-accepted.ts';

const id = '01890000-0000-7000-8000-000000000001';

function sentence(name: string, payload: unknown): string {
	const parsed = commands.get(name)?.payload.safeParse(payload);
	if (parsed === undefined || parsed.success) throw new Error('it was taken');
	return refusalSentence(whyNotAccepted(name, payload, parsed.error.issues));
}

test('what a field does not take is said with the field’s name', () => {
	const plan = { id, plannedFor: '2026-03-10', plannedTime: '', purpose: '', access: '' };
	expect(sentence('plan-visit', { ...plan, access: 'x'.repeat(4_001) })).toBe(
		'The value does not fit the field. Access and hazards: at most 4,000 characters.'
	);
	expect(sentence('plan-visit', { ...plan, plannedFor: 'soon' })).toContain(
		'Planned day: this cannot be read.'
	);
	expect(sentence('write-note', { id, visitId: null, text: '' })).toContain('Note: this is empty.');
	expect(sentence('finish-visit', { id, outcome: 'nice' })).toContain(
		'Outcome of the visit: this is not one of the choices.'
	);
});

test('every field that does not fit is named', () => {
	const words = sentence('plan-visit', {
		id,
		plannedFor: '2026-03-10',
		plannedTime: 'x'.repeat(101),
		purpose: 'x'.repeat(1_001),
		access: ''
	});
	expect(words).toContain(
		'Planned time: at most 100 characters. Purpose: at most 1,000 characters.'
	);
});

test('no path or message of the program is shown', () => {
	const edit = { kind: 'note', id, fields: { text: { base: 5, value: 'x' } } };
	expect(sentence('edit-record', edit)).toBe(
		'The value does not fit the field. Note: this is missing.'
	);
	for (const payload of [{}, { id: 'x', visitId: null, text: 'x' }, { id, more: true }, null, 5])
		expect(sentence('write-note', payload)).not.toMatch(
			/undefined|expected|Invalid|unrecognized|UUID|visitId|\bid\b|NaN/i
		);
});
