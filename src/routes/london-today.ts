import { londonDay } from '#lib/domain/london-day.ts';

/** Today in London, by this device's clock. */
export const londonToday = (): string => londonDay(new Date().toISOString());
