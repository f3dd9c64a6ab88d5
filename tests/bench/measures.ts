import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { fetchAndPut, openFloor, putPlainly, stretchPin, writeDurably } from './floor-page.ts';
import { emptySyncTook, firstSyncTook, sendingTook, syncTook } from './page-marks.ts';
import { photosOfVisit } from './pictures.ts';
import { RegisterClient } from './register-client.ts';
import { beside } from './report.ts';
import {
	browser,
	coldPicture,
	coldStart,
	opened,
	recordVisit,
	signIn,
	type Start
} from './tablet.ts';

/** Short measures are taken so often, and the middle one counts. */
const runs = 3;
/** Polls are counted so long, seconds. */
const pollingFor = 3;
const beginning = { epoch: null, seq: 0, bootstrap: null };
const syncAim = '1.3 or less';

/** Jo's tablet: the syncs and the polls. Leaves a tablet with all of it for the cold start. */
export async function measureSyncs(bench: Bench): Promise<void> {
	const { council, server, floor, size, folder } = bench;
	await server.start();
	const client = new RegisterClient(server.origin);
	await client.signIn('jo');
	const bare = browser('Floor', floor.origin, join(folder, 'floor'));
	const floorPage = await bare.open('about:blank');
	await openFloor(floorPage, floor);
	const floors = (): Floors => ({ floor: [], sealed: [] });
	const least = async (into: Floors, bodies: readonly string[]) => {
		const paths = floor.keep(bodies);
		// by turns, so that neither has the better moment
		for (let turn = 0; turn < runs; turn += 1) {
			into.floor.push(await fetchAndPut(floorPage, paths, false));
			into.sealed.push(await fetchAndPut(floorPage, paths, true));
		}
	};

	bench.say('first sync');
	const first = await client.pull(beginning);
	// what is compiled and connected at the first time is not the floor
	await least(floors(), first.bodies);
	const queried: number[] = [];
	const shown: number[] = [];
	const firstFloors = floors();
	let jo = joOf(bench, 0);
	let page = await opened(jo);
	for (let run = 0; run < runs; run += 1) {
		if (run > 0) {
			await jo.close();
			jo = joOf(bench, run);
			page = await opened(jo);
		}
		await signIn(page, 'jo');
		const took = await firstSyncTook(page);
		queried.push(took.queried);
		shown.push(took.shown);
		await least(firstFloors, first.bodies);
	}
	const syncs = { size, unit: 'ms', aim: syncAim } as const;
	const synced = 'First sync of 200 cases';
	bench.add(beside({ measure: `${synced}, to be queried`, ...syncs }, queried, firstFloors));
	bench.add(beside({ measure: `${synced}, list shown`, ...syncs }, shown, firstFloors));

	bench.say('sync after 20 edits, and with nothing new');
	const edited: number[] = [];
	const editFloors = floors();
	const nothing: number[] = [];
	const nothingFloors = floors();
	let { cursor } = first;
	await page.waitForTimeout(2_000);
	for (let run = 0; run < runs; run += 1) {
		edited.push(await syncTook(page, async () => council.edit()));
		const news = await client.pull(cursor);
		cursor = news.cursor;
		await least(editFloors, news.bodies);
		nothing.push(await emptySyncTook(page));
		await least(nothingFloors, (await client.pull(cursor)).bodies);
	}
	bench.add(beside({ measure: 'Sync after 20 edits', ...syncs }, edited, editFloors));
	const { floor: empty } = nothingFloors;
	bench.add(beside({ measure: 'Sync with nothing new', ...syncs }, nothing, { floor: empty }));
	await jo.close();

	bench.say('polls');
	const polls: number[] = [];
	const files: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		polls.push(await client.polls(cursor, pollingFor));
		files.push(await client.files('/_app/version.json', pollingFor));
	}
	const perSecond = { size, unit: 'per second', aim: '0.5 or more' } as const;
	bench.add(beside({ measure: 'Polls with nothing new', ...perSecond }, polls, { floor: files }));
	client.close();
	await bare.close();
	await server.stop();
}

interface Floors {
	floor: number[];
	sealed: number[];
}

const joOf = ({ server, folder }: Bench, run: number) =>
	browser('Jo', server.origin, join(folder, `jo-${run}`));

/** A cold browser without a server, on the tablet that `measureSyncs` leaves, which stops the server. */
export async function measureStart(bench: Bench): Promise<void> {
	const { floor, folder, size } = bench;
	bench.say('cold start without a server');
	const bare = browser('Floor', floor.origin, join(folder, 'floor'));
	const jo = joOf(bench, runs - 1);
	const starts: Start[] = [];
	const picture: number[] = [];
	const stretching: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		starts.push(await coldStart(jo));
		picture.push(await coldPicture(jo));
		const floorPage = await bare.open('about:blank');
		await openFloor(floorPage, floor);
		stretching.push(await stretchPin(floorPage));
		await bare.close();
	}
	const ms = { size, unit: 'ms', aim: syncAim } as const;
	const whole = starts.map(({ door, list }) => door + list);
	const unlocked = picture.map((one, run) => one + (stretching[run] ?? NaN));
	const doors = starts.map(({ door }) => door);
	const lists = starts.map(({ list }) => list);
	bench.add(
		beside({ measure: 'Cold start offline to the list', ...ms }, whole, {
			floor: picture,
			sealed: unlocked
		})
	);
	bench.add(beside({ measure: '  until the PIN is asked for', ...ms }, doors, { floor: picture }));
	bench.add(
		beside({ measure: '  from the PIN to the list', ...ms }, lists, { sealed: stretching })
	);
}

/** Sam's tablet: visits recorded without a server, then sent. */
export async function measureVisits(bench: Bench): Promise<void> {
	const { council, server, floor, size, folder, visits, pictures } = bench;
	const toVisit = council.assignVisits(visits);
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
	const writing: Floors = { floor: [], sealed: [] };
	await writeDurably(floorPage, photosOfVisit, true);
	for (const [nth, caseId] of toVisit.entries()) {
		bench.say(`recording visit ${nth + 1} of ${visits}`);
		recording.push(await recordVisit(page, caseId, pictures.ofVisit()));
		writing.floor.push(await writeDurably(floorPage, photosOfVisit, false));
		writing.sealed.push(await writeDurably(floorPage, photosOfVisit, true));
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
	bench.add(beside({ ...sent, aim: '1.2 or less' }, [sending], { floor: [putting] }));
	await bare.close();
	await sam.close();
	await server.stop();
}
