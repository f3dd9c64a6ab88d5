import { isListInDate } from '#lib/domain/workflow/invalid-reason.ts';

/** What stands behind a check. Only statute and a local list in date can make an application invalid. */
export type Basis = {
	/** as it is written in a letter: `DMPO 2015 (SI 2015/595), article 7(1)(c)(i)` */
	source: string;
	/** `established`: read in the instrument or a published page; else nobody has checked it yet */
	standing: 'established' | 'to be confirmed';
} & (
	| { kind: 'statute' | 'national-guidance' | 'advice' }
	| {
			kind: 'local-list';
			/** council's code */
			council: string;
			/** ISO date */
			adoptedOn: string;
			/** where the list is published; null when nobody has said */
			url: string | null;
	  }
);

export const basisWords: Record<Basis['kind'], string> = {
	statute: 'Statute',
	'national-guidance': 'National policy or guidance',
	'local-list': 'Local list',
	advice: 'Advice only'
};

const of =
	(kind: 'statute' | 'national-guidance' | 'advice', standing: Basis['standing']) =>
	(source: string): Basis => ({ kind, source, standing });

export const statute = of('statute', 'established');
/** Said to be the law by practitioners; the wording is to be confirmed before it is relied on. */
export const statuteUnconfirmed = of('statute', 'to be confirmed');
export const guidance = of('national-guidance', 'established');
export const advice = of('advice', 'established');

const dmpo =
	'Town and Country Planning (Development Management Procedure) (England) Order 2015 (SI 2015/595)';
/** `article 7(1)(c)(i)` → statute of the DMPO */
export const dmpoArticle = (article: string): Basis => statute(`${dmpo}, article ${article}`);
export const dmpoUnconfirmed = (article: string): Basis =>
	statuteUnconfirmed(`${dmpo}, article ${article}`);

/** Why a basis cannot make an application invalid, as a sentence; null when it can. */
export function whyNotInvalidating(basis: Basis, madeOn: string): string | null {
	switch (basis.kind) {
		case 'statute':
			return null;
		case 'national-guidance':
			return 'National policy does not by itself make an application invalid; a local list would.';
		case 'advice':
			return 'This is advice: no law or local list asks for it.';
		case 'local-list':
			if (isListInDate(basis.adoptedOn, madeOn)) return null;
			return basis.adoptedOn > madeOn
				? `The local list was adopted on ${basis.adoptedOn}, after the application was made on ${madeOn}: it counts as advice.`
				: `The local list was adopted on ${basis.adoptedOn}, more than two years before the application was made on ${madeOn}: it counts as advice.`;
	}
}
