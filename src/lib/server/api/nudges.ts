import type { Logger } from 'pino';
import type { Council } from '#lib/server/installation.ts';
import type { EventStreams } from './event-streams.ts';

/** Commits within this time are told of together, milliseconds. */
const together = 50;

const watched = new WeakSet<Council['register']>();

/**
 * Tells the event streams of a council when its register has moved on, whoever wrote: this
 * process or another. Only the officers whose devices have something to fetch hear of it.
 * Asked again for the same register it does nothing: a council may be added while we run.
 */
export function nudgeOnChange(
	{ code, register }: Council,
	streams: EventStreams,
	log: Logger
): void {
	if (watched.has(register)) return;
	watched.add(register);
	let told = register.head();
	let timer: NodeJS.Timeout | null = null;
	const tell = () => {
		timer = null;
		try {
			news();
		} catch (error) {
			// devices also ask by themselves: a nudge that fails costs a minute, not the server
			log.error({ err: error, council: code }, 'no nudge');
		}
	};
	const news = () => {
		const head = register.head();
		// signing in writes too: only a new number is news
		if (head === told) return;
		const concerned = streams.count(code) === 0 ? new Set<string>() : concernedBy(register, told);
		told = head;
		streams.tell(code, head, concerned);
	};
	register.onChange(() => (timer ??= setTimeout(tell, together).unref()));
}

/** Officers with a changed case in their scope; null for everybody, when the list of officers changed. */
function concernedBy(register: Council['register'], after: number): ReadonlySet<string> | null {
	const { sqlite } = register.connection;
	const officers = sqlite
		.prepare<[{ after: number }], string>(
			`select distinct officer_id from change_log
				where seq > @after and op in ('scope-add', 'scope-remove')
			union select distinct s.officer_id from change_log c join scope s on s.case_id = c.case_id
				where c.seq > @after and c.op = 'put'
			union select '' from change_log where seq > @after and op = 'officers'`
		)
		.pluck()
		.all({ after });
	return officers.includes('') ? null : new Set(officers);
}
