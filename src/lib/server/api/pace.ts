import { TRPCError } from '@trpc/server';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/**
 * Holds a caller to so many acts in so many seconds, so that one that loops on a fault
 * does not starve the others.
 *
 * @param what the sentence the caller reads before "Try again in 5 seconds."
 */
export function pace(points: number, seconds: number, what: string) {
	const limiter = new RateLimiterMemory({ points, duration: seconds });
	return async (key: string): Promise<void> => {
		try {
			await limiter.consume(key);
		} catch (problem) {
			if (!(problem instanceof RateLimiterRes)) throw problem;
			const wait = Math.ceil(problem.msBeforeNext / 1000);
			throw new TRPCError({
				code: 'TOO_MANY_REQUESTS',
				message: `${what} Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`
			});
		}
	};
}
