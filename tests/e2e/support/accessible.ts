import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Axe finds nothing against WCAG 2.2 AA on this screen. */
export async function accessible(page: Page, screen: string): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.analyze();
	const found = violations.map(
		({ id, help, nodes }) =>
			`${id}: ${help}: ${nodes
				.slice(0, 3)
				.map(({ html }) => html.slice(0, 160))
				.join(' | ')}`
	);
	expect.soft(found, `${screen} at ${page.url()}`).toEqual([]);
}

/** Nothing reaches past the right edge of the window: no sideways scrolling. */
export async function fits(page: Page, screen: string): Promise<void> {
	const past = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect.soft(past, `${screen} reaches past the edge, pixels`).toBeLessThanOrEqual(0);
}

/**
 * Buttons and links that stand alone are at least 44 pixels high and wide for a finger;
 * links within a sentence are exempt (WCAG 2.5.8).
 */
export async function fingersFit(page: Page, screen: string): Promise<void> {
	const small = await page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>('main button, main select, main [role=button]')]
			.filter((element) => element.checkVisibility() && !element.closest('.maplibregl-map'))
			.map((element) => {
				const { width, height } = element.getBoundingClientRect();
				return { words: element.innerText.slice(0, 40), width, height };
			})
			.filter(({ width, height }) => width > 0 && (height < 43.5 || width < 43.5))
			.map(({ words, width, height }) => `${words} (${Math.round(width)} × ${Math.round(height)})`)
	);
	expect.soft(small, `${screen}: too small for a finger`).toEqual([]);
}
