import { expect, test } from 'vitest';
import { PieceSize } from './piece-size.ts';

const kibibyte = 1024;

test('pieces become small after cuts, never too small to matter, and large again while none comes', () => {
	const pieces = new PieceSize();
	const sizes = [pieces.bytes];
	while (pieces.cut()) sizes.push(pieces.bytes);
	expect(sizes).toEqual([1024, 256, 64, 16].map((n) => n * kibibyte));
	expect(pieces.bytes).toBe(16 * kibibyte);
	for (let n = 0; n < 6; n += 1) pieces.passed();
	expect(pieces.bytes).toBe(1024 * kibibyte);
	pieces.passed();
	expect(pieces.bytes).toBe(1024 * kibibyte);
});
