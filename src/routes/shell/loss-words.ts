import type { Lost } from '#lib/local/eviction.ts';
import { countOf } from '#lib/local/number-runs.ts';

const things = (n: number) => (n === 1 ? '1 thing' : `${n} things`);
const pictures = (n: number) => (n === 1 ? '1 photograph' : `${n} photographs`);

/** What has become of work that this browser has lost, in sentences for its officer. */
export function lossSentences({ waiting, missing, pictures: ids, numbered }: Lost): string[] {
	const waited = countOf(waiting);
	if (waited + ids.length === 0)
		return [
			'Everything recorded here had been received by the council. Nothing is lost, and it is fetched again.'
		];
	if (missing === null)
		return [
			'When it was last counted, ' +
				[
					...(waited > 0 ? [`${things(waited)} recorded here had not been answered`] : []),
					...(ids.length > 0 ? [`${pictures(ids.length)} had not been sent`] : [])
				].join(' and ') +
				'. Which of them the council has received is asked as soon as there is a connection.'
		];
	if (missing.commands + missing.pictures === 0)
		return ['The council has received everything that was recorded here. Nothing is lost.'];
	return [
		...(missing.commands > 0
			? [
					`${things(missing.commands)} of the ${numbered} that this tablet had numbered ${missing.commands === 1 ? 'was' : 'were'} never received by the council.`
				]
			: []),
		...(missing.pictures > 0
			? [
					`Of ${pictures(missing.pictures)} the council has the words, but never received the picture.`
				]
			: []),
		'They cannot be brought back from this browser: record them again, and tell your administrator.'
	];
}
