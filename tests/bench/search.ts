import type { SearchQuery } from '#lib/server/register/search.ts';
import type { Bench } from './bench.ts';
import { RegisterClient } from './register-client.ts';
import { beside, median } from './report.ts';

export interface Question {
	/** what kind of words they are */
	what: string;
	ask: SearchQuery;
}

const asked = (query: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
	query,
	status: [],
	type: [],
	assignedTo: null,
	gaps: false,
	// as the page asks: the best match first, or without words the newest
	sort: { by: query === '' ? 'received' : 'relevance', descending: true },
	page: 1,
	pageSize: 25,
	...more
});

/** What officers type into the search of the register: rare words, common ones, and parts of words. */
export const questions: readonly Question[] = [
	{ what: 'a reference', ask: asked('16-00700-HAPP') },
	{ what: 'a bare number', ask: asked('700') },
	{ what: 'a house and its street', ask: asked('1 rowan road') },
	{ what: 'a street', ask: asked('willow lane') },
	{ what: 'a word of many streets', ask: asked('gardens') },
	{ what: 'a whole postcode', ask: asked('SW2 4QX') },
	{ what: 'a postcode’s district', ask: asked('SW2') },
	{ what: 'a surname', ask: asked('emberwick') },
	{ what: 'a name in part', ask: asked('robin ember') },
	{ what: 'the name of a document', ask: asked('heritage statement') },
	{ what: 'a word of a third of all proposals', ask: asked('extension') },
	{ what: 'words of every case', ask: asked('london robin') },
	{ what: 'one letter', ask: asked('e') },
	{ what: 'two letters', ask: asked('lo') },
	{
		what: 'common words, newest first',
		ask: asked('extension', { sort: { by: 'received', descending: true } })
	},
	{
		what: 'common words with filters',
		ask: asked('extension', { status: ['received'], assignedTo: 'nobody' })
	},
	{ what: 'nothing: all cases', ask: asked('') },
	{
		what: 'nothing, by address',
		ask: asked('', { sort: { by: 'address', descending: false } })
	},
	{ what: 'nothing, filtered', ask: asked('', { status: ['received'], assignedTo: 'nobody' }) },
	{ what: 'a page far down', ask: asked('london', { page: 40 }) }
];

/** Each question is put so often, and the middle time counts. */
const runs = 5;
const aim = 'under 100 ms';

/** The search of the whole register, over the network, as the page asks. Needs the server. */
export async function measureSearch(bench: Bench): Promise<void> {
	const { server, size } = bench;
	await server.start();
	const client = new RegisterClient(server.origin);
	await client.signIn('jo');
	bench.say('search');
	const times = new Map<string, number[]>();
	for (const { what, ask } of questions) {
		// the first one of all opens the register
		await client.search(ask);
		const took: number[] = [];
		for (let run = 0; run < runs; run += 1) took.push(await client.search(ask));
		times.set(what, took);
	}
	client.close();
	await server.stop();
	const middles = [...times.values()].map((times) => median(times));
	const [slowest = '', slow = []] =
		[...times].sort(([, a], [, b]) => median(b) - median(a))[0] ?? [];
	const measure = `Search, the middle one of ${questions.length} questions`;
	bench.add(beside({ measure, size, unit: 'ms', aim }, middles));
	bench.add(beside({ measure: `Search, the slowest: ${slowest}`, size, unit: 'ms', aim }, slow));
}
