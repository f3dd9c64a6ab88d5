import { Dexie } from 'dexie';
import { afterEach, describe, expect, test } from 'vitest';
import type { PullAnswer, PushAnswer, Transport } from '#lib/commands/protocol.ts';
import { Unreachable } from '#lib/commands/protocol.ts';
import { bytesOf, sha256Of } from '#lib/local/captures.ts';
import { plainCodec } from '#lib/local/codec.ts';
import { keepDraft } from '#lib/local/drafts.ts';
import { dismiss, ledger } from '#lib/local/ledger.ts';
import { perform } from '#lib/local/perform.ts';
import { release, releaseAll } from '#lib/local/release.ts';
import { shownCase, shownCases } from '#lib/local/shown-case.ts';
import { waitingOn } from '#lib/local/waiting.ts';
import { allowRemoval, applyPage, pull, readUnknown } from '#lib/sync/pull.ts';
import { RegisterFault, TooLarge } from '#lib/sync/problems.ts';
import { Round } from '#lib/sync/round.ts';
import { Council } from './council.ts';
import { Chance } from './random.ts';
import { Tablet } from './tablet.ts';
import { caseId, jo, ria, sam, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

async function out(cases: number, officer = jo) {
	const council = new Council();
	ends.push(() => council.close());
	council.fileCases(cases, [jo.id]);
	return { council, tablet: await anotherTablet(council, officer) };
}

let ids = 0;
async function anotherTablet(council: Council, officer = jo): Promise<Tablet> {
	const tablet = new Tablet({
		name: officer.initials,
		officer,
		council,
		wire: new Wire(council, officer, new Chance(7), fair),
		codec: plainCodec,
		newId: () => uuid(300, ++ids)
	});
	await tablet.openTab();
	ends.push(() => tablet.closeTabs());
	await tablet.tab.round.words();
	return tablet;
}

const note = (tablet: Tablet, n: number, id = uuid(9, ++ids)) =>
	perform(tablet.device, 'write-note', caseId(n), { id, visitId: null, text: `Note on ${n}` });

async function document(tablet: Tablet, n: number) {
	const bytes = new Uint8Array([n, 2, 3]).buffer;
	const sha256 = await sha256Of(bytes);
	const id = uuid(9, ++ids);
	const made = await perform(
		tablet.device,
		'add-document',
		caseId(n),
		{
			id,
			name: 'plan.pdf',
			tags: [],
			description: '',
			drawingNumber: null,
			receivedOn: null,
			sha256,
			mime: 'application/pdf',
			size: 3
		},
		[{ sha256, of: 'document', id, mime: 'application/pdf', bytes }]
	);
	if ('refused' in made) throw new Error(made.refused);
	return { id, sha256, command: made.id };
}

const stateOf = async (tablet: Tablet, id: string) =>
	(await tablet.device.db.outbox.get(id))?.state;

describe('docs/sync.md', () => {
	test('S3 an answer that was lost is given again, and the work is there once', async () => {
		const { council, tablet } = await out(1);
		const made = await note(tablet, 1);
		if ('refused' in made) throw new Error(made.refused);
		tablet.wire.weather = { ...fair, 'answer lost': 1 };
		await expect(tablet.tab.round.words()).rejects.toThrow(Unreachable);
		expect(council.register.caseFile(caseId(1)).all('note')).toHaveLength(1);
		expect(await stateOf(tablet, made.id)).toBe('queued');
		tablet.wire.weather = fair;
		await tablet.tab.round.words();
		expect(council.register.caseFile(caseId(1)).all('note')).toHaveLength(1);
		expect(await stateOf(tablet, made.id)).toBe('done');
	});

	test('S15 words stay in the replay after the answer, until the record has come', async () => {
		const { tablet } = await out(1);
		const id = uuid(9, ++ids);
		const made = await note(tablet, 1, id);
		if ('refused' in made) throw new Error(made.refused);
		await tablet.tab.round.pusher.all();
		expect(await stateOf(tablet, made.id)).toBe('answered');
		expect(await tablet.device.db.records.get(`note:${id}`)).toBeUndefined();
		const shown = await shownCase(tablet.device, caseId(1));
		expect(shown?.file.get('note', id)).toBeDefined();
		expect(shown?.unsent.size).toBe(0);
		await pull(tablet.device, tablet.wire);
		expect(await stateOf(tablet, made.id)).toBe('done');
		expect((await shownCase(tablet.device, caseId(1)))?.file.get('note', id)).toBeDefined();
	});

	test('S12 a page that is cut off leaves cursor and records as they were', async () => {
		const { council, tablet } = await out(1);
		const before = await tablet.device.remembered('cursor');
		council.as(jo.id, {
			name: 'write-note',
			caseId: caseId(1),
			payload: { id: uuid(9, ++ids), visitId: null, text: 'From the desk' }
		});
		const answer = await tablet.wire.pull({
			device: tablet.device.deviceId,
			cursor: before ?? { epoch: null, seq: 0, bootstrap: null }
		});
		if ('epochChanged' in answer || before === undefined) throw new Error('unexpected');
		const record = answer.records.find((one) => one.kind === 'note');
		if (record === undefined) throw new Error('no note');
		// a row that cannot be written makes the whole transaction fail
		const broken = { ...answer, snapshots: [{} as string] };
		await expect(applyPage(tablet.device, before, broken)).rejects.toThrow();
		expect(await tablet.device.remembered('cursor')).toEqual(before);
		expect(await tablet.device.db.records.get(`note:${record.record.id}`)).toBeUndefined();
		expect(await applyPage(tablet.device, before, answer)).toBe('kept');
		expect(await applyPage(tablet.device, before, answer)).toBe('overtaken');
	});

	test('S7 a pull with nothing new writes nothing and wakes no screen', async () => {
		const { tablet } = await out(3);
		await tablet.tab.round.words();
		const tables: string[] = [];
		const noted = (parts: object) => void tables.push(...Object.keys(parts));
		Dexie.on('storagemutated', noted);
		await pull(tablet.device, tablet.wire);
		await new Promise((resolve) => setTimeout(resolve, 10));
		Dexie.on.storagemutated.unsubscribe(noted);
		expect(tables).toEqual([]);
	});

	test('S13 a pull that would take away a fifth and at least ten of the cases stops and asks', async () => {
		const { council, tablet } = await out(30);
		for (let n = 1; n <= 9; n++) council.assign(n, sam.id, ria.id);
		expect(await tablet.tab.round.words()).toBe('all');
		expect(await tablet.device.db.held.count()).toBe(21);
		for (let n = 10; n <= 20; n++) council.assign(n, sam.id, ria.id);
		expect(await tablet.tab.round.words()).toBe('asks');
		expect(await tablet.tab.round.words()).toBe('asks');
		expect(await tablet.device.db.held.count()).toBe(21);
		expect(await tablet.device.remembered('brake')).toMatchObject({ leaving: 11, held: 21 });
		await allowRemoval(tablet.device);
		expect(await tablet.tab.round.words()).toBe('all');
		expect(await tablet.device.db.held.count()).toBe(10);
		expect(await tablet.device.remembered('brake')).toBeNull();
	});

	test('S5 a case that is given away stays on screen until its unsent work has been received', async () => {
		const { council, tablet } = await out(2);
		await note(tablet, 1);
		council.assign(1, sam.id, ria.id);
		await pull(tablet.device, tablet.wire);
		expect((await shownCase(tablet.device, caseId(1)))?.leaving).toBe(true);
		expect(await shownCases(tablet.device)).toHaveLength(2);
		await tablet.tab.round.words();
		expect(await shownCase(tablet.device, caseId(1))).toBeUndefined();
		// the note waits for a team leader, and its author is told although the case is gone
		const { needsMe } = await ledger(tablet.device);
		expect(needsMe).toMatchObject([{ outcome: 'quarantined', what: 'Note' }]);
		expect(council.register.quarantined()).toHaveLength(1);
	});

	test('S5 a case that is given away stays on screen until half-typed words are finished', async () => {
		const { council, tablet } = await out(2);
		const words = (text: string) => keepDraft(tablet.device, 'note:1', text, caseId(1));
		await words('Half a sen');
		council.assign(1, sam.id, ria.id);
		council.assign(2, sam.id, ria.id);
		await tablet.tab.round.words();
		expect((await shownCase(tablet.device, caseId(1)))?.leaving).toBe(true);
		expect(await shownCases(tablet.device)).toHaveLength(1);
		await words('');
		await tablet.tab.round.words();
		expect(await shownCase(tablet.device, caseId(1))).toBeUndefined();
	});

	test('S6 what a team leader accepts is no trouble any more; what was put aside stays kept', async () => {
		const { council, tablet } = await out(2);
		council.as(jo.id, { name: 'pin-case', caseId: caseId(1), payload: { active: true } });
		council.assign(1, sam.id, ria.id);
		await tablet.tab.round.words();
		const [first, second] = [uuid(9, ++ids), uuid(9, ++ids)];
		await note(tablet, 1, first);
		await note(tablet, 1, second);
		await tablet.tab.round.words();
		let shown = await shownCase(tablet.device, caseId(1));
		expect(shown?.file.all('note')).toHaveLength(2);
		expect(shown?.troubles.map((one) => one.outcome)).toEqual(['quarantined', 'quarantined']);
		expect((await waitingOn(tablet.device)).needsMe).toBe(2);
		const waiting = council.register.quarantined().map((row) => row.id);
		const [yes, no] = [waiting.at(-1) ?? '', waiting[0] ?? ''];
		council.register.acceptQuarantined(yes, ria);
		council.register.declineQuarantined(no, ria, 'Another case');
		await tablet.tab.round.words();
		shown = await shownCase(tablet.device, caseId(1));
		expect(shown?.troubles).toHaveLength(1);
		expect(shown?.troubles[0]?.sentence).toBe(
			`Declined by ${ria.name}. The register keeps it, and it is not on the case. Reason: Another case`
		);
		await dismiss(tablet.device, shown?.troubles[0]?.id ?? '');
		expect((await shownCase(tablet.device, caseId(1)))?.troubles).toHaveLength(0);
		expect(await tablet.device.db.outbox.count()).toBe(2);
	});

	test('S6 what a team leader decides reaches the author though the case has left their tablet', async () => {
		const { council, tablet } = await out(2);
		const { device, wire } = tablet;
		const [yes, no, late] = [uuid(9, ++ids), uuid(9, ++ids), uuid(9, ++ids)];
		for (const id of [yes, no, late]) await note(tablet, 1, id);
		council.assign(1, sam.id, ria.id);
		await tablet.tab.round.words();
		expect(await shownCase(device, caseId(1))).toBeUndefined();
		const told = async () => (await ledger(device)).needsMe;
		const theCase = council.register.caseFile(caseId(1)).case?.reference;
		expect((await told()).map(({ outcome, about }) => [outcome, about.reference])).toEqual(
			Array.from({ length: 3 }, () => ['quarantined', theCase])
		);
		const [seen] = await told();
		// put aside before anybody had decided
		await dismiss(device, seen?.id ?? '');

		const idOf = (note: string) =>
			council.register.quarantined().find(({ envelope }) => envelope.includes(note))?.id ?? '';
		council.register.declineQuarantined(idOf(yes), ria, 'It is on the wrong case');
		council.register.acceptQuarantined(idOf(no), ria);
		// the first answer with the decisions is lost
		wire.weather = { 'answer lost': 1 };
		await expect(tablet.tab.round.words()).rejects.toThrow(Unreachable);
		wire.weather = fair;
		await tablet.tab.round.words();
		expect((await told()).map(({ outcome }) => outcome).sort()).toEqual([
			'declined',
			'quarantined'
		]);
		const declined = (await told()).find(({ outcome }) => outcome === 'declined');
		expect(declined?.sentence).toContain('Reason: It is on the wrong case');
		const things = (await ledger(device)).groups.flatMap((group) => group.things);
		expect(things.find(({ id }) => id === no)?.became).toBe(
			`Accepted by ${ria.name}: it is on the case as your work.`
		);

		// declined, seen and backed up: all but what still waits may leave
		await dismiss(device, declined?.id ?? '');
		const backUp = async () => {
			council.register.setArchived(council.register.head());
			await tablet.tab.round.words();
		};
		await backUp();
		council.now += 14 * 24 * 60 * 60 * 1000;
		await backUp();
		const left = await device.db.outbox.toArray();
		expect(left.map(({ state, outcome }) => [state, outcome])).toEqual([
			['trouble', 'quarantined']
		]);
	});

	test('S6 S15 what is accepted while its case is leaving stays on screen until the case goes', async () => {
		const { council, tablet } = await out(2);
		const { device } = tablet;
		const words = (text: string) => keepDraft(device, 'note:1', text, caseId(1));
		const id = uuid(9, ++ids);
		await note(tablet, 1, id);
		await words('Ring the bell of the fl');
		council.assign(1, sam.id, ria.id);
		await tablet.tab.round.words();
		for (const one of council.register.quarantined())
			council.register.acceptQuarantined(one.id, ria);
		await tablet.tab.round.words();
		const shown = await shownCase(device, caseId(1));
		expect(shown).toMatchObject({ leaving: true, troubles: [] });
		expect(shown?.file.get('note', id)).toBeDefined();
		await words('');
		await tablet.tab.round.words();
		expect(await shownCase(device, caseId(1))).toBeUndefined();
		expect(await device.db.outbox.toArray()).toMatchObject([{ state: 'done' }]);
	});

	test('S6 a decision that comes before the answer it is about is kept till then', async () => {
		const { council, tablet } = await out(2);
		await note(tablet, 1);
		council.assign(1, sam.id, ria.id);
		tablet.wire.weather = { 'answer lost': 1 };
		await tablet.tab.round.pusher.all().catch(() => undefined);
		tablet.wire.weather = fair;
		for (const { id } of council.register.quarantined())
			council.register.acceptQuarantined(id, ria);
		await pull(tablet.device, tablet.wire);
		await tablet.tab.round.words();
		expect((await ledger(tablet.device)).needsMe).toEqual([]);
		const [row] = await tablet.device.db.outbox.toArray();
		expect(row).toMatchObject({ state: 'done', outcome: 'quarantined', decision: 'accepted' });
	});

	test('S6 what arrives after its case has ended is taken in, and told to those who look after it', async () => {
		const { council, tablet } = await out(1);
		const leader = await anotherTablet(council, ria);
		const id = uuid(9, ++ids);
		await note(tablet, 1, id);
		council.as(ria.id, {
			name: 'record-act',
			caseId: caseId(1),
			payload: { act: 'withdraw', effectiveOn: '2026-03-03', reason: 'By letter' }
		});
		expect(council.register.caseFile(caseId(1)).case?.status).toBe('withdrawn');
		await leader.tab.round.words();
		expect(await leader.device.db.held.count()).toBe(0);
		await tablet.tab.round.words();
		expect(council.register.caseFile(caseId(1)).get('note', id)).toBeDefined();

		await leader.tab.round.words();
		const told = async () => (await ledger(leader.device)).needsMe;
		const [late] = await told();
		expect(late).toMatchObject({ outcome: 'late', what: `Note written by ${jo.name}` });
		expect(late?.sentence).toContain('already ended (withdrawn)');
		expect((await waitingOn(leader.device)).needsMe).toBe(1);
		expect((await shownCases(leader.device))[0]?.needsMe).toBe(true);
		expect((await shownCase(leader.device, caseId(1)))?.troubles).toEqual([late]);
		// its author is not asked to look at it, and reads it on the timeline
		expect((await ledger(tablet.device)).needsMe).toEqual([]);

		const payload = { events: late?.late ?? [] };
		await perform(leader.device, 'see-late-work', caseId(1), payload);
		await leader.tab.round.words();
		await leader.tab.round.words();
		expect(await told()).toEqual([]);
		expect(await leader.device.db.held.count()).toBe(0);
	});

	test('S8 bytes stay until the register has their hash, a backup has them, and 14 days have passed', async () => {
		const { council, tablet } = await out(1);
		const days = (n: number) => n * 24 * 60 * 60 * 1000;
		const backUp = async () => {
			council.register.setArchived(council.register.head());
			await tablet.tab.round.words();
		};
		const { sha256, command, id } = await document(tablet, 1);
		const refusal = async () => {
			const said = await release(tablet.device, command);
			return said.released ? null : said.because;
		};
		expect(await refusal()).toBe('The register has not received it.');
		await tablet.tab.round.words();
		expect(await refusal()).toBe('It is in no verified backup yet.');
		await backUp();
		expect(await refusal()).toBe('The register has not received its bytes.');
		await tablet.tab.round.bytes();
		expect(await refusal()).toBe('Its bytes are in no verified backup yet.');
		await backUp();
		const young = 'The register said less than 14 days ago that it is backed up.';
		expect(await refusal()).toBe(young);
		council.now += days(14);
		await tablet.tab.round.words();
		expect(await refusal()).toBe('The council’s last verified backup is too old.');
		expect(await releaseAll(tablet.device)).toBe(0);
		const edited = await perform(tablet.device, 'edit-record', caseId(1), {
			kind: 'document',
			id,
			fields: { description: { base: null, value: 'Ground floor' } }
		});
		expect(edited).toMatchObject({ outcome: 'applied' });
		council.register.setArchived(council.register.head());
		await pull(tablet.device, tablet.wire);
		expect(await refusal()).toBe('The register has not received it.');
		await tablet.tab.round.words();
		await backUp();
		council.now += days(14);
		expect(await bytesOf(tablet.device, sha256)).toBeDefined();
		// a fresh backup, and the round lets go what is ripe
		await backUp();
		expect(await bytesOf(tablet.device, sha256)).toBeUndefined();
		expect(await tablet.device.db.outbox.count()).toBe(0);
	});

	test.each([
		['a year ahead', 365],
		['a year behind', -365]
	])('S8 the 14 days are the register’s, on a tablet whose clock is %s', async (_words, skew) => {
		const { council, tablet } = await out(1);
		const day = 24 * 60 * 60 * 1000;
		const { sha256 } = await document(tablet, 1);
		const backUp = async () => {
			council.register.setArchived(council.register.head());
			await tablet.tab.round.words();
		};
		const isHere = async () => (await bytesOf(tablet.device, sha256)) !== undefined;
		await tablet.tab.round.words();
		await tablet.tab.round.bytes();
		// set wrong only after everything was received and told as backed up
		await backUp();
		tablet.skew = skew * day;
		for (const hours of [1, 13 * 24]) {
			council.now += hours * 60 * 60 * 1000;
			await backUp();
			expect(await isHere(), `${hours} hours later`).toBe(true);
		}
		council.now += day;
		await backUp();
		expect(await isHere()).toBe(false);
	});

	test('S8 what an earlier version knew to be backed up stays 14 days from when that is said again', async () => {
		const { council, tablet } = await out(1);
		const { command } = await document(tablet, 1);
		await tablet.tab.round.words();
		await tablet.tab.round.bytes();
		const { db } = tablet.device;
		const old = { archived: 1 } as const;
		await db.outbox.where({ id: command }).modify(old);
		await db.uploads.where({ commandId: command }).modify(old);
		for (const days of [0, 13, 2]) {
			expect(await db.outbox.get(command)).toBeDefined();
			council.now += days * 24 * 60 * 60 * 1000;
			await note(tablet, 1, uuid(9, ++ids));
			await tablet.tab.round.words();
			council.register.setArchived(council.register.head());
			await tablet.tab.round.words();
			await releaseAll(tablet.device);
		}
		expect(await db.outbox.get(command)).toBeUndefined();
	});

	test('guarantee-11 S9 a record of a newer version is kept as it came, and read after the upgrade', async () => {
		const { council, tablet } = await out(1);
		const id = uuid(9, ++ids);
		council.as(jo.id, {
			name: 'write-note',
			caseId: caseId(1),
			payload: { id, visitId: null, text: 'From the desk' }
		});
		const newer: Transport = {
			push: (request) => tablet.wire.push(request),
			upload: (...upload) => tablet.wire.upload(...upload),
			pull: async (request): Promise<PullAnswer> => {
				const answer = await tablet.wire.pull(request);
				if ('epochChanged' in answer) return answer;
				const records = answer.records.map((one) =>
					one.kind === 'note'
						? ({ ...one, record: { ...one.record, mood: 'cheerful' } } as typeof one)
						: one
				);
				return { ...answer, records };
			}
		};
		await pull(tablet.device, newer);
		expect((await shownCase(tablet.device, caseId(1)))?.file.get('note', id)).toBeUndefined();
		expect(await tablet.device.db.unknown.count()).toBe(1);
		expect(await readUnknown(tablet.device)).toBe(0);
		// what an upgrade would do: the record fits
		const kept = await tablet.device.db.unknown.get(`note:${id}`);
		const { mood: _, ...note } = kept?.body as Record<string, unknown>;
		await tablet.device.db.unknown.update(`note:${id}`, { body: note });
		expect(await readUnknown(tablet.device)).toBe(1);
		expect((await shownCase(tablet.device, caseId(1)))?.file.get('note', id)).toBeDefined();
		expect(await tablet.device.db.unknown.count()).toBe(0);
	});

	test('S11 a case the register fails on is set aside after three faults, and the others go on', async () => {
		const { council, tablet } = await out(3);
		const poisoned: Transport = {
			pull: (request) => tablet.wire.pull(request),
			upload: (...upload) => tablet.wire.upload(...upload),
			push: (request): Promise<PushAnswer> =>
				request.commands.some(({ envelope }) => envelope.caseId === caseId(2))
					? Promise.reject(new RegisterFault(500, 'The register failed.'))
					: tablet.wire.push(request)
		};
		const round = new Round(tablet.device, poisoned);
		for (const n of [1, 2, 3, 2, 1]) await note(tablet, n);
		await round.words();
		expect(council.register.caseFile(caseId(1)).all('note')).toHaveLength(2);
		expect(council.register.caseFile(caseId(3)).all('note')).toHaveLength(1);
		expect(round.pusher.aside).toHaveLength(0);
		await round.words();
		await round.words();
		expect(round.pusher.aside).toMatchObject([{ caseId: caseId(2) }]);
		expect(
			await stateOf(tablet, (await tablet.device.db.outbox.toArray())[0]?.id ?? '')
		).toBeDefined();
		expect((await waitingOn(tablet.device)).count).toBe(2);
		council.now += 11 * 60_000;
		await tablet.tab.round.words();
		expect(council.register.caseFile(caseId(2)).all('note')).toHaveLength(2);
	});

	test('S11 a push that is too large is halved until it goes', async () => {
		const { council, tablet } = await out(1);
		for (let n = 0; n < 20; n++) await note(tablet, 1);
		const sizes: number[] = [];
		const narrow: Transport = {
			pull: (request) => tablet.wire.pull(request),
			upload: (...upload) => tablet.wire.upload(...upload),
			push: (request): Promise<PushAnswer> => {
				sizes.push(request.commands.length);
				return request.commands.length > 6
					? Promise.reject(new TooLarge('Too large.'))
					: tablet.wire.push(request);
			}
		};
		await new Round(tablet.device, narrow).words();
		expect(sizes.slice(0, 3)).toEqual([20, 10, 5]);
		expect(council.register.caseFile(caseId(1)).all('note')).toHaveLength(20);
	});

	test('S4 a long queue goes in pushes of at most 50 commands and 256 KiB, in the order made', async () => {
		const { council, tablet } = await out(1);
		const pushes: { commands: number; bytes: number }[] = [];
		const counting: Transport = {
			pull: (request) => tablet.wire.pull(request),
			upload: (...upload) => tablet.wire.upload(...upload),
			push: (request) => {
				const bytes = new TextEncoder().encode(JSON.stringify(request.commands)).byteLength;
				pushes.push({ commands: request.commands.length, bytes });
				return tablet.wire.push(request);
			}
		};
		for (let n = 0; n < 70; n++)
			await perform(tablet.device, 'write-note', caseId(1), {
				id: uuid(9, ++ids),
				visitId: null,
				text: `${n} ${'é'.repeat(n % 10 === 0 ? 9_900 : 10)}`
			});
		await new Round(tablet.device, counting).words();
		expect(pushes.every(({ commands, bytes }) => commands <= 50 && bytes <= 256 * 1024)).toBe(true);
		const texts = council.register.caseFile(caseId(1)).all('note');
		expect(texts).toHaveLength(70);
	});

	test('S14 each capture keeps the wall time, a steady time, and how far the clocks were apart', async () => {
		const { council, tablet } = await out(1);
		tablet.skew = -3_600_000;
		await tablet.tab.round.words();
		const made = await note(tablet, 1);
		if ('refused' in made) throw new Error(made.refused);
		await tablet.tab.round.words();
		const sent = council.register.connection.sqlite
			.prepare<[string], string>('select envelope from command_log where id = ?')
			.pluck()
			.get(made.id);
		const { captured } = JSON.parse(sent ?? '{}') as { captured: Record<string, unknown> };
		expect(captured).toMatchObject({ serverOffset: 3_600_000, monotonic: council.monotonic() });
	});

	test('guarantee-05 S17 two edits of one field keep both values, and both officers are told', async () => {
		const { council, tablet } = await out(1);
		council.as(sam.id, { name: 'pin-case', caseId: caseId(1), payload: { active: true } });
		const desk = await anotherTablet(council, ria);
		council.as(ria.id, { name: 'pin-case', caseId: caseId(1), payload: { active: true } });
		await desk.tab.round.words();
		const describe = (who: Tablet, value: string) =>
			perform(who.device, 'edit-record', caseId(1), {
				kind: 'case',
				id: caseId(1),
				fields: { description: { base: null, value } }
			});
		await describe(tablet, 'From the field');
		await describe(desk, 'From the desk');
		await desk.tab.round.words();
		await tablet.tab.round.words();
		await desk.tab.round.words();
		for (const who of [tablet, desk]) {
			const shown = await shownCase(who.device, caseId(1));
			expect(shown?.file.case?.description).toBe('From the desk');
			expect(shown?.file.all('conflict')).toMatchObject([
				{ standing: { value: 'From the desk' }, second: { value: 'From the field' } }
			]);
			expect(shown?.troubles).toMatchObject([{ outcome: 'conflict' }]);
			expect((await waitingOn(who.device)).needsMe).toBe(1);
		}
	});

	test('S8 the ledger counts what was made: on this tablet, received, backed up', async () => {
		const { council, tablet } = await out(1);
		await note(tablet, 1);
		await document(tablet, 1);
		await perform(tablet.device, 'pin-case', caseId(1), { active: true });
		const counts = async () => (await ledger(tablet.device)).counts;
		expect(await counts()).toEqual({ taken: 2, onThisTablet: 2, received: 0, backedUp: 0 });
		await tablet.tab.round.words();
		expect(await counts()).toEqual({ taken: 2, onThisTablet: 1, received: 1, backedUp: 0 });
		await tablet.tab.round.bytes();
		expect(await counts()).toEqual({ taken: 2, onThisTablet: 0, received: 2, backedUp: 0 });
		council.register.setArchived(council.register.head());
		await tablet.tab.round.words();
		expect(await counts()).toEqual({ taken: 2, onThisTablet: 0, received: 2, backedUp: 2 });
	});
});
