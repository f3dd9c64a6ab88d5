import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDevice } from '#lib/local/device.ts';
import { KnownOfficers } from '#lib/local/known-officers.ts';
import { sealedCodec } from '#lib/local/sealed-codec.ts';
import { unlock } from '#lib/local/unlock.ts';
import { waitingOn } from '#lib/local/waiting.ts';
import { Round } from '#lib/sync/round.ts';
import { Council } from './council.ts';
import {
	aFrozenDay,
	frozenAt,
	frozenCases,
	frozenItems,
	frozenNotes,
	frozenPhotos,
	frozenPin
} from './freeze-device.ts';
import { thaw } from './frozen-device.ts';
import { Chance } from './random.ts';
import { caseId, jo, newStorage } from './town.ts';
import { fair, Wire } from './wire.ts';

const folder = 'tests/fixtures/devices';
const freezing = process.env['FREEZE'];
if (freezing !== undefined) writeFileSync(`${folder}/${freezing}.gz`, await aFrozenDay());
const releases = globSync(`${folder}/*.gz`).sort();

describe('a tablet that was last used with an earlier release', () => {
	test('there is one for every release', () => expect(releases.length).toBeGreaterThan(0));

	for (const file of releases)
		test(`guarantee-11 ${basename(file, '.gz')} opens with its PIN and sends all that was made on it`, async () => {
			const council = new Council();
			const store = new KnownOfficers(newStorage());
			try {
				council.fileCases(frozenCases, [jo.id]);
				council.now = frozenAt;
				const at = { officer: jo, indexedDB: newStorage() };
				await thaw(readFileSync(file), store, at);
				expect((await unlock(store, jo.id, { pin: 'not-the-pin' }, frozenAt)).is).toBe('wrong');
				const opened = await unlock(store, jo.id, { pin: frozenPin }, frozenAt);
				if (opened.is !== 'unlocked') throw new Error(opened.is);
				const device = await openDevice({
					...at,
					codec: sealedCodec(opened.key),
					clock: () => new Date(council.now)
				});
				expect(await waitingOn(device)).toMatchObject({
					count: frozenItems,
					photos: { received: 0, of: frozenPhotos }
				});

				const round = new Round(device, new Wire(council, jo, new Chance(1), fair));
				await round.words();
				await round.bytes();
				await round.words();
				expect(await waitingOn(device)).toMatchObject({
					count: 0,
					needsMe: 0,
					photos: { received: frozenPhotos, of: frozenPhotos }
				});
				const files = Array.from({ length: frozenCases }, (_, n) =>
					council.register.caseFile(caseId(n + 1))
				);
				const notes = files.flatMap((one) => one.all('note'));
				const photos = files.flatMap((one) => one.all('photo'));
				expect(new Set(notes.map(({ text }) => text)).size).toBe(frozenNotes);
				expect(photos.filter((one) => one.originalReceivedAt !== null)).toHaveLength(frozenPhotos);
				device.close();
			} finally {
				store.close();
				await council.close();
			}
		});
});
