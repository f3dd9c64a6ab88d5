import { expect, test } from 'vitest';
import { wireVersion } from '#lib/commands/envelope.ts';
import { upcastEnvelope, upcasts, type Upcast } from './upcast.ts';

const chain: Upcast[] = [
	(older) => ({ ...older, name: older['verb'], verb: undefined }),
	(older) => ({ ...older, blobs: [] })
];

test('an older envelope goes up one version at a time to today’s', () => {
	expect(upcastEnvelope({ v: 1, verb: 'write-note' }, chain, 3)).toEqual({
		v: 3,
		name: 'write-note',
		blobs: []
	});
	expect(upcastEnvelope({ v: 2, name: 'write-note' }, chain, 3)).toEqual({
		v: 3,
		name: 'write-note',
		blobs: []
	});
});

test('one of today, of tomorrow or of no version stays as it came', () => {
	for (const v of [3, 4, 0, 'x', undefined]) {
		const raw = { v, name: 'write-note' };
		expect(upcastEnvelope(raw, chain, 3)).toBe(raw);
	}
});

test('there is a way up from every version but today’s', () => {
	expect(upcasts).toHaveLength(wireVersion - 1);
});
