import { afterEach, expect, test } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import { plainCodec } from '#lib/local/codec.ts';
import { perform } from '#lib/local/perform.ts';
import { caseByReference, shownCase, shownCases } from '#lib/local/shown-case.ts';
import { Council } from './council.ts';
import { Chance } from './random.ts';
import { Tablet } from './tablet.ts';
import { caseId, jo, sam, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

let ids = 0;
async function tablet(council: Council, officer: Officer): Promise<Tablet> {
	const made = new Tablet({
		name: officer.initials,
		officer,
		council,
		wire: new Wire(council, officer, new Chance(7), fair),
		codec: plainCodec,
		newId: () => uuid(310, ++ids)
	});
	await made.openTab();
	ends.push(() => {
		made.closeTabs();
	});
	await made.tab.round.words();
	return made;
}

const fromPaper = (on: Tablet, n: number) =>
	perform(on.device, 'create-case', caseId(n), {
		applicationType: 'pp.full.householder',
		address: `${String(n)} High Street`,
		postcode: null,
		description: 'A porch',
		receivedOn: '2026-03-02',
		applicant: { id: uuid(320, n), name: 'Ann Reed', organisation: null, email: null, phone: null },
		agent: null,
		boundary: null
	});

test('trap 15: two devices that make cases offline get different references, and nothing is lost meanwhile', async () => {
	const council = new Council();
	ends.push(() => council.close());
	const [jos, sams] = [await tablet(council, jo), await tablet(council, sam)];
	await fromPaper(jos, 71);
	await perform(jos.device, 'write-note', caseId(71), {
		id: uuid(321, 1),
		visitId: null,
		text: 'Came by post'
	});
	await fromPaper(sams, 72);

	// before the register has heard of it: on screen, in the list, and found by its label
	const label = (await shownCase(jos.device, caseId(71)))?.file.case?.provisionalLabel ?? '';
	expect(label).toMatch(/^NEW-/);
	expect((await shownCases(jos.device)).map((row) => row.case.id)).toEqual([caseId(71)]);
	expect(await caseByReference(jos.device, label.toLowerCase())).toBe(caseId(71));
	expect(await caseByReference(jos.device, caseId(71))).toBe(caseId(71));
	expect(await caseByReference(sams.device, label)).toBeUndefined();

	await sams.tab.round.words();
	await jos.tab.round.words();
	const references = [71, 72].map((n) => council.register.caseFile(caseId(n)).case?.reference);
	expect(new Set(references).size).toBe(2);
	for (const reference of references) expect(reference).toMatch(/^26-\d{5}-HAPP$/);
	const shown = await shownCase(jos.device, caseId(71));
	expect(shown?.file.case).toMatchObject({
		reference: references[0],
		previousReferences: [label]
	});
	expect(shown?.file.all('note')).toHaveLength(1);
	expect(shown?.troubles).toEqual([]);
	expect(shown?.unsent.size).toBe(0);
	expect(await caseByReference(jos.device, label)).toBe(caseId(71));
	expect(council.register.caseIdFor(label)).toBe(caseId(71));
});
