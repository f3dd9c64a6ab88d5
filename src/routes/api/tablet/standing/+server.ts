import { problemAnswer } from '#lib/server/api/problem-answers.ts';
import { readBody } from '#lib/server/intake/body.ts';
import { DeviceLocks } from '#lib/server/sealing/device-locks.ts';
import { deviceWord, provenDevice } from '#lib/server/sealing/device-word.ts';
import type { RequestHandler } from './$types';

/** What an administrator has said of a device. The device asks without a session: it may have been ended. */
export const POST: RequestHandler = async ({ request, locals }) => {
	const sent: unknown = await readBody(request, 4 * 1024)
		.then((bytes): unknown => JSON.parse(new TextDecoder().decode(bytes)))
		.catch(() => null);
	if (!deviceWord.safeParse(sent).success)
		return problemAnswer(400, 'What was sent could not be read.');
	const { register } = locals.council;
	const device = provenDevice(register, sent);
	if (device === null) return problemAnswer(403, 'The register does not know this tablet.');
	const locks = new DeviceLocks(register);
	locks.did(device, 'met', new Date());
	return Response.json({ standing: locks.standing(device) });
};
