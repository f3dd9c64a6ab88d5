import { recentHealth } from '#lib/server/api/health.ts';
import { running } from '#lib/server/process.ts';
import type { RequestHandler } from './$types';

/** For monitoring: 200 with what is degraded in words; 503 only when no command can be accepted. */
export const GET: RequestHandler = async () => {
	const { installation, configuration, log } = running();
	const answer = await recentHealth(
		installation.councils(),
		configuration.dataDir,
		new Date(),
		(council, err) => log.error({ council, err }, 'a register takes no commands')
	);
	return Response.json(answer, {
		status: answer.status === 'down' ? 503 : 200,
		headers: { 'cache-control': 'no-store' }
	});
};
