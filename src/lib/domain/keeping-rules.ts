/** How long devices keep what the register has, and how old a backup may grow: dated, with their source. */
export interface KeepingRules {
	/** in force from this day on, YYYY-MM-DD */
	from: string;
	/** days that received and backed-up work stays on a device; a council may set another number */
	keepDays: number;
	/** a newest verified backup older than this is a fault, and devices release nothing, hours */
	staleAfterHours: number;
	/** days after a restore on which the desk is told what came back, and days back that a device counts as in use */
	restoreShownDays: number;
	source: string;
}

export const keepingRules: readonly KeepingRules[] = [
	{
		from: '2026-01-01',
		keepDays: 14,
		// one night's backup and two hours to spare
		staleAfterHours: 26,
		restoreShownDays: 30,
		source: 'docs/decisions/012-backups-and-restores.md'
	}
];

/** The rules in force at an instant; the earliest ones for times before any. */
export function keepingRulesAt(
	at: Date,
	rules: readonly KeepingRules[] = keepingRules
): KeepingRules {
	const day = at.toISOString().slice(0, 10);
	const inForce = rules.filter(({ from }) => from <= day).at(-1) ?? rules[0];
	if (inForce === undefined) throw new Error('there are no keeping rules');
	return inForce;
}

/** What the register tells devices of its backups: what they may let go, and when. */
export interface BackupState {
	/** the newest verified backup was taken then, an instant; null: there has never been one */
	lastAt: string | null;
	/** it is on the same disk as the register: good against mistakes, not against the loss of the machine */
	sameMachine: boolean;
	/** false: there is none, or it is too old; devices release nothing */
	releasing: boolean;
	/** days that received and backed-up work stays on a device */
	keepDays: number;
}
