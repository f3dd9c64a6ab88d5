import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';

/** How a device names itself when nobody is signed in on it: by the register's own word for its box. */
export const deviceWord = z.strictObject({
	device: id,
	officer: id,
	/** SHA-256 of the box, hexadecimal */
	box: z.string().regex(/^[0-9a-f]{64}$/),
	voucher: z.string().max(200)
});
