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
let folder: string;
let installation: ReturnType<typeof openInstallation>;
let council: Council;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bops-demo-'));
	const clock = new PastClock(now);
	installation = openInstallation(folder, { clock: clock.now });
	council = installation.addCouncil({ code: 'DEMO', name: 'Demo', host: 'localhost' });
	await fillCouncil(council, clock, generateTown('demo'), {
		...{ cases: 120, seed: 'demo', now, withoutFiles: true },
		progress: () => undefined
	});
}, 180_000);
afterAll(async () => {
	closeInstallation(installation);
	await rm(folder, { recursive: true });
});

const files = () =>
	council.register.connection.sqlite
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
