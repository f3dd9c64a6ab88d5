import { caseActs } from './case-status.ts';

/**
 * Events of the national `permission-process-event` codelist (planning application data
 * specification 0.2.4, Open Government Licence v3.0), with its names.
 */
export const nationalEvents: Readonly<Record<string, string>> = {
	'application-submitted': 'Application submitted',
	'invalid-from': 'Invalid',
	'valid-from': 'Valid',
	'validation-completed': 'Validation completed',
	'application-published': 'Application published',
	'publicity-start': 'Publicity start',
	'additional-information-requested': 'Additional information requested',
	'additional-information-received': 'Additional information received',
	'consultation-start': 'Consultation start',
	'consultation-end': 'Consultation end',
	'consultees-contacted': 'Consultees contacted',
	'call-in-direction-issued': 'Call-in direction issued',
	'committee-date': 'Committee date',
	'resolution-to-grant': 'Resolution to grant',
	'resolution-to-refuse': 'Resolution to refuse',
	'time-extension-agreed': 'Time extension agreed'
};

/** Events of our own, where the national list has none. */
export const ownEvents: Readonly<Record<string, string>> = {
	'case-assigned': 'Case assigned',
	'approval-required-recorded': 'Whether prior approval is required recorded',
	'clock-entry-withdrawn': 'Agreement or publicity recorded by mistake: taken back',
	'capture-withdrawn': 'Photograph, measurement or note taken back',
	'conflict-resolved': 'One of two values chosen',
	'check-answer-withdrawn': 'What was said of a check taken back',
	'check-overridden': 'Result of a check overridden',
	'checks-answered': 'Checks looked at',
	'document-added': 'Document added',
	'document-supplied': 'File of a named document supplied',
	'document-received': 'Document received',
	edited: 'Details changed',
	'edit-conflict': 'Two officers changed the same field',
	'edit-superseded': 'Details changed, then changed again: the later change stands',
	'late-work-seen': 'Work that came after the case had ended was looked at',
	'measurement-taken': 'Measurement taken',
	'note-written': 'Note written',
	'payment-recorded': 'Payment recorded',
	'payment-withdrawn': 'Payment or refund taken back',
	'performance-agreement-made': 'Planning performance agreement made',
	'photo-received': 'Photograph received by the council',
	'photo-taken': 'Photograph taken',
	'refund-recorded': 'Refund recorded',
	'required-information-recorded': 'Day recorded on which all required information had arrived',
	'resubmission-attached': 'Submission sent again, joined to this case',
	'submission-erased': 'What was submitted was erased',
	'records-erased': 'Records were erased for a person',
	'type-changed': 'Application type changed',
	'visit-planned': 'Visit planned',
	'visit-started': 'Visit started',
	'visit-finished': 'Visit finished',
	'visit-cancelled': 'Visit cancelled',
	[caseActs.recommend.event]: 'Decision recommended',
	[caseActs['withdraw-recommendation'].event]: 'Recommendation withdrawn',
	[caseActs['sign-off'].event]: 'Recommendation signed off',
	[caseActs['request-correction'].event]: 'Corrections requested',
	[caseActs.determine.event]: 'Determined',
	[caseActs.return.event]: 'Returned to the applicant',
	[caseActs.withdraw.event]: 'Withdrawn by the applicant',
	[caseActs.close.event]: 'Closed',
	[caseActs.reopen.event]: 'Re-opened',
	[caseActs.quash.event]: 'Decision quashed'
};

/** What the timeline says; an event of a newer version is named by its code, readably. */
export function eventWords(type: string): string {
	const words = Object.hasOwn(nationalEvents, type)
		? nationalEvents[type]
		: Object.hasOwn(ownEvents, type)
			? ownEvents[type]
			: undefined;
	if (words !== undefined) return words;
	const readable = type.replaceAll('-', ' ');
	return readable.charAt(0).toUpperCase() + readable.slice(1);
}
