const shortest = 2_000;
const longest = 5 * 60 * 1000;
/** Somebody who looks at the screen is waiting for it. */
const longestWatched = 20_000;

/**
 * Milliseconds to wait after so many failures in a row: longer each time, never more than
 * five minutes, or twenty seconds while somebody looks; never for ever, and not the same for
 * every tablet of a council.
 * @param chance between 0 and 1
 */
export const pauseAfter = (failures: number, chance: number, watched = false): number =>
	Math.min(watched ? longestWatched : longest, shortest * 2 ** Math.min(failures - 1, 20)) *
	(0.5 + chance / 2);

/** A time of waiting by the device's own clock, milliseconds since 1970. */
export interface Waiting {
	since: number;
	until: number;
}

/** Over also when the clock has been set back meanwhile: nobody waits for it to catch up. */
export const isOver = ({ since, until }: Waiting, now: number): boolean =>
	now >= until || now < since;
