/**
 * What only the council can open: an ephemeral key agrees with the council's (ECDH on P-256, one
 * pass, as in NIST SP 800-56A 6.2.2), HKDF-SHA-256 makes a key of it, AES-256-GCM seals.
 * P-256 because every browser's WebCrypto has it; X25519 is missing on tablets in use.
 */
export const councilCurve = { name: 'ECDH', namedCurve: 'P-256' } as const;
export const councilBoxInfo = 'bops council box 1';
/** bytes of an uncompressed point on P-256 */
export const pointLength = 65;
export const boxNonceLength = 12;

/** What the box around a device's data key is bound to: it opens for this device and officer only. */
export const dataKeyName = (device: string, officerId: string): string =>
	`data-key/${device}/${officerId}`;

/** Wrong PINs in a row, offline or online, after which the tablet needs the register. */
export const mostWrongPins = 10;

/** A PIN has so many characters at least; digits and letters. */
export const shortestPin = 6;

/** Milliseconds that a tablet opens without having met the register (setting of the house: seven days). */
export const leaseFor = 7 * 24 * 60 * 60 * 1000;

/** What an administrator has said of a device. */
export type Standing = 'good' | 'locked' | 'wipe' | 'wiped';
