import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestEvent } from '@sveltejs/kit';
import type { Officer, Role } from '#lib/domain/officer.ts';
import { roles } from '#lib/domain/officer.ts';
import { sessionCookie } from '#lib/server/identity/cookie.ts';
import { addOfficer } from '#lib/server/identity/officers.ts';
import { signInVerified } from '#lib/server/identity/sign-in.ts';
import { openInstallation, type Council } from '#lib/server/installation.ts';

/** For tests of the server's edge: two councils with an officer of every role, and requests to them. */

export const southwark = 'planning.southwark.example';
export const camden = 'planning.camden.example';

/** Makes the data folder and says so to the environment; call it before anything imports the hooks. */
export async function twoCouncils(): Promise<void> {
	const dataDir = mkdtempSync(join(tmpdir(), 'bops-edge-'));
	process.env['DATA_DIR'] = dataDir;
	process.env['LOG_LEVEL'] = 'silent';
	process.env['PASSWORD_SIGN_IN'] = '1';
	const installation = openInstallation(dataDir);
	for (const [code, name, host] of [
		['SWK', 'Southwark', southwark],
		['CMD', 'Camden', camden]
	] as const) {
		const { register } = installation.addCouncil({ code, name, host });
		for (const role of roles) {
			const added = await addOfficer(
				register,
				{ name: role, initials: 'XX', email: emailOf(role), roles: [role], password: null },
				'system',
				new Date()
			);
			if ('notDone' in added) throw new Error(added.notDone);
		}
	}
	installation.close();
}

export function removeCouncils(): void {
	rmSync(process.env['DATA_DIR'] ?? '', { recursive: true, force: true });
}

export const emailOf = (role: Role): string => `${role}@council.example`;

/** The officer of a role and a token for the cookie of their browser. */
export function signedIn({ register }: Council, role: Role): { officer: Officer; token: string } {
	const result = signInVerified(
		register,
		{ email: emailOf(role), method: 'single-sign-on' },
		new Date()
	);
	if ('refused' in result) throw new Error(result.sentence);
	return result;
}

export interface Asked {
	method?: string;
	headers?: Record<string, string>;
	body?: string;
	/** session token in the cookie */
	token?: string;
	route?: string;
	params?: Record<string, string>;
}

/** A request as SvelteKit hands it to the hooks. */
export function eventFor(url: string, asked: Asked = {}): RequestEvent {
	const { method = 'GET', headers = {}, body, token, route = null, params = {} } = asked;
	const request = new Request(url, {
		method,
		headers: { host: new URL(url).host, ...headers },
		...(body === undefined ? {} : { body })
	});
	const set = new Map<string, { value: string; options: unknown }>();
	const event = {
		request,
		url: new URL(url),
		locals: {},
		params,
		route: { id: route },
		getClientAddress: () => '203.0.113.9',
		cookies: {
			get: (name: string) => (name === sessionCookie ? token : undefined),
			set: (name: string, value: string, options: unknown) => set.set(name, { value, options }),
			delete: (name: string, options: unknown) => set.set(name, { value: '', options })
		},
		cookiesSet: set
	};
	return event as unknown as RequestEvent;
}
