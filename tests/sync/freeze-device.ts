/*
 * Makes the upgrade fixture of a release: `npx vitest run --project sync tests/sync/upgrade.test.ts`
 * with FREEZE=0.1.0 in the environment writes tests/fixtures/devices/0.1.0.gz. A fixture is
 * made once, by the release whose name it has, and never again.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sha256Of } from '#lib/local/captures.ts';
import { openDevice } from '#lib/local/device.ts';
import { KnownOfficers } from '#lib/local/known-officers.ts';
import { perform } from '#lib/local/perform.ts';
import { sealedCodec } from '#lib/local/sealed-codec.ts';
import { makeKeys, unlock } from '#lib/local/unlock.ts';
import { Round } from '#lib/sync/round.ts';
import { CouncilSeal } from '#lib/server/sealing/council-seal.ts';
import { Council } from './council.ts';
import { freeze } from './frozen-device.ts';
import { Chance } from './random.ts';
import { caseId, jo, newStorage, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

export const frozenPin = 'garden4821';
export const frozenAt = Date.parse('2026-03-03T09:00:00.000Z');
export const frozenCases = 3;
/** things made and not sent: 5 photographs among them */
export const frozenItems = 50;
export const frozenPhotos = 5;
/** all but the photographs, and a visit planned and begun */
export const frozenNotes = frozenItems - frozenPhotos - 2;
const visitId = uuid(702, 1);

/** Works a day on a tablet with no signal and gives what then lies on it. */
export async function aFrozenDay(): Promise<Buffer> {
	const council = new Council();
	const at = { officer: jo, indexedDB: newStorage() };
	const store = new KnownOfficers(newStorage());
	try {
		council.fileCases(frozenCases, [jo.id]);
		const clock = { clock: () => new Date(council.now), monotonic: () => 1 };
		const first = await openDevice({ ...at, ...clock });
		const owner = { officerId: jo.id, deviceId: first.deviceId };
		first.close();
		const enrolment = {
			halves: [createHash('sha256').update('half of a frozen device').digest('base64')],
			councilKey: await new CouncilSeal(null).publicKey()
		};
		const { row } = await makeKeys(frozenPin, owner, enrolment, council.now);
		await store.addKeys({ ...row, sealed: true });
		const opened = await unlock(store, jo.id, { pin: frozenPin }, council.now);
		if (opened.is !== 'unlocked') throw new Error(opened.is);
		const device = await openDevice({ ...at, ...clock, codec: sealedCodec(opened.key) });
		await new Round(device, new Wire(council, jo, new Chance(1), fair)).words();
		const does = async (
			n: number,
			name: string,
			payload: object,
			bytes?: Parameters<typeof perform>[4]
		) => {
			const done = await perform(device, name, caseId(1 + (n % frozenCases)), payload, bytes);
			if ('refused' in done) throw new Error(`${name}: ${done.refused}`);
		};
		const visit = { plannedFor: '2026-03-03', plannedTime: '', purpose: '', access: 'Ring first' };
		await does(0, 'plan-visit', { id: visitId, ...visit });
		await does(0, 'start-visit', { id: visitId });
		for (let n = 0; n < frozenNotes; n++)
			await does(n, 'write-note', {
				id: uuid(700, n),
				text: `Note ${n} of a frozen day: the hedge is ${n} metres from the wall.`,
				visitId: null
			});
		for (let n = 0; n < frozenPhotos; n++) {
			const [original, thumbnail] = [photo(40_000), photo(4_000)];
			const hashes = await Promise.all([sha256Of(original), sha256Of(thumbnail)]);
			const id = uuid(701, n);
			await does(
				0,
				'take-photo',
				{
					id,
					visitId,
					number: `JB-${n + 1}`,
					caption: `Frozen photograph ${n + 1}`,
					sha256: hashes[0],
					mime: 'image/jpeg',
					size: original.byteLength,
					width: 4,
					height: 3,
					position: null,
					heading: null,
					origin: 'camera',
					method: 'takePhoto',
					thumbnailSha256: hashes[1]
				},
				[
					{ sha256: hashes[0], of: 'original', id, mime: 'image/jpeg', bytes: original },
					{ sha256: hashes[1], of: 'thumbnail', id, mime: 'image/jpeg', bytes: thumbnail }
				]
			);
		}
		device.close();
		const keys = await store.keys(jo.id);
		if (keys === undefined) throw new Error('no keys');
		return await freeze(keys, at);
	} finally {
		store.close();
		await council.close();
	}
}

/** Begins and ends as a JPEG does, with grain between. */
const photo = (size: number): ArrayBuffer =>
	new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...randomBytes(size), 0xff, 0xd9]).buffer;
