interface Turns {
	locks: Pick<LockManager, 'request'>;
	page: EventTarget | null;
	/** whoever holds the lock of this name has the turn */
	name: string;
	/** aborted: no more turns are wanted */
	signal: AbortSignal;
}

/**
 * Does something while this tab has the turn, again and again. The turn is given up when the
 * page is left or put to sleep, so that another tab can go on, and asked for again when it wakes.
 * It is never taken away from another tab.
 *
 * @param hold resolves when `ends` is aborted
 */
export async function takeTurns(
	{ locks, page, name, signal }: Turns,
	hold: (ends: AbortSignal) => Promise<void>
): Promise<void> {
	while (!signal.aborted) {
		const turn = new AbortController();
		const leave = () => turn.abort();
		for (const event of ['pagehide', 'freeze']) page?.addEventListener(event, leave, { signal });
		const ends = AbortSignal.any([signal, turn.signal]);
		try {
			await locks.request(name, { signal: ends }, () => hold(ends));
		} catch (error) {
			if (!ends.aborted) throw error;
		}
		for (const event of ['pagehide', 'freeze']) page?.removeEventListener(event, leave);
		if (!signal.aborted) await awake(page, signal);
	}
}

function awake(page: EventTarget | null, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		signal.addEventListener('abort', () => resolve());
		for (const event of ['pageshow', 'resume', 'focus'])
			page?.addEventListener(event, () => resolve(), { signal, once: true });
	});
}
