import { describe, expect, test } from 'vitest';
import { mapOdpSubmission } from '#lib/domain/intake/odp.ts';
import { valueOf, type Fact } from '#lib/domain/proposal/fact.ts';
import { proposalFacts } from '#lib/domain/proposal/proposal-facts.ts';
import { sampleFiles, samplesSkipped } from '../samples.ts';

/** What an officer would say of each published payload. */
const expected: Record<string, object> = {
	'fullHouseholder.json': { homes: 0, created: 45, major: false, certificate: 'a', paid: 258 },
	'fullHouseholderInConservationArea.json': {
		homes: 0,
		created: 19,
		major: false,
		certificate: 'a',
		paid: 258,
		conservationArea: true
	},
	'ldc-proposed.json': { homes: 0, created: 24, major: false, certificate: null, paid: 0 },
	'listedBuildingConsent.json': {
		homes: 0,
		created: 0,
		major: false,
		certificate: 'b',
		paid: null,
		listed: true,
		conservationArea: true
	},
	'minor.json': { homes: 1, created: 0, major: false, certificate: 'a', paid: 578 },
	'preApp.json': { homes: null, created: null, major: null, certificate: null, paid: 498 },
	'priorApproval-convertCommercialToHome.json': {
		homes: 1,
		created: 0,
		major: false,
		certificate: null,
		paid: 258,
		listed: true,
		conservationArea: true
	},
	'priorApproval-largerExtension.json': {
		homes: 0,
		created: null,
		major: null,
		certificate: null,
		paid: 0
	}
};

const value = (fact: Fact<unknown>) => valueOf(fact);

describe.skipIf(samplesSkipped !== false)('facts of the published payloads', () => {
	const files = samplesSkipped === false ? sampleFiles('odp', 'application') : [];

	test('are these eight', () => {
		expect(files.map(({ name }) => name)).toEqual(Object.keys(expected));
	});

	test.each(files)('$name', ({ name, text }) => {
		let made = 0;
		const mapped = mapOdpSubmission(JSON.parse(text), {
			newId: () => `id-${++made}`,
			receivedAt: '2026-03-02T10:00:00.000Z',
			payloadSha256: '0'.repeat(64),
			fallbackSource: 'test'
		});
		if ('problems' in mapped) throw new Error(name);
		const facts = proposalFacts(mapped.made);
		const { listed, conservationArea } = facts.designated;
		expect({
			homes: value(facts.dwellings.provided),
			created: value(facts.floorspace.created),
			major: value(facts.major),
			certificate: value(facts.ownership.certificate),
			paid: value(facts.fee.paid),
			listed: value(listed),
			conservationArea: value(conservationArea)
		}).toEqual({ listed: false, conservationArea: false, ...expected[name] });
		// what is drawn and what is stated agree to a metre or two
		const drawn = valueOf(facts.siteArea.drawn) ?? 0;
		expect(Math.abs(drawn - (valueOf(facts.siteArea.stated) ?? 0))).toBeLessThan(drawn * 0.02 + 1);
		expect(facts.problems).toEqual([]);
	});
});
