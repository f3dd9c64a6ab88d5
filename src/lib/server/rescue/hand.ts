import type { Begin, ItemHead } from '#lib/commands/rescue-file.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Council } from '../installation.ts';
import { BoxNotOpened, openSealed, sealOf } from '../sealing/council-seal.ts';
import { boxHash, DeviceLocks } from '../sealing/device-locks.ts';

/** Why nothing of what was handed in could be taken in, as a sentence. Nothing was changed. */
export class HandInProblem extends Error {
	override name = 'HandInProblem';
}

/** A tablet's work as it was handed in, and the key that opens it. */
export interface Hand {
	author: Officer;
	device: string;
	/** the register's own word says that this box is this tablet's: whoever sealed it had its key */
	proven: boolean;
	key: Buffer;
}

/**
 * Opens the box that a tablet's work came with.
 * @throws HandInProblem for another council's, another key's, or a damaged one
 */
export async function openHand(council: Council, begin: Begin): Promise<Hand> {
	const { device, officer, council: whose, voucher } = begin;
	const box = Buffer.from(begin.box, 'base64');
	const key = await sealOf(council)
		.open(box, device, officer)
		.catch((error: unknown) => {
			if (!(error instanceof BoxNotOpened)) throw error;
			throw new HandInProblem(
				whose === council.name
					? `It was sealed for ${council.name}, but this register’s sealing key does not open it: the key was changed, or the file is damaged at its beginning. Nothing was taken in. Keep the file; whoever runs the server can put the council’s earlier sealing key back (keys/${council.code}.seal.pem).`
					: `It was made for ${whose}, and this is ${council.name}. Nothing was taken in. Only ${whose} can open it.`
			);
		});
	const { register } = council;
	const author = register.officers().get(officer);
	if (author === undefined || (register.ownerOf(device) ?? officer) !== officer)
		throw new HandInProblem(
			'Its officer is not known to this register. Nothing was taken in. Keep the file; if the register was restored from a backup, add the officer again by a newer backup.'
		);
	const proven = new DeviceLocks(register).isVouched(device, officer, boxHash(box), voucher);
	return { author, device, proven, key };
}

/** How a row is named where it lies on the tablet: its sealed body opens under this name only. */
export function nameOnTablet(head: Exclude<ItemHead, { is: 'unreadable' }>): string {
	if (head.is === 'command') return `outbox/${head.id}`;
	return head.is === 'draft' ? `drafts/${head.key}` : `captures/${head.key}/${head.sha256}`;
}

/** A sealed JSON body; null when it was changed, moved, or is not of this tablet. */
export function openJson(hand: Hand, sealed: Uint8Array, name: string): unknown {
	const opened = openSealed(hand.key, sealed, name);
	if (opened === null) return null;
	try {
		return JSON.parse(opened.toString('utf8'));
	} catch {
		return null;
	}
}
