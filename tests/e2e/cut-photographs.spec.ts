import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';
import { FaultProxy } from '../faults/proxy.ts';
import { onSite } from './support/on-case.ts';
import { Person, tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { expect, test } from './support/story.ts';

const kibibyte = 1024;
/** what passes before a line dies, one after another: less than the photograph in all */
const points = [90, 700, 300].map((n) => n * kibibyte);
const shortest = 64 * kibibyte;

/** A photograph of about so many pixels of chance, which no JPEG makes smaller. */
async function photograph(width: number, height: number): Promise<Buffer> {
	const raw = { width, height, channels: 3 } as const;
	const pixels = randomBytes(width * height * raw.channels);
	return sharp(pixels, { raw }).jpeg({ quality: 95 }).toBuffer();
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface Sent {
	/** where each piece began, in the order sent: bytes */
	readonly offsets: number[];
	/** uploads that were begun */
	begun: number;
}

/** What a browser asks of the uploads of photographs of `size` bytes. */
function listen(context: BrowserContext, size: number): Sent {
	const places = new Set<string>();
	const pieces: { place: string; offset: number }[] = [];
	const sent: Sent = {
		begun: 0,
		// a piece may leave before this listener has been told where its upload is
		get offsets() {
			return pieces.filter(({ place }) => places.has(place)).map(({ offset }) => offset);
		}
	};
	context.on('response', async (response) => {
		const request = response.request();
		const asked = await request.allHeaders();
		if (request.method() !== 'POST' || asked['upload-length'] !== String(size)) return;
		sent.begun += 1;
		places.add(new URL((await response.headerValue('location')) ?? '', response.url()).href);
	});
	context.on('request', (request) => {
		if (request.method() === 'PATCH')
			pieces.push({ place: request.url(), offset: Number(request.headers()['upload-offset']) });
	});
	return sent;
}

async function choose(page: Page, number: string, buffer: Buffer): Promise<void> {
	await page
		.getByLabel('Choose pictures')
		.setInputFiles({ name: 'chosen.jpg', mimeType: 'image/jpeg', buffer });
	await expect(page.getByText(`${number} saved on this tablet`)).toBeVisible();
}

test('guarantee-07 a photograph cut on its way from the browser goes on there and arrives whole', async ({
	story
}) => {
	const proxy = await FaultProxy.before(story.server.port);
	// their browser finds the council behind the line
	const origin = `http://localhost:${proxy.port}`;
	const jo = new Person('Jo', origin, join(story.folder, 'browser'), tablet, story.watch);
	try {
		const page = await signIn(jo, 'jo');
		const [first] = story.cases;
		if (first === undefined) throw new Error('The council has a case.');
		await onSite(page, first);
		const kept = (bytes: Buffer) => {
			const hash = sha256(bytes);
			const blobs = join(story.folder, 'data', 'LBH', 'blobs');
			return sha256(readFileSync(join(blobs, hash.slice(0, 2), hash))) === hash;
		};

		const large = await photograph(1500, 1100);
		expect(large.byteLength).toBeGreaterThan(1400 * kibibyte);
		const sent = listen(jo.context, large.byteLength);
		proxy.does(() => {
			const bytes = points[proxy.cuts];
			return bytes === undefined ? { kind: 'none' } : { kind: 'cut', direction: 'up', bytes };
		});
		proxy.dropAll();
		await choose(page, 'JB-1', large);
		await expect(page.getByText('1 of 1 received by the council.')).toBeVisible({
			timeout: 60_000
		});
		expect(proxy.cuts).toBeGreaterThanOrEqual(points.length);
		expect(kept(large)).toBe(true);
		expect(sent.begun, 'it is never begun again').toBe(1);
		expect(sent.offsets, 'it never goes back').toEqual(sent.offsets.toSorted((a, b) => a - b));
		expect(sent.offsets.length).toBeGreaterThan(points.length);

		// a line on which no large piece would ever get through
		const { cuts } = proxy;
		const small = await photograph(700, 500);
		proxy.does({ kind: 'cut', direction: 'up', bytes: shortest });
		proxy.dropAll();
		await choose(page, 'JB-2', small);
		await expect(page.getByText('2 of 2 received by the council.')).toBeVisible({
			timeout: 60_000
		});
		expect(proxy.cuts - cuts).toBeGreaterThanOrEqual(Math.floor(small.byteLength / shortest));
		expect(kept(small)).toBe(true);
	} finally {
		await jo.close();
		await proxy.close();
	}
});
