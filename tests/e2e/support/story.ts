import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { makeCouncil, type FiledCase, type Who } from './council.ts';
import { Person, type Kit } from './person.ts';
import { freePort, Server } from './server.ts';
import { Watch } from './watch.ts';

export interface Story {
	/** a folder of this test's own: registers, profiles */
	folder: string;
	server: Server;
	watch: Watch;
	/** cases of the council, made before the server starts */
	cases: FiledCase[];
	/** somebody with a browser; opened by the test, closed at its end */
	person(name: string, kit: Kit): Person;
}

interface Options {
	/** how many invented cases the council has, and how many of them are whose */
	council: { cases: number; assigned?: { who: Who; first: number } } | null;
}

/**
 * `test` with a council of its own on a real server. Nothing is shared between tests but the
 * build. At the end nobody may have seen an error in the console or broken the content policy.
 */
export const test = base.extend<{ story: Story } & Options>({
	council: [{ cases: 3, assigned: { who: 'jo', first: 3 } }, { option: true }],
	story: async ({ council }, use, info) => {
		const folder = mkdtempSync(join(tmpdir(), 'bops-e2e-'));
		const dataDir = join(folder, 'data');
		const watch = new Watch();
		const people: Person[] = [];
		const server = new Server(dataDir, await freePort());
		const cases = council === null ? [] : (await makeCouncil(dataDir, council)).cases;
		if (council !== null) await server.start();
		try {
			await use({
				folder,
				server,
				watch,
				cases,
				person(name, kit) {
					const profile = join(folder, `browser-${people.length}`);
					const person = new Person(name, server.origin, profile, kit, watch);
					people.push(person);
					return person;
				}
			});
			expect(watch.troubles, 'errors in a console, or a broken content policy').toEqual([]);
		} finally {
			for (const person of people) {
				if (info.status !== info.expectedStatus) await person.keepPicture(info);
				await person.close();
			}
			await server.kill();
			if (info.status !== info.expectedStatus)
				await info.attach('server', { body: server.output, contentType: 'text/plain' });
			rmSync(folder, { recursive: true, force: true });
		}
	}
});

export { expect };
