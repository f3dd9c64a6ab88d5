import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { actsRouter } from './api/acts-router.ts';
import { assignmentRouter } from './api/assignment-router.ts';
import { calendarRouter } from './api/calendar-router.ts';
import { deviceLocksRouter } from './api/device-locks-router.ts';
import { devicesRouter } from './api/devices-router.ts';
import { erasureRouter } from './api/erasure-router.ts';
import { intakeRouter } from './api/intake-router.ts';
import { keysRouter } from './api/keys-router.ts';
import { officersRouter } from './api/officers-router.ts';
import { router } from './api/procedure.ts';
import { quarantineRouter } from './api/quarantine-router.ts';
import { registerRouter } from './api/register-router.ts';
import { syncRouter } from './api/sync-router.ts';

/** Everything a signed-in officer's page or device can ask of the register. */
export const appRouter = router({
	sync: syncRouter,
	register: registerRouter,
	acts: actsRouter,
	assignment: assignmentRouter,
	intake: intakeRouter,
	erasure: erasureRouter,
	quarantine: quarantineRouter,
	calendar: calendarRouter,
	officers: officersRouter,
	devices: devicesRouter,
	deviceLocks: deviceLocksRouter,
	keys: keysRouter
});

export type AppRouter = typeof appRouter;
export type ApiInputs = inferRouterInputs<AppRouter>;
export type ApiOutputs = inferRouterOutputs<AppRouter>;
