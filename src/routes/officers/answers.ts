import type { RegisterClient } from '#lib/sync/transport.ts';

/** An officer as the register lists them for an administrator. */
export type ListedOfficer = Awaited<
	ReturnType<RegisterClient['officers']['list']['query']>
>[number];
