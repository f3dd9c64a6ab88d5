import type { RequestHandler } from './$types';
import { serveRecordBytes } from '#lib/server/blobs/serve-record.ts';

export const GET: RequestHandler = ({ request, locals, params, url }) =>
	serveRecordBytes(request, locals.council, locals.officer, {
		of: 'thumbnail',
		id: params.id,
		caseId: url.searchParams.get('case')
	});
