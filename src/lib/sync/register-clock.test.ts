import { expect, test } from 'vitest';
import { clockWords } from './register-clock.ts';

const minute = 60_000;

test('S14 a clock that is wrong by more than five minutes is said in words', () => {
	expect(clockWords(5 * minute)).toBeNull();
	expect(clockWords(-5 * minute)).toBeNull();
	expect(clockWords(62 * minute)).toBe(
		'This tablet’s clock is 62 minutes behind the council’s. Times are recorded with the ' +
			'difference; nothing is lost. Set the clock when you can.'
	);
	expect(clockWords(-6 * minute)).toContain('is 6 minutes ahead of the council’s');
	expect(clockWords(300 * minute)).toContain('is 5 hours behind');
	expect(clockWords(-3 * 24 * 60 * minute)).toContain('is 3 days ahead of');
});
