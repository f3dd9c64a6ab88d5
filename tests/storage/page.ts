import type { Officer } from '#lib/domain/officer.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';
import { captureBytes, sha256Of } from '#lib/local/captures.ts';
import { openDevice, type Device } from '#lib/local/device.ts';
import { draft, keepDraft } from '#lib/local/drafts.ts';
import { perform } from '#lib/local/perform.ts';
import { recordName } from '#lib/local/shown-case.ts';
import type { Check, Report } from './report.ts';

/*
 * Runs in the browser that is looked at, on a page of the application's own origin, with the
 * application's own storage code. First it saves; then the browser is killed from outside, and
 * after a new start it looks for what it had said was saved.
 */

const jo: Officer = {
	id: '00000000-0000-7000-8001-000000000001',
	name: 'Jo Banerjee',
	initials: 'JB',
	email: 'jb@council.example',
	roles: ['case-officer'],
	active: true
};
const caseId = '00000000-0000-7000-8002-000000000001';
const ids = {
	note: '00000000-0000-7000-8009-000000000001',
	visit: '00000000-0000-7000-8009-000000000002',
	photo: '00000000-0000-7000-8009-000000000003',
	half: '00000000-0000-7000-8009-000000000004'
};
const aCase: PlanningCase = {
	id: caseId,
	caseId,
	reference: '26-00001-HAPP',
	provisionalLabel: null,
	previousReferences: [],
	applicationType: 'pp.full.householder',
	status: 'received',
	description: 'Extension',
	address: '1 Mill Lane',
	uprn: null,
	postcode: 'SE1 1AA',
	town: 'London',
	ward: null,
	point: null,
	boundary: null,
	statedArea: null,
	receivedOn: '2026-03-03',
	source: 'paper',
	assignedTo: jo.id,
	gaps: [],
	accessNote: '',
	createdAt: '2026-03-03T09:00:00.000Z',
	writers: {}
};
const text = 'Crack above the lintel, 4 mm.';
const pixels = 10 * 1024 * 1024;

/** Ten megabytes that can be made again after the browser has died. */
function photograph(): ArrayBuffer {
	const words = new Uint32Array(pixels / 4);
	let state = 17;
	for (let n = 0; n < words.length; n += 1)
		words[n] = state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
	return words.buffer;
}

const checks: Check[] = [];

async function check(
	name: string,
	guarantee: number | null,
	holds: () => Promise<boolean>
): Promise<void> {
	try {
		checks.push({ name, guarantee, passed: await holds(), detail: '' });
	} catch (error) {
		const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
		checks.push({ name, guarantee, passed: false, detail });
	}
}

async function withCase(): Promise<Device> {
	const device = await openDevice({ officer: jo });
	const key = `case:${caseId}`;
	const body = await device.codec.seal(aCase, recordName(key));
	await device.db.records.put({ key, kind: 'case', caseId, seq: 1, epoch: 'e', body });
	await device.db.held.put({ caseId, round: 'r', leaving: 0 });
	return device;
}

async function takePhoto(device: Device, id: string): Promise<unknown> {
	const bytes = photograph();
	const sha256 = await sha256Of(bytes);
	return perform(
		device,
		'take-photo',
		caseId,
		{
			...{ id, visitId: ids.visit, number: `JB-${id.slice(-1)}`, caption: '', sha256 },
			...{ mime: 'image/jpeg', size: pixels, width: 400, height: 300 },
			...{ position: null, heading: null, origin: 'camera', method: 'takePhoto' },
			thumbnailSha256: null
		},
		[{ sha256, of: 'original', id, mime: 'image/jpeg', bytes }]
	);
}

const applied = (done: unknown): boolean => (done as { outcome?: string }).outcome === 'applied';

/** A store beside ours for the one thing ours does not keep yet. */
function beside<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) {
	return new Promise<T>((resolve, reject) => {
		const opening = indexedDB.open('storage-suite', 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
		opening.onsuccess = () => {
			const transaction = opening.result.transaction('kept', mode);
			const asked = act(transaction.objectStore('kept'));
			transaction.oncomplete = () => {
				resolve(asked.result);
				opening.result.close();
			};
			transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
		};
	});
}

interface Sealed {
	key: CryptoKey;
	iv: Uint8Array<ArrayBuffer>;
	sealed: ArrayBuffer;
}

async function save(): Promise<void> {
	const device = await withCase();
	await check('a note is saved', 1, async () =>
		applied(await perform(device, 'write-note', caseId, { id: ids.note, visitId: null, text }))
	);
	await check('a photograph of 10 MB is saved with its words', 1, async () => {
		const visit = { plannedFor: '2026-03-04', plannedTime: '', purpose: '', access: '' };
		const planned = await perform(device, 'plan-visit', caseId, { id: ids.visit, ...visit });
		return applied(planned) && applied(await takePhoto(device, ids.photo));
	});
	await check('words and bytes that do not fit together are not saved at all', 1, async () => {
		const before = await device.db.outbox.count();
		const again = await takePhoto(device, ids.photo).then(
			() => 'saved',
			() => 'refused'
		);
		// the bytes are there already: their row refuses, and takes its words with it
		return again === 'refused' && (await device.db.outbox.count()) === before;
	});
	await check('half a sentence is kept while it is typed', 1, async () => {
		await keepDraft(device, 'half', 'Half a sentence about the', caseId);
		return (await draft(device, 'half')) === 'Half a sentence about the';
	});
	await check('two windows number what they save without gaps', 6, async () => {
		const other = await openDevice({ officer: jo });
		const notes = (window: Device, first: number) =>
			Array.from({ length: 20 }, (_, n) =>
				perform(window, 'write-note', caseId, {
					id: `00000000-0000-7000-8010-${String(first + n).padStart(12, '0')}`,
					visitId: null,
					text: `Note ${first + n}`
				})
			);
		await Promise.all([...notes(device, 100), ...notes(other, 200)]);
		const numbers = (await device.db.outbox.toArray()).map(({ deviceSeq }) => deviceSeq);
		other.close();
		return new Set(numbers).size === numbers.length && Math.max(...numbers) === numbers.length;
	});
	await check('one window at a time has the lock, and the next gets it', 6, async () => {
		const held: string[] = [];
		await navigator.locks.request('suite', async () => {
			held.push('first');
			await navigator.locks.request('suite', { ifAvailable: true }, async (lock) => {
				held.push(lock === null ? 'refused' : 'given twice');
			});
		});
		await navigator.locks.request('suite', async () => void held.push('second'));
		return held.join() === 'first,refused,second';
	});
	await check('a key that nobody can take out seals, and is kept', null, async () => {
		const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
			'encrypt',
			'decrypt'
		]);
		const iv = crypto.getRandomValues(new Uint8Array(12));
		const words = new TextEncoder().encode(text);
		const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, words);
		const kept: Sealed = { key, iv, sealed };
		await beside('readwrite', (store) => store.put(kept, 'sealed'));
		return crypto.subtle.exportKey('raw', key).then(
			() => false,
			() => true
		);
	});
}

async function look(): Promise<void> {
	const device = await openDevice({ officer: jo });
	const { db } = device;
	await check('after the browser was killed the note is there', 1, async () =>
		(await db.outbox.toArray()).some((row) => JSON.stringify(row.body).includes(text))
	);
	await check(
		'after the browser was killed the photograph is there, byte for byte',
		1,
		async () => {
			const bytes = await captureBytes(device, `original:${ids.photo}`);
			const row = await db.uploads.get(`original:${ids.photo}`);
			if (bytes === undefined || row === undefined) return false;
			return (
				(await sha256Of(bytes)) === (await sha256Of(photograph())) &&
				(await db.outbox.get(row.commandId)) !== undefined
			);
		}
	);
	await check('after the browser was killed the half sentence is there', 1, async () =>
		((await draft(device, 'half')) ?? '').toString().startsWith('Half a sentence')
	);
	await check('after the browser was killed the key opens what it had sealed', null, async () => {
		const { key, iv, sealed } = await beside(
			'readonly',
			(store) => store.get('sealed') as IDBRequest<Sealed>
		);
		const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed);
		return new TextDecoder().decode(opened) === text;
	});
	await check('the application is kept for use without a signal', null, async () => {
		const registration = await navigator.serviceWorker.register('/service-worker.js');
		await navigator.serviceWorker.ready;
		return registration.active !== null;
	});
	await fetch('/api/suite/gone', { method: 'POST' });
	await check('with the server gone the application starts', null, appStarts);
}

/** The server answers nothing but this suite by now: what starts comes from the browser alone. */
async function appStarts(): Promise<boolean> {
	const frame = document.createElement('iframe');
	frame.src = '/my-work';
	document.body.append(frame);
	const ends = performance.now() + 30_000;
	while (performance.now() < ends) {
		const heading = frame.contentDocument?.querySelector('h1')?.textContent?.trim() ?? '';
		if (heading !== '') return true;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`Nothing was shown: ${frame.contentDocument?.title ?? 'no document'}`);
}

const phases = { save, look };
const phase = new URL(location.href).searchParams.get('phase') as Report['phase'];
await phases[phase]().catch((error: unknown) => {
	checks.push({ name: phase, guarantee: null, passed: false, detail: String(error) });
});
const said: Report = { phase, agent: navigator.userAgent, checks };
await fetch('/api/suite/report', { method: 'POST', body: JSON.stringify(said) });
