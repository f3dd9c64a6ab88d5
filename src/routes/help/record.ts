/** What the tests of the guarantees counted, as docs/reliability/record.json keeps it. */
interface PublishedRecord {
	/** `at`: when that run ended */
	last: { at: string; version: string };
	/** guarantees whose tests passed when they were last run */
	proven: number;
	of: number;
	browsers: { name: string; version: string | null; words: string }[];
	tried: { what: string; counted: string }[];
}

const published = import.meta.glob<PublishedRecord>('/docs/reliability/record.json', {
	eager: true,
	import: 'summary'
});

/** null: this version was built without one */
export const record: PublishedRecord | null = Object.values(published)[0] ?? null;
