import type { RegisterClient } from '#lib/sync/transport.ts';

type Answer<Procedure extends { query: (...given: never[]) => Promise<unknown> }> = Awaited<
	ReturnType<Procedure['query']>
>;

export type IntakeList = Answer<RegisterClient['intake']['list']>;
export type IntakeRow = IntakeList['rows'][number];
export type PayloadState = IntakeRow['state'];
export type OpenedPayload = Answer<RegisterClient['intake']['read']>;
export type SetAside = Answer<RegisterClient['quarantine']['list']>[number];
