import { expect, type Locator, type Page } from '@playwright/test';

/** What an officer does on site, in the words of the screens. */

export async function planVisit(page: Page, access: string): Promise<void> {
	await page.getByRole('link', { name: 'Visits', exact: true }).click();
	await page.getByRole('button', { name: 'Plan a visit' }).click();
	await page.getByLabel('Time (optional)').fill('10:30');
	await page.getByLabel('Access and hazards (optional)').fill(access);
	await page.getByRole('button', { name: 'Plan the visit' }).click();
	await expect(page.getByRole('heading', { name: /^Visit on/ })).toBeVisible();
}

export async function startVisit(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Start the visit' }).click();
	await expect(page.getByRole('heading', { name: /^On site/ })).toBeVisible();
}

const record = (page: Page, what: 'Photograph' | 'Measure' | 'Note' | 'Finish') =>
	page.getByRole('group', { name: 'What to record' }).getByRole('button', { name: what }).click();

export async function takePhotographs(page: Page, captions: readonly string[]): Promise<void> {
	await record(page, 'Photograph');
	const shutter = page.getByRole('button', { name: 'Take photograph' });
	for (const caption of captions) {
		await expect(shutter).toBeEnabled();
		await page.getByLabel(/^Caption of the next photograph/).fill(caption);
		await shutter.click();
		await expect(
			page.getByRole('status').filter({ hasText: /saved on this tablet/ })
		).toBeVisible();
		await expect(page.getByLabel(/^Caption of the next photograph/)).toHaveValue('');
	}
}

export async function measure(page: Page, what: string, metres: string): Promise<void> {
	await record(page, 'Measure');
	await page.getByLabel('What was measured').fill(what);
	await page.getByLabel('Metres', { exact: true }).fill(metres);
	await page.getByRole('button', { name: 'Add measurement' }).click();
	await expect(page.getByText(`Saved on this tablet: ${what}`)).toBeVisible();
}

export async function note(page: Page, words: string): Promise<void> {
	await record(page, 'Note');
	await page.getByLabel('New note').fill(words);
	await page.getByRole('button', { name: 'Add note' }).click();
	await expect(page.getByLabel('New note')).toHaveValue('');
}

/** Types over a field that has no save button, and leaves it. */
export async function retype(field: Locator, words: string): Promise<void> {
	await field.fill(words);
	await field.blur();
	await expect(field).toHaveValue(words);
}

/** The four figures of the ledger, once they are these. */
export async function ledgerSays(
	page: Page,
	figures: { taken: number; onThisTablet: number; received: number }
): Promise<void> {
	const figure = (words: string) =>
		page
			.getByRole('region', { name: 'Photographs, measurements, notes and documents' })
			.locator('dl > div')
			.filter({ hasText: words })
			.locator('dd');
	await expect(figure('taken or made here')).toHaveText(String(figures.taken));
	await expect(figure('on this tablet, not received yet')).toHaveText(String(figures.onThisTablet));
	await expect(figure('received by the council')).toHaveText(String(figures.received));
}
