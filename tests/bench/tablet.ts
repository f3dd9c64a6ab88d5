import type { Page } from 'playwright';
import { email, password, pin, type Who } from '../e2e/support/council.ts';
import { Person, tablet } from '../e2e/support/person.ts';
import { Watch } from '../e2e/support/watch.ts';
import { noteMoments, savingTook } from './page-marks.ts';
import { assigned } from './register.ts';
import { photosOfVisit } from './pictures.ts';

/** On a slow or busy machine a step may take so long before it is given up, milliseconds. */
const patience = 10 * 60_000;
const listedWhen = `(${assigned})`;

/** A browser of its own on a profile on disk; without a camera, so pictures are chosen. */
export const browser = (name: string, origin: string, profile: string): Person =>
	new Person(name, origin, profile, { ...tablet, camera: false, position: null }, new Watch());

/** Opens a browser whose pages note when things happen. */
export async function opened(person: Person): Promise<Page> {
	const page = await person.open('about:blank');
	person.context.setDefaultTimeout(patience);
	await noteMoments(person.context, listedWhen);
	return page;
}

/** Signs in once the application is kept for offline use, so that keeping it is not measured. */
export async function signIn(page: Page, who: Who): Promise<void> {
	await page.goto('/');
	await page.getByLabel('E-mail address').waitFor();
	await page.evaluate(() => navigator.serviceWorker.ready);
	await page.getByLabel('E-mail address').fill(email(who));
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByLabel('New PIN', { exact: true }).fill(pin);
	await page.getByLabel('New PIN again').fill(pin);
	await page.getByRole('button', { name: 'Set the PIN' }).click();
	await page.getByRole('heading', { name: 'My work', level: 1 }).waitFor();
}

/** From a cold browser without a server, past the PIN, to the list, or to a bare picture the same service worker serves. */
export async function coldStart(person: Person, to: 'list' | 'picture'): Promise<number> {
	const began = performance.now();
	const page = await person.open(to === 'list' ? '/' : '/icons/icon.svg');
	person.context.setDefaultTimeout(patience);
	if (to === 'list') {
		await page.getByLabel('PIN', { exact: true }).fill(pin);
		await page.getByRole('button', { name: 'Unlock' }).click();
		await page.locator('.bops-choice').filter({ hasText: listedWhen }).first().waitFor();
		await page.locator('.bops-row').first().waitFor();
	}
	const took = performance.now() - began;
	await person.close();
	return took;
}

/** Plans and starts a visit and hands its pictures to the page; the time until all are on disk. */
export async function recordVisit(page: Page, caseId: string, files: string[]): Promise<number> {
	await page.goto(`/cases/${caseId}/visits/plan`);
	await page.getByRole('button', { name: 'Plan the visit' }).click();
	await page.getByRole('button', { name: 'Start the visit' }).click();
	const choose = page.getByLabel('Choose pictures');
	await choose.waitFor({ state: 'attached' });
	await choose.setInputFiles(files);
	return savingTook(page, photosOfVisit);
}
