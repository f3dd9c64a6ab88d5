import type { PayloadState } from './answers.ts';

export const stateWords: Record<PayloadState, string> = {
	repair: 'To mend',
	resubmission: 'Resubmission',
	filed: 'Filed',
	attached: 'Attached',
	'set-aside': 'Put aside',
	superseded: 'Mended since'
};

export const stateColours = {
	repair: 'orange',
	resubmission: 'yellow',
	filed: 'teal',
	attached: 'teal',
	'set-aside': 'grey',
	superseded: 'grey'
} as const satisfies Record<PayloadState, string>;

/** A path in the JSON as a person reads it. */
export const pathWords = (path: string): string => (path === '$' ? 'The whole payload' : path);

/** Who sent it, as an officer says it. */
export function senderWords(sender: string): string {
	if (sender === 'import') return 'Imported by the operator';
	if (sender.startsWith('api:')) return sender.slice('api:'.length);
	return sender.startsWith('officer:') ? 'Mended here' : sender;
}
