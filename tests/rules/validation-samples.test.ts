import { describe, expect, test } from 'vitest';
import { mapOdpSubmission } from '#lib/domain/intake/odp.ts';
import { runChecks } from '#lib/domain/validation/run-checks.ts';
import { sampleFiles, samplesSkipped } from '../samples.ts';

/** Checks that fail on each published payload, as an officer would find them on the day it was sent. */
const failing: Record<string, string[]> = {
	'fullHouseholder.json': [],
	'fullHouseholderInConservationArea.json': [],
	'ldc-proposed.json': [],
	'listedBuildingConsent.json': [],
	'minor.json': [],
	'preApp.json': [],
	'priorApproval-convertCommercialToHome.json': [],
	'priorApproval-largerExtension.json': []
};

describe.skipIf(samplesSkipped !== false)('checks of the published payloads', () => {
	const files = samplesSkipped === false ? sampleFiles('odp', 'application') : [];

	test.each(files)('$name', ({ name, text }) => {
		let made = 0;
		const mapped = mapOdpSubmission(JSON.parse(text), {
			newId: () => `id-${++made}`,
			receivedAt: '2026-03-02T10:00:00.000Z',
			payloadSha256: '0'.repeat(64),
			fallbackSource: 'test'
		});
		if ('problems' in mapped) throw new Error(name);
		const results = runChecks(mapped.made, {
			today: '2026-03-03',
			council: null,
			lists: [],
			fee: null,
			others: null,
			answers: []
		});
		expect(
			results.filter(({ outcome }) => outcome === 'fail').map(({ id, says }) => `${id} ${says}`)
		).toEqual(failing[name]);
		// every reason has a basis and a remedy, and a person is asked a few things, not dozens
		for (const one of results) {
			expect(one.basis.source).not.toBe('');
			if (one.outcome !== 'pass') expect(one.remedy).not.toBe('');
		}
		expect(results.filter(({ outcome }) => outcome === 'ask').length).toBeLessThanOrEqual(9);
	});
});
