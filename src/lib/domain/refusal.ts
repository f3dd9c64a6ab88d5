/** Every reason a rule can say no. The words an officer reads are in `refusalWords`, and only there. */
export const refusalWords = {
	'not-permitted': 'Your role does not allow this.',
	'not-your-case': 'This case is assigned to another officer.',
	'case-unknown': 'This case is not on the register.',
	'record-unknown': 'What this refers to is not on the case.',
	'already-exists': 'This is already on the case.',
	'type-not-configured': 'The council has not set up this application type. Choose another one.',
	'field-not-editable': 'This field cannot be changed by editing.',
	'value-not-accepted': 'The value does not fit the field.',
	'changed-meanwhile': 'Somebody else has changed this since you saw it. Look at it again.',
	'date-in-future': 'The date is in the future.',
	'date-before-received': 'The date is before the application was received.',
	'act-not-open': 'The case is not at a stage where this can be done.',
	'reason-missing': 'A reason is needed.',
	'basis-missing':
		'An application is made invalid only for reasons that rest on the law or on an adopted local list in date.',
	'check-not-right': 'A check says that something is not right.',
	'not-valid-yet': 'The application has not been made valid.',
	'no-recommendation': 'There is no recommendation to act on.',
	'same-person': 'The recommending officer may not sign off their own recommendation.',
	'not-signed-off': 'The recommendation has not been signed off.',
	'conflict-open': 'Two officers changed the same field; one value has to be chosen first.',
	'visit-not-started': 'The visit has not been started.',
	'visit-already-started': 'The visit has already been started.',
	'visit-over': 'The visit is already finished or cancelled.',
	'already-resolved': 'Somebody has already chosen.',
	'already-withdrawn': 'This has already been withdrawn.',
	'time-not-extendable': 'The time for this kind of application cannot be extended by agreement.',
	'officer-unknown': 'There is no such officer in this council, or they have left.',
	'needs-register': 'This needs the council’s register, and there is no connection to it.',
	'payload-too-large': 'There is too much text in one go. Split it in two.',
	'version-unknown': 'This was recorded by a version of the app that the register does not know.',
	'payload-not-understood': 'The register could not read this. It is kept for a person to look at.',
	'id-used-twice': 'The same item arrived twice with different content. Both are kept.',
	'not-proven':
		'It came in a rescue file that the register cannot tell to be its author’s. It is kept for the team leader.',
	'from-wiped-tablet':
		'It was on a tablet that an administrator had sealed and wiped. It is kept for the team leader.',
	'never-finished':
		'These words were being typed on a tablet and never finished. They are kept to be read, and cannot be put on the case by themselves.',
	'no-longer-assigned':
		'The case is no longer yours. What you recorded is kept for the team leader.'
} as const;
export type RefusalCode = keyof typeof refusalWords;

/** A "no" as a value: a code, and where it helps, what exactly. A fault in the program throws instead. */
export interface Refusal {
	refused: RefusalCode;
	detail?: string;
}
export const refuse = (refused: RefusalCode, detail?: string): Refusal =>
	detail === undefined ? { refused } : { refused, detail };

export const isRefusal = (result: object): result is Refusal => 'refused' in result;

/** The sentence shown to the officer. */
export const refusalSentence = (refusal: Refusal): string =>
	refusal.detail === undefined
		? refusalWords[refusal.refused]
		: `${refusalWords[refusal.refused]} ${refusal.detail}`;
