/**
 * `npm run soak -- --minutes 30 [--tablets 20] [--seed 1]`: tablets at work through a bad network
 * for as long as asked. At the end nothing that was answered is missing, and the server holds no
 * more memory and no more open files than when it had warmed up.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { report } from '../reliability/report.ts';
import { Chance } from '../sync/random.ts';
import { AtWork } from './at-work.ts';
import { Field } from './field.ts';
import { lostFrom, notOnce, type Acknowledged } from './proven.ts';
import { FaultProxy, type Fault } from './proxy.ts';

const { values: asked } = parseArgs({
	options: {
		minutes: { type: 'string', default: '30' },
		tablets: { type: 'string', default: '20' },
		seed: { type: 'string', default: '1' }
	}
});
const [minutes, tablets, seed] = [asked.minutes, asked.tablets, asked.seed].map(Number) as [
	number,
	number,
	number
];
if (![minutes, tablets, seed].every((n) => Number.isFinite(n) && n > 0)) {
	console.error('--minutes, --tablets and --seed take numbers above 0.');
	process.exit(2);
}

/** How much more memory the server may hold at the end than when it had warmed up. */
const growth = { factor: 1.5, megabytes: 64 };

const chance = new Chance(seed);
const weights = {
	none: 8,
	'cut up': 2,
	'cut down': 2,
	'half-open': 1,
	delay: 1,
	slow: 1,
	duplicate: 1,
	portal: 1
};

function someFault(): Fault {
	const bytes = chance.below(200_000);
	switch (chance.weighted(weights)) {
		case 'cut up':
			return { kind: 'cut', direction: 'up', bytes };
		case 'cut down':
			return { kind: 'cut', direction: 'down', bytes: chance.below(3_000) };
		case 'half-open':
			return { kind: 'half-open', direction: chance.happens(0.5) ? 'up' : 'down', bytes };
		case 'delay':
			return { kind: 'delay', milliseconds: chance.below(2_000) };
		case 'slow':
			return { kind: 'slow', bytesPerSecond: 20_000 + chance.below(200_000) };
		case 'duplicate':
			return { kind: 'duplicate' };
		case 'portal':
			return { kind: 'portal' };
		case 'none':
			return { kind: 'none' };
	}
}

/** What a process holds now (Linux). */
function held(pid: number): { megabytes: number; files: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return {
		megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
		files: readdirSync(`/proc/${pid}/fd`).length
	};
}

const median = (numbers: number[]): number =>
	numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const field = await Field.with(tablets);
let passed = false;
const counts: Record<string, number> = {};
try {
	passed = await soak();
} finally {
	report({ guarantee: 8, name: 'soak', seed, counts, passed });
	await field.close();
}
process.exitCode = passed ? 0 : 1;

async function soak(): Promise<boolean> {
	await field.server.start();
	const proxy = await FaultProxy.before(field.server.port);
	const atWork = field.clients.map((client, n) => new AtWork(client, new Chance(seed * 100 + n)));
	for (const client of field.clients) client.reconnect(proxy.port);
	proxy.does(someFault);
	// an idle server, before anybody has come
	const idle = held(field.server.pid);

	const ends = performance.now() + minutes * 60_000;
	const samples: number[] = [];
	// a dead line is given up, as a tablet does after a while without a word
	const givingUp = setInterval(() => proxy.dropAll(), 5_000);
	const looking = setInterval(() => {
		samples.push(held(field.server.pid).megabytes);
		if (samples.length % 60 === 0) say(atWork, samples);
	}, 1_000);
	await Promise.all(
		atWork.map(async (one, n) => {
			while (performance.now() < ends) {
				await one.untilCut(() => performance.now() >= ends);
				field.clients[n]?.reconnect();
			}
		})
	);
	clearInterval(looking);
	clearInterval(givingUp);

	proxy.does({ kind: 'none' });
	proxy.dropAll();
	for (const client of field.clients) client.reconnect(field.server.port);
	for (const one of atWork) await one.rest();
	for (const client of field.clients) client.close();
	await proxy.close();
	const after = await whenQuiet(field.server.pid, idle.files);
	await field.server.stop();

	const heard: Acknowledged = {
		commands: atWork.flatMap((one) => one.heard.commands),
		photos: atWork.flatMap((one) => one.heard.photos)
	};
	const lost = await field.inRegister((council) => [
		...lostFrom(council, heard),
		...notOnce(council, heard)
	]);
	// the first tenth is for warming up
	const warm = samples.slice(Math.ceil(samples.length / 10));
	const [early, late] = [
		median(warm.slice(0, Math.ceil(warm.length / 4))),
		median(warm.slice(-Math.ceil(warm.length / 4)))
	];
	Object.assign(counts, {
		minutes,
		tablets,
		connections: proxy.connections,
		'commands acknowledged': heard.commands.length,
		'photographs acknowledged': heard.photos.length,
		'requests cut': atWork.reduce((sum, { cut }) => sum + cut, 0),
		lost: lost.length,
		'MB of memory early': Math.round(early),
		'MB of memory late': Math.round(late),
		'open files at most, idle before': idle.files,
		'open files at most, idle after': after.files
	});
	const grew = late > early * growth.factor + growth.megabytes;
	const leaked = after.files > idle.files + 5;
	for (const one of lost) console.error(`lost: ${one}`);
	if (grew) console.error(`Memory grew from ${early} to ${late} MB.`);
	if (leaked) console.error(`Open files grew from ${idle.files} to ${after.files}.`);
	return lost.length === 0 && !grew && !leaked && heard.commands.length > 0;
}

function say(atWork: readonly AtWork[], samples: readonly number[]): void {
	const commands = atWork.reduce((sum, { heard }) => sum + heard.commands.length, 0);
	console.log(
		`${Math.round(samples.length / 60)} min: ${commands} commands, ${Math.round(samples.at(-1) ?? 0)} MB`
	);
}

/** A server whose clients have all gone lets go of their connections when it notices. */
async function whenQuiet(pid: number, files: number): Promise<ReturnType<typeof held>> {
	for (let tries = 0; tries < 90 && held(pid).files > files; tries += 1) await wait(1_000);
	return held(pid);
}
