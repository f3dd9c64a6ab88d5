import type { Dexie } from 'dexie';

/** The device's storage failed. `message` is the sentence for the officer. */
export class DeviceProblem extends Error {
	override name = 'DeviceProblem';
	readonly kind: 'full' | 'broken' | 'outdated';

	constructor(kind: 'full' | 'broken' | 'outdated', cause: unknown) {
		super(sentences[kind], { cause });
		this.kind = kind;
	}
}

const sentences = {
	full:
		'This tablet is full. What you made is still on screen and is not saved yet. ' +
		'Free some space on the tablet, then save again.',
	broken:
		'This tablet’s storage does not answer. What you typed is still on screen and is not saved yet. ' +
		'Close other tabs of this app, then save again. What was saved before is safe.',
	outdated:
		'A newer version of this app is open in another tab. Reload this page to go on; everything saved is kept.'
} as const;

/** The error itself and everything it wraps: Dexie hides the browser's reason in `inner`. */
function* reasons(error: unknown): Generator<{ name: string; message: string }> {
	for (let at = error, depth = 0; at instanceof Object && depth < 6; depth++) {
		yield { name: String(Reflect.get(at, 'name')), message: String(Reflect.get(at, 'message')) };
		const inner: unknown = Reflect.get(at, 'inner');
		at = inner instanceof Object ? inner : Reflect.get(at, 'cause');
	}
}

const some = (error: unknown, names: readonly string[]): boolean =>
	[...reasons(error)].some(({ name }) => names.includes(name));

// a disk that is really full is not the browser's quota: Chromium then says that bytes could not be written
const isFull = (error: unknown) =>
	some(error, ['QuotaExceededError']) ||
	[...reasons(error)].some(({ message }) => message.startsWith('Failed to write blobs'));
const isOutdated = (error: unknown) => some(error, ['VersionError']);
const isBroken = (error: unknown) =>
	some(error, [
		'DatabaseClosedError',
		'InvalidStateError',
		'UnknownError',
		'TimeoutError',
		'OpenFailedError'
	]) ||
	[...reasons(error)].some(({ message }) => /connection.*(closing|closed|lost)/i.test(message));

const attempts = 4;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Runs work on the database again after reopening it, when the browser has dropped the
 * connection: browsers do so in the background, and the officer must not notice.
 * Work has to bear being run twice.
 */
export class Healing {
	readonly #db: Dexie;
	readonly #note: (what: string, detail: string) => void;
	#opened = 0;
	#reopening: Promise<void> | null = null;

	constructor(db: Dexie, note: (what: string, detail: string) => void) {
		this.#db = db;
		this.#note = note;
	}

	async run<T>(work: () => PromiseLike<T>): Promise<T> {
		for (let attempt = 1; ; attempt++) {
			const opened = this.#opened;
			try {
				return await work();
			} catch (error) {
				if (isFull(error)) {
					this.#note('full', String(error));
					throw new DeviceProblem('full', error);
				}
				if (isOutdated(error)) throw new DeviceProblem('outdated', error);
				if (!isBroken(error)) throw error;
				if (attempt === attempts) throw new DeviceProblem('broken', error);
				await pause(20 * 4 ** (attempt - 1));
				if (opened === this.#opened) await this.#reopen(String(error));
			}
		}
	}

	/** One reopening at a time: two would close each other's transactions. */
	async #reopen(why: string): Promise<void> {
		this.#reopening ??= (async () => {
			try {
				this.#db.close({ disableAutoOpen: false });
				await this.#db.open();
				this.#note('reopened', why);
			} catch {
				// the next attempt meets the same fault and decides
			} finally {
				this.#opened++;
				this.#reopening = null;
			}
		})();
		await this.#reopening;
	}
}
