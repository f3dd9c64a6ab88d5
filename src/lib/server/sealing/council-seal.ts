import { createDecipheriv, generateKeyPairSync, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
	boxNonceLength,
	councilBoxInfo,
	councilCurve,
	dataKeyName,
	pointLength
} from '#lib/commands/council-box.ts';
import type { Council } from '#lib/server/installation.ts';
import { splitSealed } from '#lib/commands/sealed-body.ts';

type Key = webcrypto.CryptoKey;
const { subtle } = webcrypto;
const utf8 = new TextEncoder();
const bytesOf = (given: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(given);

/** A box that does not open: made for another council, device or officer, or damaged. */
export class BoxNotOpened extends Error {
	override name = 'BoxNotOpened';
}

/**
 * The council's key for what its devices seal for it. The private half is a file beside the receipt
 * key, outside the register and its folder; it is made with the council, or when it is first needed.
 */
export class CouncilSeal {
	readonly #file: string | null;
	#pair: Promise<{ secret: Key; point: Uint8Array<ArrayBuffer> }> | null = null;

	/** @param file null: a key that ends with the process */
	constructor(file: string | null) {
		this.#file = file;
	}

	/** The public key as devices use it: an uncompressed point on P-256, base64. */
	async publicKey(): Promise<string> {
		return Buffer.from((await this.#keys()).point).toString('base64');
	}

	/** The data key in a device's box. @throws BoxNotOpened */
	async open(box: Uint8Array, device: string, officerId: string): Promise<Buffer> {
		const { secret, point } = await this.#keys();
		try {
			const ephemeral = bytesOf(box.subarray(0, pointLength));
			const other = await subtle.importKey('raw', ephemeral, councilCurve, false, []);
			const shared = await subtle.deriveBits({ name: 'ECDH', public: other }, secret, 256);
			const root = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
			const key = await subtle.deriveKey(
				{
					name: 'HKDF',
					hash: 'SHA-256',
					salt: new Uint8Array([...ephemeral, ...point]),
					info: utf8.encode(councilBoxInfo)
				},
				root,
				{ name: 'AES-GCM', length: 256 },
				false,
				['decrypt']
			);
			const begin = pointLength + boxNonceLength;
			const opened = await subtle.decrypt(
				{
					name: 'AES-GCM',
					iv: bytesOf(box.subarray(pointLength, begin)),
					additionalData: utf8.encode(dataKeyName(device, officerId))
				},
				key,
				bytesOf(box.subarray(begin))
			);
			if (opened.byteLength !== 32) throw new BoxNotOpened();
			return Buffer.from(opened);
		} catch {
			throw new BoxNotOpened(
				'This was sealed for another council, or by another tablet, or it is damaged.'
			);
		}
	}

	#keys() {
		return (this.#pair ??= this.#read());
	}

	async #read(): Promise<{ secret: Key; point: Uint8Array<ArrayBuffer> }> {
		if (this.#file !== null) makeSealKey(this.#file);
		const pkcs8 = this.#file === null ? fromPem(newKey()) : readKey(this.#file);
		const secret = await subtle.importKey('pkcs8', bytesOf(pkcs8), councilCurve, true, [
			'deriveBits'
		]);
		const jwk = await subtle.exportKey('jwk', secret);
		const coordinate = (text = '') => Buffer.from(text, 'base64url');
		const point = new Uint8Array([4, ...coordinate(jwk.x), ...coordinate(jwk.y)]);
		return { secret, point };
	}
}

/** Where the private half of a council's sealing key is: beside its receipt key, outside its folder. */
export const sealFile = (dataDir: string, code: string): string =>
	join(dataDir, 'keys', `${code}.seal.pem`);

const opened = new WeakMap<Council['register'], CouncilSeal>();

/** One for each council and process. */
export function sealOf({ register, folder, code }: Council): CouncilSeal {
	const known = opened.get(register);
	if (known !== undefined) return known;
	const made = new CouncilSeal(folder === '' ? null : sealFile(dirname(folder), code));
	opened.set(register, made);
	return made;
}

const newKey = (): string =>
	generateKeyPairSync('ec', { namedCurve: councilCurve.namedCurve })
		.privateKey.export({ type: 'pkcs8', format: 'pem' })
		.toString();

/** Makes a council's sealing key where there is none yet. */
export function makeSealKey(file: string): void {
	if (existsSync(file)) return;
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	try {
		writeFileSync(file, newKey(), { mode: 0o600, flag: 'wx' });
	} catch (error) {
		// another process was faster: its key is the council's
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}

const fromPem = (text: string): Buffer =>
	Buffer.from(text.replaceAll(/-----.*-----|\s/g, ''), 'base64');

function readKey(file: string): Buffer {
	if ((statSync(file).mode & 0o077) !== 0)
		throw new Error(
			`Other users of this machine can reach the sealing key ${file}. Run: chmod 600 ${file}`
		);
	return fromPem(readFileSync(file, 'utf8'));
}

/** Opens what a device sealed under its data key; null when it was changed, moved, or never sealed so. */
export function openSealed(dataKey: Buffer, sealed: Uint8Array, name: string): Buffer | null {
	const parts = splitSealed(bytesOf(sealed));
	if (parts === null) return null;
	const { nonce, ciphertext } = parts;
	const opener = createDecipheriv('aes-256-gcm', dataKey, nonce);
	opener.setAAD(utf8.encode(name));
	opener.setAuthTag(ciphertext.subarray(-16));
	try {
		return Buffer.concat([opener.update(ciphertext.subarray(0, -16)), opener.final()]);
	} catch {
		return null;
	}
}
