import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveStatus } from '#lib/domain/case-status.ts';
import { closeInstallation, openInstallation, type Council } from '#lib/server/installation.ts';
import { verifyAudit } from '#lib/server/register/audit.ts';
import { fillCouncil, PastClock } from './make-council.ts';
import { generateTown } from './town.ts';

const now = new Date('2026-03-03T15:00:00Z');
const town = generateTown('demo');
let folder: string;
let installation: ReturnType<typeof openInstallation>;
let council: Council;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bops-demo-'));
	({ installation, council } = await made(folder, 120));
}, 180_000);
afterAll(async () => {
	closeInstallation(installation);
	await rm(folder, { recursive: true });
});

async function made(place: string, cases: number) {
	const clock = new PastClock(now, 'demo');
	const opened = openInstallation(place, { clock: clock.now, newId: clock.newId });
	const filled = opened.addCouncil({ code: 'DEMO', name: 'Demo', host: 'localhost' });
	await fillCouncil(filled, clock, town, {
		...{ cases, seed: 'demo', now, withoutFiles: true },
		progress: () => undefined
	});
	return { installation: opened, council: filled };
}

const files = ({ register } = council) =>
	register.connection.sqlite
		.prepare<[], string>('select id from planning_case')
		.pluck()
		.all()
		.map((id) => council.register.caseFile(id));

describe('a council made for the demo', () => {
	it('has its cases, each at the stage that its own timeline says', () => {
		const all = files();
		expect(all).toHaveLength(120);
		for (const file of all) expect(file.case?.status).toBe(deriveStatus(file.all('event')));
		expect(new Set(all.map((file) => file.case?.status)).size).toBeGreaterThan(6);
	});

	it('is the same council for the same seed, to every id', async () => {
		const records = async (place: string) => {
			const again = await made(join(folder, place), 12);
			const all = files(again.council).map((file) => JSON.stringify(file.all('event')));
			closeInstallation(again.installation);
			return all;
		};
		expect(await records('again')).toEqual(await records('and again'));
	});

	it('lists every case in the order of its dates, under a reference of its own', () => {
		const cases = files().flatMap((file) => (file.case === undefined ? [] : [file.case]));
		const references = new Set(cases.map(({ reference }) => reference));
		expect(references.size).toBe(120);
		const byNumber = cases.toSorted((a, b) =>
			(a.reference ?? '').slice(3, 8).localeCompare((b.reference ?? '').slice(3, 8))
		);
		const days = byNumber.map(({ receivedOn }) => receivedOn);
		expect(days).toEqual(days.toSorted());
		expect(days.at(-1)).toMatch(/^2026-03/);
	});

	it('has four officers of different roles, and work for the case officer', () => {
		const officers = [...council.register.officers().values()];
		expect(officers.map(({ roles }) => roles.join()).sort()).toEqual([
			'administrator',
			'case-officer',
			'reviewer',
			'technician'
		]);
		const own = officers.find(({ roles }) => roles.includes('case-officer'));
		const visits = files().flatMap((file) => file.all('visit'));
		expect(visits.some(({ state }) => state === 'planned')).toBe(true);
		expect(visits.some(({ state }) => state === 'finished')).toBe(true);
		expect(visits.every(({ officerId }) => officerId === own?.id)).toBe(true);
	});

	it('has submissions in intake that wait for a person', () => {
		const states = council.register.connection.sqlite
			.prepare<[], string>('select distinct state from submission_payload')
			.pluck()
			.all();
		expect(states).toContain('repair');
		expect(states).toContain('resubmission');
	});

	it('has an audit chain that verifies', () => {
		expect(verifyAudit(council.register)).toMatchObject({ whole: true });
	});
});
