import { version } from '$app/environment';
import type { Leave, TabletFacts } from '#lib/local/readiness.ts';
import type { RegisterClock } from '#lib/local/device.ts';

/** Nobody waits longer for a camera or a position, milliseconds. */
const patience = 3_000;

const late = <T>(value: T) =>
	new Promise<T>((resolve) => setTimeout(() => resolve(value), patience));

/** Opens the camera for a moment: the only proof that it opens. */
export async function tryCamera(): Promise<Leave> {
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	if (devices === undefined) return 'none';
	const opening = devices.getUserMedia({ video: true }).then(
		(stream): Leave => {
			for (const track of stream.getTracks()) track.stop();
			return 'granted';
		},
		(error: unknown): Leave => {
			const name = error instanceof DOMException ? error.name : '';
			return name === 'NotAllowedError'
				? 'denied'
				: name === 'NotFoundError' || name === 'OverconstrainedError'
					? 'none'
					: 'not-known';
		}
	);
	return Promise.race([opening, late<Leave>('asks')]);
}

export function tryPosition(): Promise<Leave> {
	if (!('geolocation' in navigator)) return Promise.resolve('none');
	const asking = new Promise<Leave>((resolve) => {
		navigator.geolocation.getCurrentPosition(
			() => resolve('granted'),
			({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : 'not-known'),
			{ timeout: patience, maximumAge: 60_000 }
		);
	});
	return Promise.race([asking, late<Leave>('not-known')]);
}

/** The version that the council serves; null when it cannot be asked. */
export async function versions(): Promise<TabletFacts['version']> {
	const latest = await fetch('/_app/version.json', {
		cache: 'no-store',
		signal: AbortSignal.timeout(patience)
	})
		.then(async (answer) => (answer.ok ? ((await answer.json()) as { version?: unknown }) : {}))
		.catch(() => ({ version: undefined }));
	return { here: version, latest: typeof latest.version === 'string' ? latest.version : null };
}

interface Battery {
	level: number;
	charging: boolean;
}

export async function battery(): Promise<Battery | null> {
	const asked = navigator as Navigator & { getBattery?: () => Promise<Battery> };
	const told = await asked.getBattery?.().catch(() => undefined);
	return told === undefined ? null : { level: told.level, charging: told.charging };
}

/** A clock that was compared longer ago says nothing of today, milliseconds. */
const today = 24 * 60 * 60_000;

export const offsetToday = (clock: RegisterClock | undefined, now: number): number | null =>
	clock === undefined || Math.abs(now - clock.at) > today ? null : clock.offset;

export const isInstalled = (): boolean =>
	matchMedia('(display-mode: standalone), (display-mode: fullscreen), (display-mode: minimal-ui)')
		.matches;
