import type { Device } from './device.ts';

/*
 * Words that the tablet's storage did not take, in the window's own memory: they outlive a
 * reload of the page, which is what a browser whose storage has died asks for, and not the
 * window. Words only, and only until they have been kept in their place.
 */

const nameOf = (device: Device, key: string) => `bops-unsaved:${device.officer.id}:${key}`;

/** The window's memory; null where there is none, or where it is refused. */
function memory(): Storage | null {
	try {
		return typeof sessionStorage === 'undefined' ? null : sessionStorage;
	} catch {
		return null;
	}
}

export function keepShadow(device: Device, key: string, text: string): void {
	try {
		memory()?.setItem(nameOf(device, key), text);
	} catch {
		// full too: the words are still on the screen
	}
}

/** Words that were not kept; null when there are none. */
export const shadowOf = (device: Device, key: string): string | null =>
	memory()?.getItem(nameOf(device, key)) ?? null;

export const forgetShadow = (device: Device, key: string): void =>
	memory()?.removeItem(nameOf(device, key));
