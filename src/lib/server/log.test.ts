import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { makeLog } from './log.ts';

/** The one line written when this fault is logged. */
function logged(err: unknown): { err: { type: string; message: string; stack: string } } {
	let line = '';
	makeLog('info', { write: (text) => (line = text) }).error({ err }, 'failed');
	return JSON.parse(line) as ReturnType<typeof logged>;
}

const faultOf = (act: () => unknown): unknown => {
	try {
		return act();
	} catch (error) {
		return error;
	}
};

test('a fault is logged by its sort and its place', () => {
	const { err } = logged(new TypeError('x is not a function'));
	expect(err).toMatchObject({ type: 'TypeError', message: 'x is not a function' });
	expect(err.stack).toContain('log.test.ts');
});

test('what a fault failed on stays out of the log', () => {
	const cause = Object.assign(new Error('UNIQUE constraint failed: officer.email'), {
		code: 'SQLITE_CONSTRAINT_UNIQUE'
	});
	for (const fault of [
		faultOf(() => JSON.parse('"Mrs Canary, 4 Rye Lane')),
		new DrizzleQueryError('insert into officer values (?)', ['Mrs Canary'], cause),
		new DrizzleQueryError('insert into officer values (?)', ['Mrs Canary']),
		'Mrs Canary'
	])
		expect(JSON.stringify(logged(fault))).not.toContain('Canary');
});

test('a line break in what somebody sent makes no second line', () => {
	let text = '';
	makeLog('info', { write: (line) => (text += line) }).info(
		{ call: 'a\n{"level":60}' },
		'answered'
	);
	expect(text.trimEnd().split('\n')).toHaveLength(1);
});
