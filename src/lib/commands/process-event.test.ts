import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caseActNames, caseActs } from '#lib/domain/case-status.ts';
import { eventWords, nationalEvents, ownEvents } from '#lib/domain/process-event.ts';

/** Every event name that a command writes into its `happened`. */
const written = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'timeline.ts')
	.flatMap((name) =>
		readFileSync(join(import.meta.dirname, name), 'utf8')
			.split('happened(')
			.slice(1)
			.flatMap((call) => call.slice(0, call.indexOf('{')).match(/'[a-z]+(?:-[a-z]+)*'/g) ?? [])
			.map((quoted) => quoted.slice(1, -1))
	);

test('every event that a command records has words on the timeline', () => {
	expect(written).toContain('visit-started');
	expect(written).toContain('application-submitted');
	expect(written).toContain('edit-conflict');
	const known = { ...nationalEvents, ...ownEvents };
	expect(written.filter((type) => !Object.hasOwn(known, type))).toEqual([]);
});

test('every act on a case has words on the timeline', () => {
	const known = { ...nationalEvents, ...ownEvents };
	for (const name of caseActNames)
		expect(Object.hasOwn(known, caseActs[name].event), name).toBe(true);
});

test('no name of ours is one of the national list', () => {
	expect(Object.keys(ownEvents).filter((type) => Object.hasOwn(nationalEvents, type))).toEqual([]);
});

test('an event of a newer version is named readably', () => {
	expect(eventWords('valid-from')).toBe('Valid');
	expect(eventWords('site-notice-removed')).toBe('Site notice removed');
	expect(eventWords('constructor')).toBe('Constructor');
});
