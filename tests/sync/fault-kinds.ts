/**
 * Everything the simulator does to tablets, network, register and people, by name. Each is really
 * done to real code and counted when it has struck; the run fails when one never did.
 */
export const faultKinds = {
	'no network': 'a request never arrives',
	'answer lost': 'the register did it, and its answer never comes back',
	'register crashed before the commit':
		'it stops inside its transaction, and the request comes again',
	'sent twice': 'a push arrives twice, one right after the other',
	'arrives late': 'a push that the tablet had given up arrives when others have come and gone',
	'push cut': 'the request breaks off in the middle',
	'pull cut': 'the answer breaks off in the middle',
	'register at fault': 'the register answers that it failed',
	'too large for a proxy': 'something on the way takes only small requests',
	'captive portal': 'somebody else’s sign-in page answers',
	'upload cut': 'bytes stop half way',
	'upload damaged': 'a byte is changed on the way',
	'upload forgotten': 'the register no longer knows the half that had arrived',
	'signed out': 'the session ends, and the queue waits for the same officer',
	'register’s disk full': 'nothing more can be written there for a while',
	'register restarted': 'the process ends and begins again',
	'register restored': 'the register is again what it was at its last verified backup',
	'register restored twice': 'and once more, when some tablets had sent their work again',
	'backup made': 'register and blobs are copied and verified',
	'backup told late': 'work is in a verified backup long before tablets hear of it',
	'receipt key changed': 'new receipts are signed with another key',
	'epoch file lost': 'the file beside the register is gone, so a new history begins',
	'case reassigned': 'a case is given to somebody else while work on it is unsent',
	'officer revoked': 'an officer loses every role while out, and gets them back later',
	'team leader decides': 'what waits is accepted or declined, one tap',
	'second tab': 'the app is open twice, both write',
	'both tabs carry': 'the lock failed: two tabs carry at once',
	'carrying tab killed': 'the browser ends in the middle of carrying, another tab goes on',
	'browser restarted': 'closed and opened again',
	'browser died while saving': 'at one operation of a save, nothing was promised yet',
	'tablet full': 'no room for photographs; notes still save',
	'storage dropped': 'the browser drops its connection to the storage in mid-work',
	'storage evicted': 'the browser throws the tablet’s whole storage away',
	'clock off by minutes': 'the tablet’s clock is set up to ten minutes wrong',
	'clock off by a year': 'the tablet’s clock is set a year wrong',
	'clock set back on site': 'the clock jumps back by hours in the middle of a visit',
	'clocks change at night': 'British summer time begins while tablets are out',
	'old app upgraded': 'an app that could not read some records is replaced by one that can',
	'app newer than the register': 'a command says it is of a version the register does not know',
	'edit of something withdrawn': 'one withdraws a note while another, unknowing, edits it',
	'days pass': 'long enough for backed-up work to be released'
} as const;
export type FaultKind = keyof typeof faultKinds;

/** How often each kind has struck. */
export type Struck = Partial<Record<FaultKind, number>>;

export const count = (struck: Struck, kind: FaultKind, times = 1): void => {
	struck[kind] = (struck[kind] ?? 0) + times;
};

export const neverStruck = (struck: Struck): string[] =>
	Object.keys(faultKinds).filter((kind) => (struck[kind as FaultKind] ?? 0) === 0);
