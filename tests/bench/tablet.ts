import type { Page } from 'playwright';
import { email, password, pin, type Who } from '../e2e/support/council.ts';
import { Person, tablet } from '../e2e/support/person.ts';
import { Watch } from '../e2e/support/watch.ts';
import { loadedAt, noteMoments, savingTook, startTook } from './page-marks.ts';
import { assigned } from './register.ts';
import { photosOfVisit } from './pictures.ts';

/** On a slow or busy machine a step may take so long before it is given up, milliseconds. */
const patience = 10 * 60_000;
const listedWhen = `(${assigned})`;

/** A browser of its own on a profile on disk; without a camera, so pictures are chosen. */
export function browser(name: string, origin: string, profile: string): Person {
	const kit = { ...tablet, camera: false, position: null };
	const person = new Person(name, origin, profile, kit, new Watch());
	// it is given here, when it is measured
	person.remembersPin = false;
	return person;
}

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

/** How a cold browser came to the list without a server; milliseconds. */
export interface Start {
	/** until the PIN was asked for */
	door: number;
	/** from the PIN to the list. How long a person types is not in it. */
	list: number;
}

/** Starts a cold browser without a server, gives the PIN, and waits for the list. */
export async function coldStart(person: Person): Promise<Start> {
	const began = Date.now();
	const page = await opened(person);
	await page.goto('/');
	await page.getByLabel('PIN', { exact: true }).fill(pin);
	await page.getByRole('button', { name: 'Unlock' }).click();
	const { asked, unlocking } = await startTook(page);
	await person.close();
	return { door: asked - began, list: unlocking };
}

/** Starts a cold browser without a server on a bare picture that the same service worker serves. */
export async function coldPicture(person: Person): Promise<number> {
	const began = Date.now();
	const page = await opened(person);
	await page.goto('/icons/icon.svg');
	const took = (await loadedAt(page)) - began;
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
