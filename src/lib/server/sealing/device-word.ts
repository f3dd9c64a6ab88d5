import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import type { Register } from '../register/register.ts';
import { DeviceLocks } from './device-locks.ts';

/** How a device names itself when nobody is signed in on it: by the register's own word for its box. */
export const deviceWord = z.strictObject({
	device: id,
	officer: id,
	/** SHA-256 of the box, hexadecimal */
	box: z.string().regex(/^[0-9a-f]{64}$/),
	voucher: z.string().max(200)
});

/** Carries the device's word, as JSON, where the body is of another kind. */
export const wordHeader = 'bops-device-word';

/** The device that this word proves; null when the register did not give it. */
export function provenDevice(register: Register, word: unknown): string | null {
	const read = deviceWord.safeParse(typeof word === 'string' ? parsed(word) : word);
	if (!read.success) return null;
	const { device, officer, box, voucher } = read.data;
	return new DeviceLocks(register).isVouched(device, officer, box, voucher) ? device : null;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
