import type { Waiting } from '#lib/local/waiting.ts';

/** Where carrying stands, for the one line that is on every screen. */
export interface CarryingState {
	/** the last exchange with the register succeeded */
	online: boolean;
	/** something is being exchanged now */
	carrying: boolean;
	/** milliseconds since 1970: the last time the register answered; null when it never has */
	lastContact: number | null;
	/** milliseconds since 1970: when the next attempt is made by itself */
	nextTry: number | null;
	/** the session has ended: nothing is sent until this officer signs in again */
	signedOut: boolean;
	/** the photograph or document on its way: bytes */
	uploading: { sent: number; size: number } | null;
	/** a first download that is running: cases */
	download: { done: number; of: number } | null;
	/** a pull that would take so many cases away that it stopped and asks */
	brake: { leaving: number; held: number } | null;
	/** something the register or this tablet could not do, in a sentence */
	problem: string | null;
}

export const atRest: CarryingState = {
	online: false,
	carrying: false,
	lastContact: null,
	nextTry: null,
	signedOut: false,
	uploading: null,
	download: null,
	brake: null,
	problem: null
};

/** How many things wait, how old the oldest is, and what happens next: one line in words. */
export function statusWords(waiting: Waiting, state: CarryingState, now: number): string {
	const words = [needs(waiting.needsMe), wait(waiting, state, now), next(waiting, state, now)];
	return words.filter((one) => one !== '').join(' ');
}

const needs = (count: number): string =>
	count === 0 ? '' : count === 1 ? '1 item needs you.' : `${count} items need you.`;

function wait({ count, oldest, photos }: Waiting, state: CarryingState, now: number): string {
	if (count === 0)
		return state.lastContact === null
			? 'Nothing waits on this tablet.'
			: 'Everything made on this tablet has been received by the council.';
	const things = count === 1 ? '1 item waits' : `${count} items wait`;
	const since =
		oldest === null ? '' : `, ${count === 1 ? 'made' : 'the oldest'} ${when(oldest, now)}`;
	const received =
		photos.of > 0 && photos.received < photos.of && state.uploading !== null
			? ` ${photos.received} of ${photos.of} photographs received.`
			: '';
	return `${things} on this tablet${since}.${received}`;
}

function next({ count }: Waiting, state: CarryingState, now: number): string {
	if (state.brake !== null)
		return (
			`The register says that ${state.brake.leaving} of your ${state.brake.held} cases are no longer yours. ` +
			'Nothing has been taken away; look at this before going on.'
		);
	if (state.signedOut)
		return count === 0
			? 'Your session has ended: sign in to see what is new.'
			: 'Your session has ended: sign in again and they are sent. They are safe here.';
	if (state.download !== null)
		return `Fetching your cases: ${state.download.done} of ${state.download.of}.`;
	if (state.problem !== null) return state.problem;
	if (state.carrying && count > 0) return 'Sending now.';
	if (state.carrying && !state.online) return 'Reaching the council’s register.';
	if (!state.online)
		return state.nextTry === null
			? 'Not connected to the council’s register.'
			: `Not connected to the council’s register; trying again ${soon(state.nextTry, now)}.`;
	return count === 0 || state.nextTry === null ? '' : `Sending again ${soon(state.nextTry, now)}.`;
}

function when(at: number, now: number): string {
	// made here and not at the start of the app, which has no time for them
	const london = (options: Intl.DateTimeFormatOptions) =>
		new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'Europe/London' });
	const clock = london({ hour: '2-digit', minute: '2-digit' });
	const day = london({ day: 'numeric', month: 'long', year: 'numeric' });
	return day.format(at) === day.format(now)
		? `at ${clock.format(at)}`
		: `on ${day.format(at)} at ${clock.format(at)}`;
}

function soon(at: number, now: number): string {
	const seconds = Math.round((at - now) / 1000);
	if (seconds <= 5) return 'in a moment';
	if (seconds < 90) return `in ${Math.round(seconds / 10) * 10} seconds`;
	return `in ${Math.round(seconds / 60)} minutes`;
}
