import { expect, test } from 'vitest';
import type { Council } from '#lib/server/installation.ts';
import { Register } from '#lib/server/register/register.ts';
import { health } from './health.ts';

const council = (name: string): Council => ({
	code: 'SWK',
	name,
	host: 'x',
	folder: '',
	register: Register.open(':memory:')
});
const ignore = () => undefined;
const now = new Date('2026-03-02T09:00:00.000Z');

test('all is well when every register takes a write', async () => {
	expect((await health([council('Southwark')], '.', now, ignore)).status).not.toBe('down');
});

test('one broken register among several degrades the service, and is named', async () => {
	const broken = council('Camden');
	broken.register.connection.sqlite.pragma('query_only = ON');
	const told: unknown[] = [];
	const answer = await health([council('Southwark'), broken], '.', now, (_, error) => {
		told.push(error);
	});
	expect(answer.status).toBe('degraded');
	expect(answer.degraded).toContain(
		'The register of Camden cannot take commands: its file may not be written to. Tablets keep what they have and try again.'
	);
	expect(JSON.stringify(answer)).not.toContain('SQLITE');
	expect(String(told[0])).toContain('readonly');
});

test('the service is down when no register takes commands', async () => {
	const broken = council('Camden');
	broken.register.connection.sqlite.pragma('query_only = ON');
	expect((await health([broken], '.', now, ignore)).status).toBe('down');
});
