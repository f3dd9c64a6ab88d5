import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type TestInfo } from '@playwright/test';
import { findChromium, sandboxArgs } from '../../browser.ts';
import { pin } from './council.ts';
import type { Watch } from './watch.ts';

export interface Kit {
	viewport: { width: number; height: number };
	hasTouch: boolean;
	/** null: the officer has refused to give the position */
	position: { longitude: number; latitude: number; accuracy: number } | null;
	/** false: the officer has refused the camera */
	camera: boolean;
}

/** A tablet held upright, in a garden in Lambeth. */
export const tablet: Kit = {
	viewport: { width: 820, height: 1180 },
	hasTouch: true,
	position: { longitude: -0.1195, latitude: 51.4613, accuracy: 8 },
	camera: true
};

export const desk: Kit = {
	viewport: { width: 1440, height: 900 },
	hasTouch: false,
	position: null,
	camera: false
};

/** One person with one browser: a profile on disk, which can be closed, killed and opened again. */
export class Person {
	remembersPin = true;
	readonly name: string;
	readonly origin: string;
	readonly #profile: string;
	readonly #kit: Kit;
	readonly #watch: Watch;
	#context: BrowserContext | null = null;
	#page: Page | null = null;

	constructor(name: string, origin: string, profile: string, kit: Kit, watch: Watch) {
		this.name = name;
		this.origin = origin;
		this.#profile = profile;
		this.#kit = kit;
		this.#watch = watch;
	}

	get context(): BrowserContext {
		if (this.#context === null) throw new Error(`${this.name}'s browser is closed.`);
		return this.#context;
	}

	/** The window this person looks at. */
	get page(): Page {
		if (this.#page === null) throw new Error(`${this.name}'s browser is closed.`);
		return this.#page;
	}

	/** The folder on disk that is this browser. */
	get profile(): string {
		return this.#profile;
	}

	/** The folder of this profile in which the browser keeps what pages store in databases. */
	get databases(): string {
		return join(this.#profile, 'Default', 'IndexedDB');
	}

	/** Opens the browser on an address of the application; the profile is as it was left. */
	async open(path = '/'): Promise<Page> {
		await this.#launch([]);
		await this.page.goto(path);
		return this.page;
	}

	/** Starts the application in a window of its own, as its icon does: no address bar, no tabs. */
	async openApp(): Promise<Page> {
		await this.#launch([`--app=${this.origin}/`]);
		return this.page;
	}

	async #launch(more: readonly string[]): Promise<void> {
		const { viewport, hasTouch, position, camera } = this.#kit;
		const executablePath = findChromium();
		this.#context = await chromium.launchPersistentContext(this.#profile, {
			...(executablePath === undefined ? {} : { executablePath }),
			args: [
				...sandboxArgs,
				...more,
				'--use-fake-device-for-media-stream',
				...(camera ? ['--use-fake-ui-for-media-stream'] : ['--deny-permission-prompts'])
			],
			baseURL: this.origin,
			viewport,
			hasTouch,
			locale: 'en-GB',
			timezoneId: 'Europe/London',
			permissions: [...(position === null ? [] : ['geolocation']), ...(camera ? ['camera'] : [])],
			...(position === null ? {} : { geolocation: position })
		});
		this.#context.setDefaultTimeout(20_000);
		await this.#watch.context(this.#context, this.name);
		this.#context.on('page', (page) => void this.#giveThePin(page));
		this.#page = this.#context.pages()[0] ?? (await this.#context.newPage());
		await this.#giveThePin(this.#page);
	}

	/** Who opens their browser again is asked for the PIN, and gives it; `remembersPin` false leaves it to the test. */
	async #giveThePin(page: Page): Promise<void> {
		const asked = page.getByRole('heading', { name: 'Enter your PIN' });
		const give = async () => {
			if (!this.remembersPin) return;
			await page.getByLabel('PIN', { exact: true }).fill(pin);
			await page.getByRole('button', { name: 'Unlock' }).click();
			await asked.waitFor({ state: 'hidden' });
		};
		await page.addLocatorHandler(asked, give, { noWaitAfter: true });
	}

	/** Closes all windows, as at the end of the day. */
	async close(): Promise<void> {
		await this.#context?.close();
		this.#context = null;
		this.#page = null;
	}

	/** The browser dies where it stands, as when a tablet's battery is empty. */
	async kill(): Promise<void> {
		const context = this.context;
		const closed = new Promise((resolve) => context.on('close', resolve));
		for (const pid of browserProcesses(this.#profile)) process.kill(pid, 'SIGKILL');
		await closed;
		this.#context = null;
		this.#page = null;
	}

	/** For the report of a failed test: what this person saw last. */
	async keepPicture(info: TestInfo): Promise<void> {
		for (const [index, page] of (this.#context?.pages() ?? []).entries()) {
			const body = await page.screenshot({ timeout: 5_000 }).catch(() => null);
			if (body !== null)
				await info.attach(`${this.name}-${index}`, { body, contentType: 'image/png' });
		}
	}

	/** Another window of the same browser. */
	async newWindow(path: string): Promise<Page> {
		const page = await this.context.newPage();
		await page.goto(path);
		return page;
	}
}

/** Processes that run on this profile, the main one included. */
function browserProcesses(profile: string): number[] {
	const found: number[] = [];
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		try {
			const line = readFileSync(join('/proc', name, 'cmdline'), 'utf8');
			if (line.includes(`--user-data-dir=${profile}`)) found.push(Number(name));
		} catch {
			// ended meanwhile
		}
	}
	return found;
}
