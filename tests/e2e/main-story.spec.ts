import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request } from '@playwright/test';
import { addStaff, done, payloadFiles } from './support/operator.ts';
import { drawing } from './support/drawing.ts';
import { everythingReceived, statusLine } from './support/on-case.ts';
import { desk, tablet } from './support/person.ts';
import { hasCases, signIn } from './support/screens.ts';
import {
	ledgerSays,
	measure,
	note,
	planVisit,
	retype,
	startVisit,
	takePhotographs
} from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

/*
 * From an application arriving to a site visit recorded with no signal and proven safe in the
 * register, with the server really killed and the browser really closed.
 */

test.use({ council: null });
test.setTimeout(300_000);

interface Imported {
	read: number;
	created: number;
	existing: number;
	repair: number;
	cases: { reference: string }[];
}

test('an application arrives, is visited with no signal, and everything is proven received', async ({
	story
}) => {
	const { server } = story;
	const { dataDir } = server;
	let references: string[] = [];

	await test.step('eight submissions are imported and become eight cases, once', async () => {
		await done(dataDir, ['council', 'add', 'LBH', '--name', 'Lambeth', '--host', 'localhost']);
		await addStaff(dataDir, ['jo', 'priya']);
		const files = payloadFiles(join(story.folder, 'payloads'));
		const first = await done(dataDir, ['import', 'odp', '--council', 'LBH', '--json', ...files]);
		const imported = JSON.parse(first.out) as Imported;
		expect(imported).toMatchObject({ read: 8, created: 8, existing: 0, repair: 0 });
		references = imported.cases.map(({ reference }) => reference);
		expect(new Set(references).size).toBe(8);

		const again = await done(dataDir, ['import', 'odp', '--council', 'LBH', '--json', ...files]);
		expect(JSON.parse(again.out)).toMatchObject({ read: 8, created: 0, existing: 8 });
	});

	await test.step('a ninth arrives through the interface, with a token', async () => {
		await server.start();
		const { token } = JSON.parse(
			(await done(dataDir, ['token', 'add', 'PlanX', '--json'])).out
		) as { token: string };
		const payload = JSON.parse(
			readFileSync(payloadFiles(join(story.folder, 'payloads'))[0] ?? '', 'utf8')
		) as { metadata: { id: string; organisation: string } };
		payload.metadata.id = 'a-ninth-submission';
		payload.metadata.organisation = 'LBH';
		const post = () =>
			fetch(`${server.origin}/api/v2/submissions`, {
				method: 'POST',
				headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
				body: JSON.stringify(payload)
			});
		const answer = (await (await post()).json()) as Record<string, string>;
		expect(Object.keys(answer).sort()).toEqual(['id', 'message', 'reference']);
		expect(answer['reference']).toMatch(/^\d\d-\d{5}-/);
		const repeated = (await (await post()).json()) as Record<string, string>;
		expect(repeated['reference']).toBe(answer['reference']);
	});

	const jo = story.person('Jo', tablet);
	const priya = story.person('Priya', desk);
	let field = await signIn(jo, 'jo');
	const office = await signIn(priya, 'priya');
	const [visited, edited, neverOpened] = references as [string, string, string];

	await test.step('a reviewer assigns three cases, and the officer sees them without reloading', async () => {
		await office.getByRole('link', { name: 'Assign', exact: true }).click();
		for (const reference of [visited, edited, neverOpened])
			await office.getByRole('row').filter({ hasText: reference }).getByRole('checkbox').check();
		const chosen = office.getByRole('region', { name: 'Give the chosen cases to an officer' });
		const joBloggs = await chosen.getByRole('option', { name: /Jo Bloggs/ }).getAttribute('value');
		await chosen.getByLabel('Give to').selectOption(joBloggs);
		await chosen.getByRole('button', { name: 'Assign' }).click();
		await hasCases(field, [visited, edited, neverOpened]);
	});

	await test.step('the officer reads a case: map, constraints, documents, people, answers', async () => {
		await field.getByRole('link', { name: visited }).first().click();
		await expect(field.getByRole('heading', { name: 'Proposal and site' })).toBeVisible();
		await expect(field.getByRole('heading', { name: /^People/ })).toBeVisible();
		await expect(field.getByRole('heading', { name: /answers/i })).toBeVisible();
		await expect(field.getByRole('heading', { name: 'Constraints the site meets' })).toBeVisible();
		await field.getByRole('link', { name: 'Documents', exact: true }).click();
		await expect(field.getByText(/not received/i).first()).toBeVisible();
		await field
			.getByRole('navigation', { name: 'This case' })
			.getByRole('link', { name: 'Map', exact: true })
			.click();
		await expect(field.locator('canvas').first()).toBeVisible();
	});

	await test.step('the desk adds a plan that the submission only named', async () => {
		await office.goto(`/cases/${visited}/documents`);
		await office.getByText('Add documents').click();
		await office.getByLabel('Files').setInputFiles({
			name: 'drawn-for-site.pdf',
			mimeType: 'application/pdf',
			buffer: await drawing()
		});
		await office.getByRole('button', { name: 'Add', exact: true }).click();
		await everythingReceived(office);
	});

	await test.step('the officer plans a visit, takes it to site, and reads what is here and what is not', async () => {
		await field.goto(`/cases/${visited}/documents`);
		await expect(field.getByRole('button', { name: 'drawn-for-site.pdf' })).toBeVisible();
		await planVisit(field, 'Side gate, code 4711. Friendly dog.');
		const pack = field.getByRole('region', { name: 'Take to site' });
		await pack.getByRole('button', { name: 'Take to site' }).click();
		await expect(pack.getByRole('status')).toContainText(
			/^Everything the council has is on this tablet \(\d[\d.,]* (bytes|kB|MB)\)\.$/
		);
		await pack.getByText(/What is on the tablet and what is missing/).click();
		const plan = pack.getByRole('row').filter({ hasText: 'drawn-for-site.pdf' });
		await expect(plan).toContainText('On this tablet');
		await expect(plan).toContainText(/\d[\d.,]* (bytes|kB|MB)/);
		await expect(
			pack.getByRole('row').filter({ hasText: 'Not received by the council.' }).first()
		).toContainText('Not known');
	});

	await test.step('a colleague opens the visit at a desk', async () => {
		await office.goto(`/cases/${visited}/visits`);
		await office.getByRole('link', { name: /10:30/ }).click();
		await expect(office.getByRole('heading', { name: /^Visit on/ })).toBeVisible();
	});

	const visitAddress = new URL(field.url()).pathname;

	const atTheDesk = await priya.newWindow(`/cases/${edited}`);
	await expect(
		atTheDesk.getByRole('textbox', { name: 'Description of the proposal' })
	).toBeVisible();

	await test.step('the server is killed; a case never opened before opens', async () => {
		await server.kill();
		await expect(statusLine(field)).toContainText('Not connected to the council’s register');
		await field.goto(`/cases/${neverOpened}`);
		await expect(field.getByRole('heading', { name: 'Proposal and site' })).toBeVisible();
	});

	await test.step('on site the plan and the map open', async () => {
		await field.goto(`/cases/${visited}/documents`);
		await field.getByRole('button', { name: 'drawn-for-site.pdf' }).click();
		await expect(field.getByText('Page 1 of 2')).toBeVisible();
		await expect(field.getByText('Proposed ground floor plan')).toBeAttached();
		await field.goto(`/cases/${visited}/map`);
		await expect(field.locator('canvas').first()).toBeVisible();
	});

	await test.step('eight photographs, three measurements, two notes, one of them mended', async () => {
		await field.goto(visitAddress);
		await startVisit(field);
		await takePhotographs(
			field,
			Array.from({ length: 8 }, (_, index) => `View ${index + 1} of the rear garden`)
		);
		await measure(field, 'Depth from rear wall', '3.25');
		await measure(field, 'Height to eaves', '2.4');
		await measure(field, 'Distance to boundary', '0.95');
		await note(field, 'The neighbour’s window faces the extension.');
		await note(field, 'Ground falls away to the rear, about half a metre.');
		await retype(
			field.getByLabel('Note', { exact: true }).first(),
			'The neighbour’s kitchen window faces the extension, 2 m away.'
		);
	});

	await test.step('the officer describes the proposal otherwise, with no signal', async () => {
		await field.goto(`/cases/${edited}`);
		await retype(
			field.getByRole('textbox', { name: 'Description of the proposal' }),
			'Rear extension, as seen on site'
		);
	});

	await test.step('meanwhile the desk, which has no server either, describes it in other words', async () => {
		await retype(
			atTheDesk.getByRole('textbox', { name: 'Description of the proposal' }),
			'Rear extension, as the desk reads it'
		);
	});

	await test.step('the browser is closed and opened again, still without a server: everything is there', async () => {
		await jo.close();
		field = await jo.open('/ledger');
		await ledgerSays(field, { taken: 13, onThisTablet: 13, received: 0 });
		await field.goto(`${visitAddress}/on-site`);
		await expect(field.getByRole('button', { name: /^Open photograph JB-/ })).toHaveCount(8);
		await expect(field.getByLabel('Caption of JB-8')).toHaveValue('View 8 of the rear garden');
		await field.goto(visitAddress);
		await expect(field.getByText('Depth from rear wall: 3.25 m')).toBeVisible();
		await expect(field.getByLabel('Note', { exact: true }).first()).toHaveValue(
			'The neighbour’s kitchen window faces the extension, 2 m away.'
		);
		await field.goto('/ledger');
	});

	await test.step('the server comes back: words, then previews, then originals, by themselves', async () => {
		const sent: string[] = [];
		const note = (request: Request) => {
			const what = whatTravels(request);
			if (what !== null) sent.push(what);
		};
		jo.context.on('request', note);
		// killed between noting an upload and beginning its part: the tablet begins that one anew
		story.watch.expect(/404 \(Not Found\).*\/api\/uploads\//);
		await server.start();
		await expect(field.getByText(/\d of 8 photographs received/)).toBeVisible();
		// killed in the middle of the pictures: it changes nothing but the time it takes
		await expect.poll(() => sent.includes('original'), { timeout: 60_000 }).toBe(true);
		await server.kill();
		await server.start();
		await jo.kill();
		field = await jo.open('/ledger');
		await expect(field.getByText('8 of 8 photographs received')).toBeVisible({ timeout: 90_000 });
		await ledgerSays(field, { taken: 13, onThisTablet: 0, received: 13 });

		const firstOf = (what: string) => sent.indexOf(what);
		expect(firstOf('words')).toBeLessThan(firstOf('thumbnail'));
		expect(sent.lastIndexOf('thumbnail')).toBeLessThan(firstOf('original'));
	});

	await test.step('the colleague’s open page has shown them arriving', async () => {
		// it asks again by itself, at the latest twenty seconds after the server was there
		await expect(office.getByText('8 of 8 received by the council.')).toBeVisible({
			timeout: 60_000
		});
		await expect(office.getByText('Depth from rear wall: 3.25 m')).toBeVisible();
		await office.getByRole('button', { name: 'Open photograph JB-1' }).click();
		await expect(office.getByRole('dialog').getByRole('img', { name: /JB-1/ })).toHaveJSProperty(
			'complete',
			true
		);
		await office.getByRole('button', { name: 'Close' }).click();
	});

	await test.step('both descriptions are before both officers, one chooses, the timeline tells it all', async () => {
		await field.goto(`/cases/${edited}`);
		await office.goto(`/cases/${edited}`);
		for (const page of [field, office]) {
			const conflict = page.getByRole('region', { name: /Two officers changed this/ });
			await expect(conflict.getByText('Rear extension, as the desk reads it')).toBeVisible();
			await expect(conflict.getByText('Rear extension, as seen on site')).toBeVisible();
		}
		await office.getByRole('button', { name: 'Use Jo Bloggs’s value' }).click();
		for (const page of [office, field]) {
			await expect(page.getByRole('textbox', { name: 'Description of the proposal' })).toHaveValue(
				'Rear extension, as seen on site'
			);
			await expect(page.getByRole('region', { name: /Two officers changed this/ })).toHaveCount(0);
		}
		await field.goto(`/cases/${edited}/timeline`);
		for (const words of [
			'Rear extension, as the desk reads it',
			'Rear extension, as seen on site',
			'Priya Shah',
			'Jo Bloggs'
		])
			await expect(field.getByText(words).first()).toBeVisible();
	});

	await test.step('the register can prove that nobody changed what it recorded', async () => {
		await server.stop();
		await done(dataDir, ['verify']);
	});
});

/** Whether a request carries words or the beginning of a picture; null for anything else. */
function whatTravels(request: Request): 'words' | 'thumbnail' | 'original' | null {
	if (request.method() !== 'POST') return null;
	const { pathname } = new URL(request.url());
	if (pathname.startsWith('/api/trpc/sync.push')) return 'words';
	if (!pathname.startsWith('/api/uploads')) return null;
	const of = /(?:^|,)of ([A-Za-z0-9+/=]+)/.exec(request.headers()['upload-metadata'] ?? '')?.[1];
	const named = of === undefined ? '' : Buffer.from(of, 'base64').toString();
	return named === 'thumbnail' || named === 'original' ? named : null;
}
