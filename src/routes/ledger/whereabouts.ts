import type { LedgerThing, Whereabouts } from '#lib/local/ledger.ts';

/** In one sentence or less: where one thing is. Green only for what a receipt proves. */
export const whereWords: Record<Whereabouts, { words: string; colour: 'yellow' | 'green' }> = {
	'on-this-tablet': { words: 'On this tablet', colour: 'yellow' },
	received: { words: 'Received by the council', colour: 'green' },
	'backed-up': { words: 'Backed up', colour: 'green' }
};

/** Words travel before pictures: a photograph may be half there. */
export const moreWords = ({ kind, where, wordsReceived }: LedgerThing): string =>
	where === 'on-this-tablet' && wordsReceived && (kind === 'photo' || kind === 'document')
		? `Its words have been received; the ${kind === 'photo' ? 'picture' : 'file'} is still to come.`
		: '';
