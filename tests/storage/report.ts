/** One thing that was looked at in a browser. */
export interface Check {
	name: string;
	/** the guarantee it bears on, if any */
	guarantee: number | null;
	passed: boolean;
	/** what the browser said when it did not */
	detail: string;
}

/** What the page in the browser tells the outside. */
export interface Report {
	phase: 'save' | 'look';
	agent: string;
	checks: Check[];
}
