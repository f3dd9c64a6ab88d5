import { expect, type Page } from '@playwright/test';
import type { FiledCase } from './council.ts';
import { planVisit, startVisit } from './site-visit.ts';

/** Opens a case that is on this device. */
export async function openCase(page: Page, filed: FiledCase): Promise<void> {
	await page.goto(`/cases/${filed.caseId}`);
	await expect(page.getByRole('heading', { name: 'Proposal and site' })).toBeVisible();
}

/** From a case to the camera, with a visit planned and started; gives the visit's address. */
export async function onSite(page: Page, filed: FiledCase): Promise<string> {
	await openCase(page, filed);
	await planVisit(page, 'Ring first');
	const address = new URL(page.url()).pathname;
	await startVisit(page);
	return address;
}

/** The line on every screen that says what waits. */
export const statusLine = (page: Page) => page.locator('.bops-status__words');

export async function everythingReceived(page: Page): Promise<void> {
	await expect(statusLine(page)).toContainText(/has been received by the council/, {
		timeout: 60_000
	});
}
