import { metrics } from '#lib/server/api/metrics.ts';
import { running } from '#lib/server/process.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () =>
	new Response(metrics(running()), {
		headers: {
			'content-type': 'text/plain; version=0.0.4; charset=utf-8',
			'cache-control': 'no-store'
		}
	});
