import { parentPort } from 'node:worker_threads';
import { dayOf } from './days.ts';
import { quickenDisk } from './quick-disk.ts';
import type { SeedAsked, SeedRan } from './seeds.ts';
import { Simulation } from './simulation.ts';

/** Runs one seed after another as they are asked for. */
const port = parentPort;
if (port === null) throw new Error('this runs as a worker of seeds.ts');

quickenDisk();

port.on('message', ({ seed, steps }: SeedAsked) => {
	void run(seed, steps).then((ran) => port.postMessage(ran));
});

async function run(seed: number, steps: number): Promise<SeedRan> {
	const day = await dayOf(seed, steps);
	const store = day.store ?? 'memory';
	try {
		return {
			seed,
			store,
			ran: await new Simulation(day).run(),
			failed: null
		};
	} catch (error) {
		return {
			seed,
			store,
			ran: null,
			failed: error instanceof Error ? error.message : String(error)
		};
	}
}
