import type { Terminal } from './command.ts';

const width = 24;

/** A progress bar on standard error, drawn only where somebody watches; it leaves no trace when done. */
export class Progress {
	readonly #terminal: Terminal;
	readonly #what: string;
	readonly #began: number;
	#drawn = 0;

	constructor(terminal: Terminal, what: string) {
		this.#terminal = terminal;
		this.#what = what;
		this.#began = terminal.now().getTime();
	}

	show(done: number, of: number): void {
		const now = this.#terminal.now().getTime();
		if (!this.#terminal.watched || (now - this.#drawn < 100 && done < of)) return;
		this.#drawn = now;
		const part = of === 0 ? 1 : done / of;
		const bar = '█'.repeat(Math.round(part * width)).padEnd(width, '░');
		const left = done === 0 ? '' : `, ${inWords(((now - this.#began) / done) * (of - done))} left`;
		this.#terminal.err(`\r\u001b[K${this.#what} ${bar} ${done} of ${of}${done < of ? left : ''}`);
	}

	clear(): void {
		if (this.#terminal.watched) this.#terminal.err('\r\u001b[K');
	}
}

const inWords = (milliseconds: number): string => {
	const seconds = Math.ceil(milliseconds / 1000);
	return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
};
