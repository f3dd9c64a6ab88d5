import type { WriteStream } from 'node:tty';
import type { Progress } from './make-council.ts';

const width = 24;

/** A bar on a terminal; a line for each beginning, and nothing more, in a log. */
export function showProgress(out: WriteStream & { fd: 2 }): Progress {
	let shown = '';
	let began = 0;
	let drawnAt = 0;
	return (what, done, of) => {
		const now = performance.now();
		if (what !== shown) {
			began = now;
			if (!out.isTTY) out.write(`${what} …\n`);
		}
		const isOther = what !== shown;
		shown = what;
		if (!out.isTTY || (!isOther && now - drawnAt < 100 && done < of)) return;
		drawnAt = now;
		const share = of === 0 ? 1 : done / of;
		const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
		const left = done === 0 ? '' : `, ${inWords(((now - began) / done) * (of - done))} left`;
		const end = done >= of ? '\n' : '';
		out.write(`\r\u001b[K${what.padEnd(18)} ${bar} ${done} of ${of}${done < of ? left : ''}${end}`);
	};
}

const inWords = (milliseconds: number): string => {
	const seconds = Math.ceil(milliseconds / 1000);
	return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
};
