import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Officer } from '#lib/domain/officer.ts';
import { Sessions } from '#lib/server/identity/sessions.ts';
import { openInstallation, type Council } from '#lib/server/installation.ts';
import { caseOf } from '#lib/server/register/fixtures.ts';
import { freePort, Server } from '../e2e/support/server.ts';
import { FieldClient, type Enrolled } from './field-client.ts';

/** A council with officers in the field, and its real server in a process of its own. */
export class Field {
	readonly folder: string;
	readonly dataDir: string;
	readonly server: Server;
	readonly clients: FieldClient[];

	private constructor(folder: string, server: Server, clients: FieldClient[]) {
		this.folder = folder;
		this.dataDir = server.dataDir;
		this.server = server;
		this.clients = clients;
	}

	/** Makes the council; its server has not been started. Each officer has one case and is signed in. */
	static async with(
		officers: number,
		options: { under?: (folder: string) => readonly string[] } = {}
	): Promise<Field> {
		if (!existsSync('build/handler.js'))
			throw new Error('These tests run the built application. Build it with "npm run build".');
		const folder = mkdtempSync(join(tmpdir(), 'bops-faults-'));
		const dataDir = join(folder, 'data');
		const enrolled = makeCouncil(dataDir, officers);
		const server = new Server(dataDir, await freePort(), {
			under: options.under?.(folder) ?? []
		});
		const clients = enrolled.map((one) => new FieldClient(one, server.port));
		return new Field(folder, server, clients);
	}

	/** Looks into the register itself, while no server runs on it. */
	async inRegister<T>(look: (council: Council) => T | Promise<T>): Promise<T> {
		const installation = openInstallation(this.dataDir);
		try {
			const [council] = installation.councils();
			if (council === undefined) throw new Error('There is no council.');
			return await look(council);
		} finally {
			installation.close();
		}
	}

	async close(): Promise<void> {
		for (const client of this.clients) client.close();
		await this.server.kill();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

function makeCouncil(dataDir: string, officers: number): Enrolled[] {
	const installation = openInstallation(dataDir);
	try {
		const { register } = installation.addCouncil({
			code: 'LBH',
			name: 'Lambeth',
			host: 'localhost'
		});
		const now = new Date();
		return Array.from({ length: officers }, (_, n) => {
			const officer: Officer = {
				id: v7(),
				name: `Officer ${n + 1}`,
				initials: 'FC',
				email: `officer-${n + 1}@lambeth.example`,
				roles: ['case-officer'],
				active: true
			};
			register.putOfficer(officer);
			const { token } = new Sessions(register).start(officer.id, 'password', now);
			return { officerId: officer.id, caseId: caseOf(register, officer), token };
		});
	} finally {
		installation.close();
	}
}
