import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { amount, reported, runSeed } from '../reliability/report.ts';
import { Chance } from '../sync/random.ts';
import { AtWork } from './at-work.ts';
import { Field } from './field.ts';
import { notOnce, lostFrom, type Acknowledged } from './proven.ts';

/*
 * RELIABILITY=full RELIABILITY_SEED=7 npx vitest run --project=faults tests/faults/kills.test.ts
 */

const kills = amount(12, 150);
const tablets = 4;

test(
	`guarantee-08 nothing answered is lost when the server is killed ${kills} times, seed ${runSeed}`,
	async () => {
		const field = await Field.with(tablets);
		try {
			await reported({ guarantee: 8, name: 'server-kills', seed: runSeed }, (counts) =>
				killAndLook(field, counts)
			);
		} finally {
			await field.close();
		}
	},
	60_000 + kills * 20_000
);

async function killAndLook(field: Field, counts: Record<string, number>): Promise<void> {
	const chance = new Chance(runSeed);
	const atWork = field.clients.map(
		(client, n) => new AtWork(client, new Chance(runSeed * 100 + n))
	);
	const all = (): Acknowledged => ({
		commands: atWork.flatMap(({ heard }) => heard.commands),
		photos: atWork.flatMap(({ heard }) => heard.photos)
	});
	const lost: string[] = [];
	const differing: string[] = [];
	try {
		await field.server.start();
		for (let kill = 1; kill <= kills; kill += 1) {
			const from = atWork.map(({ heard: { commands, photos } }) => ({
				commands: commands.length,
				photos: photos.length
			}));
			const working = Promise.all(atWork.map((one) => one.untilCut()));
			await wait(chance.below(700));
			await field.server.kill();
			await working;
			// what is on the disk now, before another server has touched it
			if (kill % 5 === 0) lost.push(...(await field.inRegister((one) => lostFrom(one, all()))));
			await startAgain(field, chance, counts);
			for (const [n, one] of atWork.entries())
				differing.push(...(await one.differing(from[n] as (typeof from)[number])));
			counts['kills'] = kill + (counts['kills while starting'] ?? 0);
		}
		for (const one of atWork) {
			await one.rest();
			differing.push(...(await one.differing({ commands: 0, photos: 0 })));
		}
		await field.server.kill();
		await field.inRegister((council) => {
			lost.push(...lostFrom(council, all()));
			expect(notOnce(council, all())).toEqual([]);
		});
	} finally {
		counts['commands acknowledged'] = all().commands.length;
		counts['photographs acknowledged'] = all().photos.length;
		counts['requests cut'] = atWork.reduce((sum, { cut }) => sum + cut, 0);
		counts['photographs begun again'] = atWork.reduce((sum, one) => sum + one.begunAgain, 0);
		counts['lost'] = lost.length;
		counts['answers that differed'] = differing.length;
	}
	expect(lost).toEqual([]);
	expect(differing).toEqual([]);
	expect(counts['photographs begun again'], 'a kill costs a photograph one piece at most').toBe(0);
	expect(all().commands.length).toBeGreaterThan(kills);
}

/** Now and then it is killed while it starts, too. */
async function startAgain(
	field: Field,
	chance: Chance,
	counts: Record<string, number>
): Promise<void> {
	if (chance.happens(0.2)) {
		const starting = field.server.start().catch(() => undefined);
		await wait(chance.below(1_500));
		await field.server.kill();
		await starting;
		counts['kills while starting'] = (counts['kills while starting'] ?? 0) + 1;
	}
	await field.server.start();
}
