import type { Standing } from '#lib/commands/council-box.ts';
import type { Wrap } from './data-key.ts';

/** What this browser keeps to open one officer's copy. None of it opens anything without the PIN or passkey. */
export interface KeyRow {
	officerId: string;
	deviceId: string;
	pin: Wrap;
	/** `prfSalt`: what the passkey is asked with, 32 random bytes */
	passkey: (Wrap & { credentialId: ArrayBuffer; prfSalt: ArrayBuffer }) | null;
	/** the data key in the council's box */
	box: ArrayBuffer;
	/** the register's word that the box is this device's: lets a locked tablet hand in its work */
	voucher: string;
	/** the register's halves, newest first, and until when they may be used; null: meet the register first */
	lease: { halves: string[]; until: number } | null;
	/** milliseconds since 1970: the latest that this device's clock has ever shown here */
	seenAt: number;
	/** wrong PINs in a row */
	wrongPins: number;
	/** everything in the officer's copy has been sealed under this key */
	sealed: boolean;
	/** what an administrator last said of this device, as far as it has heard */
	standing: Standing;
	/** the officer signed out with no connection: the register is told first thing */
	signOutDue: boolean;
}
