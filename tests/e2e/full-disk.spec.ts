import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { reported } from '../reliability/report.ts';
import { openCase } from './support/on-case.ts';
import { tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { measure, note, planVisit, startVisit } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

const megabyte = 1024 * 1024;
/** The whole disk of the tablet, and what is left of it for the browser's own small files. */
const disk = { size: 240, left: 3 };
const photographs = 10;

const mount = (...args: string[]) => spawnSync('mount', args, { encoding: 'utf8' });
const free = (folder: string) => {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
};

test('guarantee-02 on a disk that is really full, the photographs room was kept for are saved, and notes after them', async ({
	story
}) => {
	test.setTimeout(180_000);
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const folder = join(story.folder, 'browser-0');
	mkdirSync(folder);
	const mounted = mount('-t', 'tmpfs', '-o', `size=${disk.size}m`, 'tmpfs', folder);
	const whyNot = `a small disk cannot be mounted here: ${mounted.stderr.trim()}`;
	if (mounted.status !== 0) console.info(`guarantee-02 on a full disk: ${whyNot}`);
	test.skip(mounted.status !== 0, whyNot);

	const jo = story.person('Jo', tablet);
	try {
		await reported({ guarantee: 2, name: 'disk-really-full', seed: null }, async (counts) => {
			const page = await signIn(jo, 'jo');
			await openCase(page, filed);
			await planVisit(page, 'Ring first');
			const visit = new URL(page.url()).pathname;
			await page.getByLabel('Keep room for how many photographs').selectOption(String(photographs));
			await page.getByRole('button', { name: 'Check this tablet' }).click();
			await expect(page.getByText(`Room for ${photographs} photographs is kept free`)).toBeVisible({
				timeout: 60_000
			});
			await story.server.kill();
			await startVisit(page);

			const filler = Math.max(0, free(folder) - disk.left * megabyte);
			writeFileSync(join(folder, 'somebody-elses-film'), Buffer.alloc(filler));
			counts['MB of the disk filled by others'] = Math.round(filler / megabyte);

			const size = { width: 600, height: 600, channels: 3 } as const;
			const picture = await sharp(randomBytes(size.width * size.height * size.channels), {
				raw: size
			})
				.jpeg()
				.toBuffer();
			// what follows a picture is not looked at; no two alike, as no two photographs are
			const file = (name: string, bytes: number) => {
				const path = join(story.folder, name);
				writeFileSync(path, Buffer.concat([picture, randomBytes(bytes - picture.byteLength)]));
				return path;
			};
			const walls = Array.from({ length: photographs }, (_, n) => file(`wall-${n}.jpg`, 6_000_000));
			expect(free(folder), 'less than one of them').toBeLessThan(6_000_000);
			await page.getByLabel('Choose pictures').setInputFiles(walls);
			await expect(page.getByText(`JB-${photographs} saved on this tablet`)).toBeVisible({
				timeout: 90_000
			});
			const alert = page.getByRole('alert').filter({ hasText: 'Not saved yet' });
			await expect(alert).toHaveCount(0);
			counts['photographs saved on the full disk'] = photographs;

			// one that no room was kept for stays on the screen, and is never shown as saved
			await page.getByLabel('Choose pictures').setInputFiles(file('roof.jpg', 30_000_000));
			await expect(alert).toContainText('This tablet is full', { timeout: 30_000 });
			await expect(page.getByRole('button', { name: /^Save picture 1 again/ })).toBeVisible();
			const saved = page.getByRole('button', { name: /^Open photograph JB-/ });
			await expect(saved).toHaveCount(photographs);
			await note(page, 'Written on a full tablet.');
			await measure(page, 'Height to eaves', '2.4');
			counts['things saved beside a photograph that did not fit'] = 2;

			// what was said to be saved is there after the browser has died
			await jo.kill();
			const again = await jo.open(visit);
			await expect(again.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(
				'Written on a full tablet.'
			);
			await expect(again.getByRole('button', { name: /^Open photograph JB-/ })).toHaveCount(
				photographs
			);
		});
	} finally {
		await jo.close();
		spawnSync('umount', ['--lazy', folder]);
	}
});
