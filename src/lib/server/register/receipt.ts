import {
	createHash,
	createHmac,
	createSecretKey,
	timingSafeEqual,
	type KeyObject
} from 'node:crypto';
import canonicalize from 'canonicalize';
import { outcomes, type Outcome } from '#lib/commands/envelope.ts';

/** RFC 8785: the one text of a JSON value, whoever wrote it. */
export function canonicalJson(value: unknown): string {
	const text = canonicalize(value);
	if (text === undefined) throw new Error('this value has no JSON form');
	return text;
}

export const sha256Hex = (text: string | Uint8Array): string =>
	createHash('sha256').update(text).digest('hex');

/** What a receipt says of a command: when it was answered, and with what. */
export interface Vouched {
	epoch: string;
	seq: number;
	/** its number in the history it was first accepted in; equal to `seq` where nothing was ever lost */
	place: number;
	outcome: Outcome;
}
interface Subject {
	id: string;
	payloadHash: string;
	actor: string;
}

/**
 * Signs and recognises the register's receipts. The first key signs; older ones still verify,
 * so that a key can be changed. A receipt says only "this exact payload by this actor was once
 * answered so", and reads `<epoch>.<seq>.<place>.<outcome>.<signature>`.
 */
export class ReceiptKeys {
	readonly #keys: readonly KeyObject[];

	constructor(keys: readonly Buffer[]) {
		if (keys.length === 0 || keys.some((key) => key.byteLength < 32))
			throw new Error('a receipt key has at least 32 bytes');
		this.#keys = keys.map((key) => createSecretKey(key));
	}

	/** HMAC-SHA-256 over the parts, each with its length so that no two lists read alike. */
	sign(parts: readonly string[]): string {
		return mac(this.#keys[0] as KeyObject, parts).toString('base64url');
	}

	/** As `sign`, with each key: what an older one signed is still known by it. */
	signAll(parts: readonly string[]): string[] {
		return this.#keys.map((key) => mac(key, parts).toString('base64url'));
	}

	verify(parts: readonly string[], signature: string): boolean {
		const given = Buffer.from(signature, 'base64url');
		return this.#keys.some((key) => {
			const expected = mac(key, parts);
			return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
		});
	}

	receipt(subject: Subject, vouched: Vouched): string {
		const { epoch, seq, place, outcome } = vouched;
		return `${epoch}.${seq}.${place}.${outcome}.${this.sign(parts(subject, vouched))}`;
	}

	/** What the receipt vouches for, or null when it is not ours or not of this command. */
	read(receipt: string, subject: Subject): Vouched | null {
		const [epoch, number, placeNumber, outcome, signature, ...rest] = receipt.split('.');
		const [seq, place] = [Number(number), Number(placeNumber)];
		if (epoch === undefined || signature === undefined || rest.length > 0) return null;
		if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(place)) return null;
		if (!outcomes.includes(outcome as Outcome)) return null;
		const vouched = { epoch, seq, place, outcome: outcome as Outcome };
		return this.verify(parts(subject, vouched), signature) ? vouched : null;
	}
}

const parts = (
	{ id, payloadHash, actor }: Subject,
	{ epoch, seq, place, outcome }: Vouched
): string[] => ['command', id, payloadHash, epoch, String(seq), String(place), outcome, actor];

function mac(key: KeyObject, parts: readonly string[]): Buffer {
	const hmac = createHmac('sha256', key);
	for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
	return hmac.digest();
}
