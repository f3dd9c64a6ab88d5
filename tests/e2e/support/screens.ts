import { expect, type Page } from '@playwright/test';
import { email, password, pin, staff, type Who } from './council.ts';
import type { Person } from './person.ts';

/** Opens the browser and signs in; resolves on My work, with the application kept for offline use. */
export async function signIn(person: Person, who: Who): Promise<Page> {
	return enter(await person.open('/'), who);
}

/** Signs in on the page in front of the officer. */
export async function enter(page: Page, who: Who): Promise<Page> {
	await page.getByLabel('E-mail address').fill(email(who));
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await pass(page);
	await expect(page.getByRole('heading', { name: 'My work', level: 1 })).toBeVisible();
	await expect(page.getByText(staff[who].name).first()).toBeAttached();
	await keptForOffline(page);
	return page;
}

/** Chooses a PIN at the first sign-in on a browser, and gives it where it is asked for. */
export async function pass(page: Page): Promise<void> {
	const choose = page.getByRole('heading', { name: 'Choose a PIN for this tablet' });
	const give = page.getByRole('heading', { name: 'Enter your PIN' });
	const inside = page.getByRole('region', { name: 'Saving and sending' });
	await expect(choose.or(give).or(inside)).toBeVisible();
	if (await choose.isVisible()) await choosePin(page);
	else if (await give.isVisible()) await unlock(page);
	await expect(inside).toBeVisible();
}

export async function choosePin(page: Page): Promise<void> {
	await page.getByLabel('New PIN', { exact: true }).fill(pin);
	await page.getByLabel('New PIN again').fill(pin);
	await page.getByRole('button', { name: 'Set the PIN' }).click();
}

/** Gives the PIN that is asked for. */
export async function unlock(page: Page, with_ = pin): Promise<void> {
	await page.getByLabel('PIN', { exact: true }).fill(with_);
	await page.getByRole('button', { name: 'Unlock' }).click();
}

/** The service worker serves this page: from here on it needs no server. */
export async function keptForOffline(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller === null)
			await new Promise((resolve) =>
				navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
			);
	});
}

/** The cases listed on My work are on this device. */
export async function hasCases(page: Page, references: readonly string[]): Promise<void> {
	const cases = page.getByRole('region', { name: 'Cases' });
	for (const reference of references)
		await expect(cases.getByRole('link', { name: reference })).toBeVisible();
}
