import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
	packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

// `npm install` leaves out platform packages that it cannot find, and `npm ci` then refuses the
// lockfile it was given: the trouble shows only on the next machine
test('the lockfile holds every optional package that it names', () => {
	const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Locked;
	const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
		Object.keys(optionalDependencies)
			.filter((name) => packages[`${path}/node_modules/${name}`] === undefined)
			.filter((name) => packages[`node_modules/${name}`] === undefined)
			.map((name) => `${path} → ${name}`)
	);
	expect(missing).toEqual([]);
});
