import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { openInstallation } from '#lib/server/installation.ts';
import { PieceSize } from '#lib/sync/piece-size.ts';
import { amount, reported, runSeed } from '../reliability/report.ts';
import { Chance } from '../sync/random.ts';
import { Disk } from './disk.ts';
import { Field } from './field.ts';
import { lostFrom, nothingYet, type Acknowledged } from './proven.ts';
import { bytesIn, ended, fileOf, isAnswer, noStrace, readCalls, watchedInto } from './strace.ts';
import type { Call } from './strace.ts';

/*
 * The real server runs under strace while tablets send commands and photographs, so that every
 * byte it writes, every flush and every answer is known in its order.
 */

const cuts = amount(25, 200);
const rounds = amount(12, 60);

let field: Field;
let calls: Call[];
const heard: Acknowledged = nothingYet();
const before = () => join(field.folder, 'before');
const without = noStrace();

beforeAll(async () => {
	if (without !== null) return;
	const log = (folder: string) => join(folder, 'calls.log');
	field = await Field.with(2, { under: (folder) => watchedInto(log(folder)) });
	cpSync(field.dataDir, before(), { recursive: true });
	await field.server.start();
	const chance = new Chance(runSeed);

	for (let round = 1; round <= rounds; round += 1)
		await Promise.all(field.clients.map((client) => work(client, round, chance)));
	await field.server.stop();
	await ended(log(field.folder));
	calls = readCalls(log(field.folder));
}, 300_000);
afterAll(() => field?.close());

async function work(
	client: Field['clients'][number],
	round: number,
	chance: Chance
): Promise<void> {
	const commands = Array.from({ length: 1 + chance.below(8) }, (_, n) =>
		client.note(`Round ${round}, note ${n}: ${'x'.repeat(chance.below(4_000))}`)
	);
	const taken =
		round % 3 === 0 ? client.photograph(chance.bytes(60_000 + chance.below(140_000))) : null;
	commands.push(...(taken?.commands ?? []));
	for (const [n, answer] of (await client.push(commands)).entries())
		heard.commands.push({ envelope: commands[n] as (typeof commands)[number], answer });
	if (taken === null) return;
	await client.upload(taken.photo, new PieceSize(64 * 1024));
	heard.photos.push(taken.photo);
}

/** Said in the output and in the list of what was not run. */
function needsStrace({ skip }: TestContext): void {
	if (without !== null) {
		console.info(`Not run: ${without}.`);
		skip(without);
	}
}

/** The first call that told a tablet of each acknowledged thing, by the thing's id or hash. */
function told(): Map<string, Call> {
	const things = [
		...heard.commands.map(({ answer }) => answer.receipt),
		...heard.photos.map(({ receipt }) => receipt?.receipt ?? '')
	];
	const found = new Map<string, Call>();
	for (const call of calls.filter(isAnswer)) {
		const said = bytesIn(call).toString('latin1');
		for (const thing of things)
			if (!found.has(thing) && said.includes(thing)) found.set(thing, call);
	}
	expect(
		things.filter((thing) => !found.has(thing)),
		'answers that were seen leaving'
	).toEqual([]);
	return found;
}

const isFlush = ({ name }: Call) => name === 'fsync' || name === 'fdatasync';
const isWrite = ({ name }: Call) => /^(write|pwrite64|writev|pwritev|ftruncate)$/.test(name);
const holds = (call: Call) => /\/register\.sqlite(-wal)?$/.test(fileOf(call));

test('guarantee-08 before every answer what it answers for has been flushed to the disk', async (context) => {
	needsStrace(context);
	const seed = runSeed;
	await reported({ guarantee: 8, name: 'flushes-before-answers', seed }, async (counts) => {
		const answers = new Set(told().values());
		const unflushed: string[] = [];
		for (const answer of answers) {
			const earlier = calls.filter(({ over }) => over < answer.began);
			const lastWrite = earlier.findLast((call) => isWrite(call) && holds(call));
			const flush = earlier.findLast(
				(call) =>
					isFlush(call) &&
					lastWrite !== undefined &&
					fileOf(call) === fileOf(lastWrite) &&
					call.began > lastWrite.over
			);
			if (lastWrite === undefined || flush === undefined)
				unflushed.push(`an answer at call ${answer.began}`);
		}
		counts['answers watched'] = answers.size;
		counts['flushes'] = calls.filter(isFlush).length;
		counts['answers before a flush'] = unflushed.length;
		expect(unflushed).toEqual([]);
		expect(answers.size).toBeGreaterThanOrEqual(rounds);
	});
});

test(
	`guarantee-08 nothing answered is lost at ${cuts} power cuts, seed ${runSeed}`,
	async (context) => {
		needsStrace(context);
		await reported({ guarantee: 8, name: 'power-cuts', seed: runSeed }, (counts) =>
			cutAndLook(counts)
		);
	},
	60_000 + cuts * 20_000
);

async function cutAndLook(counts: Record<string, number>): Promise<void> {
	const disk = new Disk(field.dataDir, before(), calls);
	const answers = told();
	const at = [...new Set([...answers.values()].map(({ began }) => began))];
	const chance = new Chance(runSeed);
	const into = join(field.folder, 'after');
	const lost: string[] = [];
	const epoch = await epochOf(before());
	Object.assign(counts, { cuts: 0, writes: disk.writes, flushes: disk.flushes, lost: 0 });
	counts['acknowledged items looked for'] = 0;
	for (let cut = 1; cut <= cuts; cut += 1) {
		// the hardest moment is the one right after an answer has left
		const moment = chance.happens(0.5) ? (chance.of(at) ?? 0) : chance.below(disk.end);
		const isKnown = (receipt: string) => (answers.get(receipt)?.began ?? Infinity) <= moment;
		const acknowledged = {
			commands: heard.commands.filter(({ answer }) => isKnown(answer.receipt)),
			photos: heard.photos.filter(({ receipt }) => isKnown(receipt?.receipt ?? ''))
		};
		disk.rebuild(into, moment, chance);
		const missing = await lookInto(into, acknowledged, epoch);
		lost.push(...missing.map((one) => `cut ${cut} at call ${moment}: ${one}`));
		counts['cuts'] = cut;
		counts['lost'] = lost.length;
		counts['acknowledged items looked for'] +=
			acknowledged.commands.length + acknowledged.photos.length;
	}
	expect(lost).toEqual([]);
}

const epochOf = async (folder: string): Promise<string> => {
	const copy = join(field.folder, 'first');
	cpSync(folder, copy, { recursive: true });
	const installation = openInstallation(copy);
	try {
		return installation.councils()[0]?.register.epoch ?? '';
	} finally {
		installation.close();
	}
};

/** What is missing from a folder as the power left it, and what is answered otherwise than before. */
async function lookInto(
	folder: string,
	acknowledged: Acknowledged,
	epoch: string
): Promise<string[]> {
	const installation = openInstallation(folder);
	try {
		const [council] = installation.councils();
		if (council === undefined) return ['the council'];
		const { register } = council;
		const missing = lostFrom(council, acknowledged);
		if (register.epoch !== epoch) missing.push('the epoch: the register takes itself for restored');
		for (const commands of byDevice(acknowledged)) {
			const [first] = commands;
			const officer = register.officers().get(first?.envelope.actor ?? '');
			if (first === undefined || officer === undefined) {
				missing.push(`officer ${first?.envelope.actor}`);
				continue;
			}
			const again = register.push(officer, {
				epoch: null,
				device: first.envelope.device,
				commands: commands.map(({ envelope }) => ({ envelope, receipt: null }))
			});
			for (const [n, { envelope, answer }] of commands.entries())
				if (!('answers' in again) || JSON.stringify(again.answers[n]) !== JSON.stringify(answer))
					missing.push(`the answer to ${envelope.id}`);
		}
		return missing;
	} finally {
		installation.close();
	}
}

const byDevice = ({ commands }: Acknowledged): Acknowledged['commands'][] => [
	...Map.groupBy(commands, ({ envelope }) => envelope.device).values()
];
