import { join } from 'node:path';
import type { Server } from '../e2e/support/server.ts';
import { fetchAndPut, openFloor, putPlainly, writeDurably } from './floor-page.ts';
import { FloorServer } from './floor.ts';
import { emptySyncTook, firstSyncTook, sendingTook, syncTook } from './page-marks.ts';
import { photosOfVisit, type Pictures } from './pictures.ts';
import { RegisterClient } from './register-client.ts';
import type { BenchCouncil } from './register.ts';
import { beside, type Measure } from './report.ts';
import { browser, coldStart, opened, recordVisit, signIn } from './tablet.ts';

export interface Bench {
	/** a folder for the profiles of this size */
	folder: string;
	size: number;
	council: BenchCouncil;
	server: Server;
	floor: FloorServer;
	/** cases of Sam to visit */
	toVisit: readonly string[];
	pictures: Pictures;
	say(what: string): void;
	add(measure: Measure): void;
}

/** Short measures are taken so often, and the middle one counts. */
const runs = 3;
/** Polls are counted so long, seconds. */
const pollingFor = 3;
const beginning = { epoch: null, seq: 0, bootstrap: null };
const syncAim = '1.3 or less';

/** Jo's tablet: the syncs, polls, and the cold start. Needs the server, and stops it. */
export async function measureSyncs(bench: Bench): Promise<void> {
	const { council, server, floor, size, folder } = bench;
	const client = new RegisterClient(server.origin);
	await client.signIn('jo');
	const bare = browser('Floor', floor.origin, join(folder, 'floor'));
	const floorPage = await bare.open('about:blank');
	await openFloor(floorPage, floor);
	const least = (bodies: readonly string[]) => fetchAndPut(floorPage, floor.keep(bodies));

	bench.say('first sync');
	const queried: number[] = [];
	const shown: number[] = [];
	const floors: number[] = [];
	const first = await client.pull(beginning);
	let jo = browser('Jo', server.origin, join(folder, 'jo-0'));
	let page = await opened(jo);
	for (let run = 0; run < runs; run += 1) {
		if (run > 0) {
			await jo.close();
			jo = browser('Jo', server.origin, join(folder, `jo-${run}`));
			page = await opened(jo);
		}
		await signIn(page, 'jo');
		const took = await firstSyncTook(page);
		queried.push(took.queried);
		shown.push(took.shown);
		floors.push(await least(first.bodies));
	}
	const syncs = { size, unit: 'ms', aim: syncAim } as const;
	const synced = 'First sync of 200 cases';
	bench.add(beside({ measure: `${synced}, to be queried`, ...syncs }, queried, floors));
	bench.add(beside({ measure: `${synced}, list shown`, ...syncs }, shown, floors));

	bench.say('sync after 20 edits, and with nothing new');
	const edited: { took: number[]; least: number[] } = { took: [], least: [] };
	const nothing: { took: number[]; least: number[] } = { took: [], least: [] };
	let { cursor } = first;
	await page.waitForTimeout(2_000);
	for (let run = 0; run < runs; run += 1) {
		edited.took.push(await syncTook(page, async () => council.edit()));
		const news = await client.pull(cursor);
		cursor = news.cursor;
		edited.least.push(await least(news.bodies));
		nothing.took.push(await emptySyncTook(page));
		nothing.least.push(await least((await client.pull(cursor)).bodies));
	}
	bench.add(beside({ measure: 'Sync after 20 edits', ...syncs }, edited.took, edited.least));
	bench.add(beside({ measure: 'Sync with nothing new', ...syncs }, nothing.took, nothing.least));
	await jo.close();

	bench.say('polls');
	const polls: number[] = [];
	const files: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		polls.push(await client.polls(cursor, pollingFor));
		files.push(await client.files('/_app/version.json', pollingFor));
	}
	const perSecond = { size, unit: 'per second', aim: '0.5 or more' } as const;
	bench.add(beside({ measure: 'Polls with nothing new', ...perSecond }, polls, files));
	client.close();
	await bare.close();
	await server.stop();

	bench.say('cold start without a server');
	const starts: number[] = [];
	const empty: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		starts.push(await coldStart(jo, 'list'));
		empty.push(await coldStart(jo, 'picture'));
	}
	bench.add(beside({ measure: 'Cold start offline to the list', ...syncs }, starts, empty));
}

/** Sam's tablet: visits recorded without a server, then sent. Needs the server stopped. */
export async function measureVisits(bench: Bench): Promise<void> {
	const { server, floor, size, folder, toVisit, pictures } = bench;
	const visits = toVisit.length;
	await server.start();
	const sam = browser('Sam', server.origin, join(folder, 'sam'));
	const page = await opened(sam);
	await signIn(page, 'sam');
	await page.locator('.bops-row').first().waitFor();
	await page.waitForTimeout(2_000);
	await server.stop();

	const bare = browser('Floor', floor.origin, join(folder, 'floor'));
	const floorPage = await bare.open('about:blank');
	await openFloor(floorPage, floor);
	const recording: number[] = [];
	const writing: number[] = [];
	for (const [nth, caseId] of toVisit.entries()) {
		bench.say(`recording visit ${nth + 1} of ${visits}`);
		recording.push(await recordVisit(page, caseId, pictures.ofVisit()));
		writing.push(await writeDurably(floorPage, photosOfVisit));
	}
	const photos = `${photosOfVisit} photographs`;
	const recorded = { measure: `Recording a visit of ${photos}`, size, unit: 'ms' } as const;
	bench.add(beside({ ...recorded, aim: '2 or less' }, recording, writing));

	await server.start();
	bench.say(`sending ${visits} visits`);
	const sending = await sendingTook(page);
	floorPage.setDefaultTimeout(0);
	const putting = await putPlainly(floorPage, visits * photosOfVisit);
	const sent = { measure: `Sending ${visits} visits of ${photos}`, size, unit: 'ms' } as const;
	bench.add(beside({ ...sent, aim: '1.2 or less' }, [sending], [putting]));
	await bare.close();
	await sam.close();
	await server.stop();
}
