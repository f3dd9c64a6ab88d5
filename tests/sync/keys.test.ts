import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaseFor, mostWrongPins } from '#lib/commands/council-box.ts';
import { sealedOverhead } from '#lib/commands/sealed-body.ts';
import { bytesOf, keepCopy, sha256Of } from '#lib/local/captures.ts';
import { unwrap } from '#lib/local/data-key.ts';
import { openDevice, withTables } from '#lib/local/device.ts';
import { draft, keepDraft } from '#lib/local/drafts.ts';
import { KnownOfficers } from '#lib/local/known-officers.ts';
import { perform } from '#lib/local/perform.ts';
import { sealExisting } from '#lib/local/seal-existing.ts';
import { sealedCodec } from '#lib/local/sealed-codec.ts';
import {
	addPasskey,
	changePin,
	endLease,
	mayTry,
	removePasskey,
	unlock
} from '#lib/local/unlock.ts';
import {
	askStanding,
	firstKeys,
	forgottenPin,
	meetRegister,
	type KeysClient
} from '#lib/sync/lease.ts';
import { createCallerFactory } from '#lib/server/api/procedure.ts';
import { sealOf } from '#lib/server/sealing/council-seal.ts';
import { DeviceLocks } from '#lib/server/sealing/device-locks.ts';
import { deviceWord } from '#lib/server/sealing/device-word.ts';
import { appRouter } from '#lib/server/router.ts';
import { aesCodec } from './aes-codec.ts';
import { Council } from './council.ts';
import { caseId, jo, newStorage, sam } from './town.ts';

const pin = 'garden4821';
const owner = { officerId: jo.id, deviceId: '0199dddd-0000-7000-8000-00000000d001' };
const day = 24 * 60 * 60 * 1000;

let council: Council;
let store: KnownOfficers;
beforeEach(() => {
	council = new Council();
	store = new KnownOfficers(newStorage());
});
afterEach(async () => {
	store.close();
	await council.close();
});

const now = () => council.now;
const served = () => ({
	code: 'MIL',
	name: 'Milltown',
	host: 'x',
	folder: '',
	register: council.register
});

/** The register's own procedures, asked by an officer whose session began at an instant. */
function client(officer = jo, signedInAt = new Date(council.now)) {
	const { keys } = createCallerFactory(appRouter)({
		council: served(),
		officer,
		signedInAt,
		requestId: 'x',
		now: () => new Date(council.now)
	});
	const { enrol, vouch, lease, wrongPin, recover } = keys;
	const asked = {
		enrol: { mutate: enrol },
		vouch: { mutate: vouch },
		lease: { mutate: lease },
		wrongPin: { mutate: wrongPin },
		recover: { mutate: recover }
	};
	// over the network a promise is tagged with the shape of its errors; here there is none between
	return { keys: asked } as unknown as KeysClient;
}

const locks = () => new DeviceLocks(council.register);
const enrolled = async () => {
	const key = await firstKeys(store, client(), pin, owner, now);
	if (key === null) throw new Error('no key');
	return key;
};
const give = (given: string) => unlock(store, jo.id, { pin: given }, council.now);

describe('the keys of a device', () => {
	test('S19 the data key may not leave, and opens what it sealed: again after every start', async () => {
		const key = await enrolled();
		await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
		const sealed = await sealedCodec(key).seal({ note: 'by the gate' }, 'records/note:1');
		const again = await give(pin);
		if (again.is !== 'unlocked') throw new Error(again.is);
		await expect(crypto.subtle.exportKey('raw', again.key)).rejects.toThrow();
		const codec = sealedCodec(again.key);
		expect(await codec.open(sealed, 'records/note:1')).toEqual({ note: 'by the gate' });
		// moved to another row, it does not open
		await expect(codec.open(sealed, 'records/note:2')).rejects.toThrow(
			'no longer as it was sealed'
		);
		await expect(codec.open({ note: 'put in openly' }, 'records/note:1')).rejects.toThrow();
	});

	test('S19 no two bodies share a nonce', async () => {
		const codec = await aesCodec();
		const nonces = new Set<string>();
		for (let n = 0; n < 2_000; n++) {
			const sealed = await codec.sealBytes(new ArrayBuffer(0), 'x');
			expect(sealed.byteLength).toBe(sealedOverhead);
			nonces.add(Buffer.from(sealed, 4, 12).toString('hex'));
		}
		expect(nonces.size).toBe(2_000);
	});

	test('S20 a wrong PIN opens nothing, is counted before it is tried, and ten of them need a sign-in', async () => {
		await enrolled();
		expect(await give('garden4822')).toEqual({ is: 'wrong', left: mostWrongPins - 1 });
		expect((await give(pin)).is).toBe('unlocked');
		await store.changeKeys(jo.id, (row) => (row.wrongPins = mostWrongPins - 2));
		expect(await give('garden4822')).toEqual({ is: 'wrong', left: 1 });
		expect(await give('garden4822')).toEqual({ is: 'too-many' });
		expect((await store.keys(jo.id))?.lease).toBeNull();
		expect(await give(pin)).toEqual({ is: 'too-many' });
		// a session that was open all the time is not enough; signing in anew is
		await meetRegister(store, client(), jo.id, now);
		expect(await give(pin)).toEqual({ is: 'too-many' });
		await meetRegister(store, client(), jo.id, now, { afresh: true });
		expect((await give(pin)).is).toBe('unlocked');
	});

	test('S20 the register counts wrong PINs too, and gives its half only to a later sign-in', async () => {
		await enrolled();
		const before = client(jo, new Date(council.now));
		council.now += 60_000;
		for (let n = 0; n < mostWrongPins; n++)
			await before.keys.wrongPin.mutate({ device: owner.deviceId });
		const row = await meetRegister(store, before, jo.id, now);
		expect(row?.lease).toBeNull();
		council.now += 60_000;
		expect((await meetRegister(store, client(), jo.id, now, { afresh: true }))?.lease).toBeTruthy();
		expect((await give(pin)).is).toBe('unlocked');
	});

	test('S21 without contact for seven days it is locked, not deleted; after contact all is there', async () => {
		const key = await enrolled();
		const sealed = await sealedCodec(key).seal('kept', 'x');
		council.now += leaseFor - 1;
		expect((await give(pin)).is).toBe('unlocked');
		council.now += day;
		expect(await give(pin)).toEqual({ is: 'expired' });
		expect(JSON.stringify(await store.keys(jo.id))).not.toContain('"halves"');
		// a clock that is set back gains nothing
		council.now -= 8 * day;
		expect(await give(pin)).toEqual({ is: 'expired' });
		council.now += 8 * day;
		await meetRegister(store, client(), jo.id, now);
		const again = await give(pin);
		expect(again.is === 'unlocked' && (await sealedCodec(again.key).open(sealed, 'x'))).toBe(
			'kept'
		);
	});

	test('S21 a clock set back while the lease runs does not make it longer', async () => {
		await enrolled();
		council.now += 6 * day;
		expect((await give(pin)).is).toBe('unlocked');
		const row = await store.changeKeys(jo.id, (row) => endLease(row, council.now - 30 * day));
		expect(row && mayTry(row)).toBeNull();
		expect(row?.seenAt).toBe(council.now);
	});

	test('S22 a locked device gets nothing and its officer is signed out; unlocked, it opens again', async () => {
		await enrolled();
		expect(locks().set(owner.deviceId, 'locked', sam.id, new Date(council.now))).toBe(true);
		const row = await meetRegister(store, client(), jo.id, now);
		expect(row).toMatchObject({ standing: 'locked', lease: null });
		expect(await give(pin)).toEqual({ is: 'locked' });
		await expect(forgottenPin(store, client(), jo.id, 'another99x')).rejects.toThrow('locked');
		locks().set(owner.deviceId, 'good', sam.id, new Date(council.now));
		await meetRegister(store, client(), jo.id, now);
		expect((await give(pin)).is).toBe('unlocked');
	});

	test('S22 a device without a session hears what was said of it, by the register’s word for its box', async () => {
		await enrolled();
		const row = await store.keys(jo.id);
		if (row === undefined) throw new Error('no row');
		const answering: typeof fetch = (_url, given) => {
			const word = deviceWord.parse(JSON.parse(given?.body as string));
			return Promise.resolve(
				locks().isVouched(word.device, word.officer, word.box, word.voucher)
					? Response.json({ standing: locks().standing(word.device) })
					: Response.json({}, { status: 403 })
			);
		};
		locks().set(owner.deviceId, 'wipe', sam.id, new Date(council.now));
		expect(await askStanding(row, answering)).toBe('wipe');
		expect(await askStanding({ ...row, deviceId: jo.id }, answering)).toBeNull();
		expect(await askStanding({ ...row, voucher: 'made-up' }, answering)).toBeNull();
	});

	test('S23 a changed wrap, another half, or another device’s name opens nothing', async () => {
		await enrolled();
		const row = await store.keys(jo.id);
		const halves = row?.lease?.halves ?? [];
		if (row === undefined) throw new Error('no row');
		const wrapped = new Uint8Array(row.pin.wrapped.slice(0));
		wrapped[3] = (wrapped[3] ?? 0) ^ 1;
		expect(await unwrap({ ...row.pin, wrapped: wrapped.buffer }, pin, halves, row)).toBeNull();
		const other = randomBytes(32).toString('base64');
		expect(await unwrap(row.pin, pin, [other], row)).toBeNull();
		expect(await unwrap(row.pin, pin, halves, { ...row, deviceId: sam.id })).toBeNull();
		// the council may have a new key: the older half is offered as well
		expect(await unwrap(row.pin, pin, [other, ...halves], row)).not.toBeNull();
	});

	test('S23 the council’s box opens for the device and officer it was made for, and no other', async () => {
		await enrolled();
		const row = await store.keys(jo.id);
		if (row === undefined) throw new Error('no row');
		const seal = sealOf(served());
		const box = new Uint8Array(row.box);
		expect(await seal.open(box, owner.deviceId, jo.id)).toHaveLength(32);
		await expect(seal.open(box, owner.deviceId, sam.id)).rejects.toThrow('another council');
		await expect(
			client(sam).keys.recover.mutate({
				device: owner.deviceId,
				box: Buffer.from(box).toString('base64')
			})
		).rejects.toThrow('another officer');
	});

	test('S24 a forgotten PIN is replaced by who has just signed in, and everything opens', async () => {
		const key = await enrolled();
		const sealed = await sealedCodec(key).seal('kept', 'x');
		const old = client(jo, new Date(council.now - day));
		await expect(forgottenPin(store, old, jo.id, 'another99x')).rejects.toThrow('Sign in again');
		expect(await forgottenPin(store, client(), jo.id, 'another99x')).toBe(true);
		expect((await give(pin)).is).toBe('wrong');
		const again = await give('another99x');
		expect(again.is === 'unlocked' && (await sealedCodec(again.key).open(sealed, 'x'))).toBe(
			'kept'
		);
	});

	test('S24 a PIN is changed by the one before, which is counted as at the door, and needs no register', async () => {
		await enrolled();
		const change = (before: string) => changePin(store, jo.id, before, 'another99x', council.now);
		expect(await change('not this')).toEqual({ is: 'wrong', left: mostWrongPins - 1 });
		expect(await change(pin)).toEqual({ is: 'done' });
		expect((await give(pin)).is).toBe('wrong');
		expect((await give('another99x')).is).toBe('unlocked');
		await store.changeKeys(jo.id, (row) => (row.wrongPins = mostWrongPins - 1));
		expect(await change('not this')).toEqual({ is: 'too-many' });
		expect((await store.keys(jo.id))?.lease).toBeNull();
	});

	test('S29 a passkey opens beside the PIN, with the register’s half and never without', async () => {
		const key = await enrolled();
		const sealed = await sealedCodec(key).seal('kept', 'x');
		const gave = () => ({
			credentialId: new ArrayBuffer(16),
			prfSalt: new ArrayBuffer(32),
			secret: new Uint8Array(randomBytes(32)).buffer
		});
		const mine = gave();
		const add = (given: string) =>
			addPasskey(store, jo.id, given, council.now, () => Promise.resolve(mine));
		const open = (passkey = mine.secret) => unlock(store, jo.id, { passkey }, council.now);
		expect((await open()).is).toBe('wrong');
		expect(await add('not this')).toEqual({ is: 'wrong', left: mostWrongPins - 1 });
		expect(await add(pin)).toEqual({ is: 'done' });
		const opened = await open();
		if (opened.is !== 'unlocked') throw new Error(opened.is);
		await expect(crypto.subtle.exportKey('raw', opened.key)).rejects.toThrow();
		expect(await sealedCodec(opened.key).open(sealed, 'x')).toBe('kept');
		// the PIN goes on opening, and what another passkey gives opens nothing
		expect((await give(pin)).is).toBe('unlocked');
		expect((await open(gave().secret)).is).toBe('wrong');
		const row = await store.keys(jo.id);
		if (row?.passkey === null || row === undefined) throw new Error('no passkey');
		const other = randomBytes(32).toString('base64');
		expect(await unwrap(row.passkey, mine.secret, [other], row)).toBeNull();
		// after seven days, and once locked, it opens nothing either
		council.now += 8 * day;
		expect(await open()).toEqual({ is: 'expired' });
		await meetRegister(store, client(), jo.id, now);
		expect((await open()).is).toBe('unlocked');
		locks().set(owner.deviceId, 'locked', sam.id, new Date(council.now));
		await meetRegister(store, client(), jo.id, now);
		expect(await open()).toEqual({ is: 'locked' });
		locks().set(owner.deviceId, 'good', sam.id, new Date(council.now));
		await meetRegister(store, client(), jo.id, now);
		await removePasskey(store, jo.id);
		expect((await open()).is).toBe('wrong');
		expect((await give(pin)).is).toBe('unlocked');
	});

	test('S24 two windows that choose a PIN at once leave one key', async () => {
		const made = await Promise.all([
			firstKeys(store, client(), pin, owner, now),
			firstKeys(store, client(), 'other7734', owner, now)
		]);
		expect(made.filter((key) => key !== null)).toHaveLength(1);
	});
});

describe('what an earlier version left open', () => {
	test('S25 is sealed row by row, goes on where it was killed, and loses nothing', async () => {
		council.fileCases(1, [jo.id]);
		const storage = newStorage();
		const given = { officer: jo, indexedDB: storage, clock: () => new Date(council.now) };
		const open = await openDevice(given);
		const words = 'The beech is two metres from the wall.';
		const note = { id: jo.id, text: words, visitId: null };
		for (let n = 0; n < 5; n++)
			expect(
				await perform(open, 'write-note', caseId(1), { ...note, id: open.newId() })
			).not.toHaveProperty('refused');
		await keepDraft(open, 'half', words, caseId(1));
		const copy = new TextEncoder().encode(`a plan: ${words}`).buffer;
		const sha256 = await sha256Of(copy);
		await keepCopy(open, { sha256, caseId: caseId(1), mime: 'text/plain', bytes: copy });
		open.close();

		const codec = await aesCodec();
		const rows = (secret: boolean) =>
			withTables(given, async (db) => {
				const all = await Promise.all(db.tables.map((table) => table.toArray()));
				const text = Buffer.concat(
					all
						.flat()
						.flatMap((row: Record<string, unknown>) =>
							Object.values(row).map((value) =>
								value instanceof ArrayBuffer
									? Buffer.from(value)
									: Buffer.from(JSON.stringify(value) ?? '')
							)
						)
				);
				expect(text.includes(words)).toBe(!secret);
			});
		await rows(false);
		for (const dies of [2, 3, Infinity]) {
			let writes = 0;
			const dying = {
				...codec,
				seal: (...body: Parameters<typeof codec.seal>) =>
					++writes > dies ? Promise.reject(new Error('killed')) : codec.seal(...body)
			};
			const sealing = withTables(given, (db) => sealExisting(db, dying));
			if (dies === Infinity) await sealing;
			else await expect(sealing).rejects.toThrow('killed');
		}
		await rows(true);
		// once more changes nothing
		await withTables(given, (db) => sealExisting(db, codec));
		const again = await openDevice({ ...given, codec });
		expect(await draft(again, 'half')).toBe(words);
		expect(Buffer.from((await bytesOf(again, sha256)) ?? []).toString()).toContain(words);
		expect(await again.db.outbox.count()).toBe(5);
		again.close();
		// another key neither opens it nor seals it a second time
		await expect(
			withTables(given, async (db) => sealExisting(db, await aesCodec()))
		).rejects.toThrow('no longer as it was sealed');
	});
});
