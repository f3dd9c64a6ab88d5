import { randomUUID } from 'node:crypto';
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import type { Officer } from '#lib/domain/officer.ts';
import { toBase64 } from '#lib/local/data-key.ts';
import { SignedIn } from './signed-in.svelte.ts';

const officer = (name: string): Officer => ({
	id: randomUUID(),
	name,
	initials: name.slice(0, 1),
	email: `${name.toLowerCase()}@council.example`,
	roles: ['case-officer'],
	active: true
});
const jo = officer('Jo');
const sam = officer('Sam');
const kim = officer('Kim');

afterEach(() => {
	vi.unstubAllGlobals();
});

/** What the register does for the keys of a device, with a key of its own that lives as long as the test. */
async function keys(procedure: string) {
	const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
		'deriveBits'
	]);
	const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
	const halves = [toBase64(new Uint8Array(32).fill(7))];
	const data = {
		'keys.enrol': { halves, councilKey: toBase64(point) },
		'keys.vouch': { voucher: 'vouched' },
		'keys.lease': { standing: 'good', halves }
	}[procedure];
	return Response.json({ result: { data } });
}

/** A page in front of a register that knows who is signed in and counts what is asked of it. */
function page() {
	const register = {
		session: null as Officer | null,
		asked: 0,
		/** who signs in next */
		next: jo,
		/** what the answer to who is signed in waits for, once it is decided */
		slow: null as Promise<void> | null
	};
	vi.stubGlobal('window', new EventTarget());
	vi.stubGlobal('localStorage', { getItem: () => null });
	vi.stubGlobal('document', { visibilityState: 'visible' });
	vi.stubGlobal('fetch', (address: string | URL, given?: RequestInit) => {
		const called = /trpc\/(keys\.\w+)/.exec(String(address))?.[1];
		if (called !== undefined) return keys(called);
		if (String(address) !== '/api/session') {
			register.asked++;
			return Promise.reject(new TypeError('Failed to fetch'));
		}
		if (given?.method === 'POST') register.session = register.next;
		const council = { code: 'MIL', name: 'Milltown' };
		const answer =
			register.session === null
				? Response.json({ council }, { status: 401 })
				: Response.json({ officer: register.session, council });
		const waits = given?.method === undefined ? register.slow : null;
		return (waits ?? Promise.resolve()).then(() => answer);
	});
	return register;
}

test('who signs in again after another’s session has ended is carried for again', async () => {
	const register = page();
	const asked = () =>
		vi.waitFor(() => expect(register.asked).toBeGreaterThan(0), { timeout: 4_000, interval: 10 });
	const signedIn = new SignedIn();
	register.session = jo;
	await signedIn.start();
	expect(signedIn.door.stage).toBe('new-pin');
	expect(await signedIn.door.choosePin('garden4821')).toEqual({ is: 'open' });
	await asked();
	const app = signedIn.door.app;

	register.session = sam;
	await signedIn.ask();
	expect(signedIn.word.is).toBe('other');
	register.session = null;
	await signedIn.ask();
	expect(signedIn.word.is).toBe('ended');

	register.asked = 0;
	await signedIn.signIn(jo.email, 'a password');
	expect(signedIn.word.is).toBe('held');
	await asked();
	// the screens at work stay as they are
	expect(signedIn.door.app).toBe(app);
	app?.close();
});

test('an answer that comes after somebody else has signed in does not bring back who was there before', async () => {
	for (const before of [jo, null]) {
		const register = page();
		const signedIn = new SignedIn();
		register.session = before;
		const { promise, resolve } = Promise.withResolvers<void>();
		register.slow = promise;
		const asking = signedIn.ask();
		register.next = sam;
		await signedIn.signIn(sam.email, 'a password');
		resolve();
		await asking;
		expect(signedIn.door).toMatchObject({ stage: 'new-pin', atTheDoor: { id: sam.id } });
		expect(signedIn.word.isOf(sam.id)).toBe(true);
	}
});

test('who lets somebody else work is not asked for a PIN on the way to the list', async () => {
	page().session = kim;
	const signedIn = new SignedIn();
	const { door } = signedIn;
	await signedIn.ask();
	expect(await door.choosePin('garden4821')).toEqual({ is: 'open' });
	const seen = new Set<string>();
	let left = false;
	const leaving = door.chooseAgain().finally(() => (left = true));
	while (!left) {
		seen.add(door.stage);
		await new Promise((resolve) => setImmediate(resolve));
	}
	await leaving;
	expect(door.stage).toBe('choosing');
	expect(door.known.map(({ name }) => name)).toContain('Kim');
	expect([...seen]).not.toContain('locked');
});
