import { expect, test } from 'vitest';
import { checksState, shownChecks, shownNow } from './checks-state.ts';
import { aList, anAnswer, check } from './checked.fixture.ts';

test('the state gives every failing reason with its basis and what to send', () => {
	const { state, counts, failing } = checksState(check({ files: [['locationPlan']] }));
	expect(state).toBe('to-look-at');
	expect(counts.fail).toBe(failing.length);
	expect(failing.map(({ rule }) => rule)).toEqual(['V20', 'V21']);
	expect(failing[0]).toMatchObject({
		says: 'There is no site plan.',
		basis:
			'Statute: Town and Country Planning (Development Management Procedure) (England) Order 2015 (SI 2015/595), article 7(1)(c)(ii)',
		remedy: expect.stringMatching(/^Send a site plan/) as string
	});
});

test('an officer’s own reason stands in place of what software found', () => {
	const found = check().find(({ id }) => id === 'V11');
	if (found === undefined) throw new Error('V11 does not apply');
	const answers = [anAnswer(found, 'not-met', { reason: 'Sheet 3 has no north point.' })];
	const { failing } = checksState(check({ answers }));
	expect(failing.find(({ rule }) => rule === 'V11')?.says).toBe('Sheet 3 has no north point.');
});

test('with every question answered and nothing missing, the checks are settled', () => {
	const sent = {
		files: ['locationPlan', 'sitePlan.proposed', 'elevations.existing', 'elevations.proposed']
			.concat('floorPlan.existing', 'floorPlan.proposed', 'roofPlan.existing', 'roofPlan.proposed')
			.map((tag) => [tag]),
		fee: { due: 528, paid: 528, says: 'Paid in full.' }
	};
	const asked = check(sent).filter(({ outcome }) => outcome === 'ask');
	expect(asked.length).toBeGreaterThan(0);
	const settled = check({ ...sent, answers: asked.map((one) => anAnswer(one, 'met')) });
	expect(checksState(settled)).toMatchObject({ state: 'settled', failing: [] });
});

test('what was shown can be recorded with a decision', () => {
	const shown = shownNow(check({ list: aList() }), aList());
	expect(shownChecks.parse(shown)).toEqual(shown);
	expect(shown.listAdoptedOn).toBe('2025-06-01');
	expect(shown.passed.length + shown.others.length).toBe(check({ list: aList() }).length);
});
