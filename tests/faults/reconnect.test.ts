import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Answer } from '#lib/commands/envelope.ts';
import { amount, reported } from '../reliability/report.ts';
import { Cut, type FieldClient } from './field-client.ts';
import { Field } from './field.ts';
import { notOnce, lostFrom, nothingYet, type Acknowledged } from './proven.ts';

const devices = amount(40, 300);
/** of each device: a visit, a photograph and notes */
const items = 20;
const photographBytes = 100_000;

test(
	`guarantee-08 ${devices} tablets that come back at the same moment with ${items} items each are all taken in`,
	async () => {
		const field = await Field.with(devices);
		try {
			await reported({ guarantee: 8, name: 'tablets-that-come-back', seed: null }, (counts) =>
				allAtOnce(field, counts)
			);
		} finally {
			await field.close();
		}
	},
	120_000 + devices * 2_000
);

async function allAtOnce(field: Field, counts: Record<string, number>): Promise<void> {
	await field.server.start();
	const heard = nothingYet();
	const errors: string[] = [];
	const exchanges: number[] = [];
	const began = performance.now();
	await Promise.all(
		field.clients.map((client) =>
			comeBack(client, heard, exchanges).catch((error: unknown) => {
				errors.push(error instanceof Error ? error.message : String(error));
			})
		)
	);
	const seconds = (performance.now() - began) / 1000;
	Object.assign(counts, {
		tablets: devices,
		'items committed': heard.commands.length,
		'photographs received': heard.photos.length,
		errors: errors.length,
		'whole seconds until all were in': Math.ceil(seconds),
		'milliseconds of an exchange at most': Math.ceil(Math.max(...exchanges)),
		'MB of memory of the server': megabytes(field.server.pid)
	});
	await field.server.kill();
	await field.inRegister((council) => {
		const lost = lostFrom(council, heard);
		counts['lost'] = lost.length;
		expect(lost).toEqual([]);
		expect(notOnce(council, heard)).toEqual([]);
	});
	expect(errors).toEqual([]);
	expect(heard.commands).toHaveLength(devices * items);
	expect(heard.photos).toHaveLength(devices);
}

/** What a tablet does when it finds its network again: sends its words, its bytes, and asks for news. */
async function comeBack(
	client: FieldClient,
	heard: Acknowledged,
	exchanges: number[]
): Promise<void> {
	const { commands, photo } = client.photograph(randomBytes(photographBytes));
	while (commands.length < items) commands.push(client.note(`Note ${commands.length}`));
	const timed = async <T>(exchange: () => Promise<T>): Promise<T> => {
		const began = performance.now();
		const answer = await exchange();
		exchanges.push(performance.now() - began);
		return answer;
	};
	const answers = await timed(() => client.push(commands));
	for (const [n, envelope] of commands.entries())
		heard.commands.push({ envelope, answer: answers[n] as Answer });
	await timed(() => client.upload(photo));
	if (photo.receipt === null) throw new Cut('no receipt');
	heard.photos.push(photo);
	await timed(() => client.pull());
}

/** The most memory a process has had so far (Linux). */
function megabytes(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
