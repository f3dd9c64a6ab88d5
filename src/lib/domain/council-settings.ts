import { z } from 'zod';
import { bankHolidayList } from './clock/bank-holidays.ts';
import { localList } from './validation/local-list.ts';
import { councilFees } from './fee/council-fees.ts';

/**
 * What a council has been given or has chosen, by name. The register keeps one value of each and
 * devices hold a copy, so that both count with the same. Nothing secret, and nobody's name.
 */
export const councilSettings = {
	'bank-holidays': bankHolidayList,
	/** every version; none is ever changed */
	'local-lists': z.array(localList).max(100),
	fees: councilFees
} as const satisfies Record<string, z.ZodType>;
export type SettingName = keyof typeof councilSettings;
export type SettingOf<N extends SettingName> = z.infer<(typeof councilSettings)[N]>;

/** One setting as it travels. */
export interface SentSetting {
	name: string;
	value?: unknown;
}

/** A setting out of those that were sent or kept; null when it is not there, or of a version this app cannot read. */
export function settingOf<N extends SettingName>(
	settings: readonly SentSetting[],
	name: N
): SettingOf<N> | null {
	const sent = settings.find((one) => one.name === name);
	const read = sent === undefined ? undefined : councilSettings[name].safeParse(sent.value);
	return read?.success === true ? (read.data as SettingOf<N>) : null;
}
