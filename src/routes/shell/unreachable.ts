import { TRPCClientError } from '@trpc/client';

/**
 * Whether a call did not get through at all: no network, or an answer that was not the
 * register's own. An error the register itself sent has a shape and says what is wrong.
 */
export const isUnreachable = (error: unknown): boolean =>
	error instanceof TRPCClientError && (error.shape === undefined || error.shape === null);
