import type { BrowserContext, Page } from '@playwright/test';

/**
 * Collects what no officer should cause: console errors and warnings, uncaught exceptions and
 * violations of the content security policy. A test fails when any is left that it did not expect.
 */
export class Watch {
	readonly #troubles: string[] = [];
	readonly #expected: RegExp[] = [
		// the browser's own words for a request that found nobody; being offline is not a fault
		/net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INTERNET_DISCONNECTED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_CLOSED|NETWORK_CHANGED|SOCKET_NOT_CONNECTED)/,
		// asking who is signed in is how the page learns that nobody is
		/status of 401 .*\/api\/session\)/,
		// software rendering says so of itself
		/GPU stall due to ReadPixels/,
		/software WebGL/i
	];

	async context(context: BrowserContext, who: string): Promise<void> {
		// a warning of the framework names no place; the stack does
		await context.addInitScript(() => {
			const warn = console.warn.bind(console);
			console.warn = (...words: unknown[]) => {
				warn(...words, new Error().stack);
			};
		});
		for (const page of context.pages()) this.#page(page, who);
		context.on('page', (page) => this.#page(page, who));
	}

	#page(page: Page, who: string): void {
		page.on('console', (message) => {
			if (message.type() === 'error' || message.type() === 'warning')
				this.#troubles.push(`${who}: ${message.text()} (${message.location().url})`);
		});
		page.on('pageerror', (error) => {
			this.#troubles.push(
				`${who}: uncaught ${error.name}: ${error.message} at ${page.url()} ${error.stack ?? ''}`
			);
		});
	}

	/** This is part of the story of this test, for example a refused camera. */
	expect(pattern: RegExp): void {
		this.#expected.push(pattern);
	}

	get troubles(): string[] {
		return this.#troubles.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
	}
}
