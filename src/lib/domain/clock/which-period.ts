import { applicationType } from '../application-type.ts';
import type { Development } from './development.ts';
import { periods, type Period } from './periods.ts';

/** Which period applies, how it was chosen, and what a person still has to say. */
export interface Chosen {
	period: Period;
	why: string[];
	/** what decides it and nobody has said; null when nothing is open */
	ask: string | null;
}

/** First whether prior approval is required at all, and then the approval. */
export const inTwoSteps = (code: string): boolean =>
	applicationType(code)?.period === periods.notify28;

/** Null where nothing has to be decided in a set time, and for a type nobody knows. */
export function whichPeriod(
	code: string,
	development: Development,
	approvalRequired: boolean | null
): Chosen | null {
	const type = applicationType(code);
	const own = type?.period ?? null;
	if (type === undefined || own === null) return null;
	const why = [`Type: ${type.description}.`];
	if (own === periods.notify28 && approvalRequired === true)
		return {
			period: periods.notified56,
			why: [...why, 'The council has said that prior approval is required.'],
			ask: null
		};
	if (own.development === null) return { period: own, why, ask: null };
	if (development.eia === true)
		return {
			period: periods.eia,
			why: [...why, 'It is subject to environmental impact assessment.'],
			ask: null
		};
	if (development.publicService === true)
		return {
			period: periods.publicService,
			why: [...why, 'It is for public service infrastructure.'],
			ask:
				isMajor(own, development) === false
					? 'The ten weeks are for major development only, and this one is not recorded as major.'
					: null
		};
	return bySize(own, development, why);
}

/** What an officer has recorded, or else what the type says; null where neither does. A householder’s never is. */
export const isMajor = (own: Period, { major }: Pick<Development, 'major'>): boolean | null =>
	own.development === null ? false : (major ?? own.development.major);

function bySize(own: Period, { major }: Development, why: string[]): Chosen {
	const typeSays = own.development?.major ?? null;
	if (major === null) {
		return typeSays === null
			? {
					period: own,
					why: [...why, 'Nobody has recorded whether it is major development.'],
					ask: 'Is it major development? Then the council has 13 weeks, otherwise 8. Record the development type.'
				}
			: { period: own, why, ask: null };
	}
	const words = major ? 'It is recorded as major.' : 'It is recorded as not major.';
	if (major === typeSays) return { period: own, why: [...why, words], ask: null };
	const technical = own.development?.technical === true;
	const period = major
		? technical
			? periods.technicalMajor
			: periods.major
		: technical
			? periods.technicalMinor
			: periods.nonMajor;
	return {
		period,
		why: [...why, words],
		ask:
			typeSays === null
				? null
				: `The type says ${typeSays ? 'major' : 'not major'}, and what is recorded says otherwise. One of them has to be put right.`
	};
}
