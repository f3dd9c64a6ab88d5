import { expect, test } from 'vitest';
import {
	documentTagGroup,
	documentTagGroups,
	documentTags,
	documentTagWords
} from './document-tag.ts';

test('there are 108 tags: 21 drawings, 12 kinds of evidence, 75 supporting documents', () => {
	expect(documentTagGroups.drawings).toHaveLength(21);
	expect(documentTagGroups.evidence).toHaveLength(12);
	expect(documentTagGroups.supporting).toHaveLength(75);
	expect(new Set(documentTags).size).toBe(108);
});

test.each([
	['sitePlan.proposed', 'Site plan, proposed'],
	['locationPlan', 'Location plan'],
	['photographs.existing', 'Photographs, existing'],
	['floodRiskAssessment', 'Flood risk assessment (FRA)'],
	['internal.siteVisit', 'Site visit (internal)'],
	['newDwellingsSchedule', 'New dwellings schedule']
])('%s reads “%s”', (tag, words) => {
	expect(documentTagWords(tag)).toBe(words);
});

test('every tag has words of its own, in plain letters', () => {
	const words = documentTags.map(documentTagWords);
	expect(new Set(words).size).toBe(108);
	expect(words.filter((one) => !/^[A-Z][a-z]/.test(one) || /[a-z][A-Z]|\./.test(one))).toEqual([]);
});

test('a tag nobody knows is kept as it came', () => {
	expect(documentTagWords('holographicPlan')).toBe('holographicPlan');
	expect(documentTagGroup('holographicPlan')).toBeNull();
	expect(documentTagGroup('constructor')).toBeNull();
});
