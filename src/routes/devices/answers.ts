import type { RegisterClient } from '#lib/sync/transport.ts';

type Devices = RegisterClient['devices'];

/** What the register knows of the council's devices, backups and alarms. */
export type DevicesAnswer = Awaited<ReturnType<Devices['list']['query']>>;
export type ListedDevice = DevicesAnswer['devices'][number];
export type DeviceLock = Awaited<
	ReturnType<RegisterClient['deviceLocks']['list']['query']>
>[number];
export type Alarm = DevicesAnswer['alarms'][number];
export type RestoredAnswer = Awaited<ReturnType<Devices['restored']['query']>>;
