import type { Measurement, Visit } from '#lib/domain/visit.ts';

export const visitStateWords: Record<Visit['state'], string> = {
	planned: 'Planned',
	started: 'On site',
	finished: 'Finished',
	cancelled: 'Cancelled'
};

export const outcomeWords: Record<NonNullable<Visit['outcome']>, string> = {
	completed: 'Site seen',
	'no-access': 'No access to the site',
	'nobody-home': 'Nobody home',
	aborted: 'Broken off'
};

export const methodWords: Record<Measurement['method'], string> = {
	tape: 'Tape',
	laser: 'Laser',
	'scaled-from-plan': 'Scaled from a plan',
	estimated: 'Estimated'
};
