import { describe, expect, it } from 'vitest';
import { applicationType } from '#lib/domain/application-type.ts';
import { mapOdpSubmission } from '#lib/domain/intake/odp.ts';
import { generateTown } from '../town.ts';
import { Random } from '../town/random.ts';
import { filesFor } from './files.ts';
import { planCases, sitesToPlan } from './plan.ts';
import { submissionFor } from './submission.ts';

const town = generateTown('demo');
const now = new Date('2026-03-03T12:00:00Z');
const planned = sitesToPlan(town, new Random('sites'));
const cases = planCases(town, 300, planned, now, new Random('cases'));

describe('the demo’s cases', { timeout: 60_000 }, () => {
	it('are at all stages and of the main types, none from the future', () => {
		const fates = new Set(cases.map(({ fate }) => fate));
		expect(fates.size).toBe(10);
		const types = new Set(cases.map(({ proposal }) => proposal.type));
		for (const type of ['pp.full.householder', 'pp.full.minor', 'listed', 'ldc.proposed', 'preApp'])
			expect(types).toContain(type);
		for (const type of types) expect(applicationType(type)?.current).toBe(true);
		expect(cases.every(({ submittedAt }) => submittedAt <= now)).toBe(true);
	});

	it('give one officer as much as one officer can carry', () => {
		const own = cases.filter(({ isAssigned }) => isAssigned);
		expect(own.length).toBeGreaterThan(25);
		expect(own.length).toBeLessThan(60);
		expect(own.some(({ visit }) => visit === 'planned')).toBe(true);
		expect(own.some(({ visit }) => visit === 'done')).toBe(true);
	});

	it('come as submissions that intake reads without a problem, with their red line and people', () => {
		const known = new Set(planned.map(({ id }) => id));
		for (const one of cases.slice(0, 60)) {
			const files = filesFor(one.site, one.proposal, known, one.random.fork('files'));
			const { payload } = submissionFor(one.site, one.proposal, files, {
				council: 'DEMO',
				submittedAt: one.submittedAt,
				random: one.random.fork('submission')
			});
			const mapped = mapOdpSubmission(payload, {
				newId: () => crypto.randomUUID(),
				receivedAt: one.submittedAt.toISOString(),
				payloadSha256: '0'.repeat(64),
				fallbackSource: 'test'
			});
			if ('problems' in mapped) throw new Error(JSON.stringify(mapped.problems));
			const { made, organisation } = mapped;
			expect(organisation).toBe('DEMO');
			expect(made.case.boundary?.type).toBe('Polygon');
			expect(made.case.address).toBe(one.site.address.singleLine);
			expect(made.documents).toHaveLength(files.length);
			expect(made.people.length).toBeGreaterThan(0);
			expect(made.case.gaps.filter((gap) => !gap.includes('e-mail'))).toEqual([]);
		}
	});
});
