import { generateKeyPairSync, sign } from 'node:crypto';

/** For tests: a certificate for one host name that vouches for itself, made anew each time (RFC 5280). */
export function selfSigned(host: string): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const algorithm = sequence(oid('2a8648ce3d040302'));
	const name = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(host)))));
	const day = 24 * 60 * 60 * 1000;
	const time = (shift: number) => {
		const iso = new Date(Date.now() + shift).toISOString();
		return tagged(0x18, Buffer.from(`${iso.slice(0, 19).replace(/[-:T]/g, '')}Z`));
	};
	const names = sequence(oid('551d11'), tagged(0x04, sequence(tagged(0x82, Buffer.from(host)))));
	const authority = sequence(
		oid('551d13'),
		tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff]))))
	);
	const content = sequence(
		tagged(0xa0, integer(2)),
		integer(1),
		algorithm,
		name,
		sequence(time(-day), time(day)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		tagged(0xa3, sequence(names, authority))
	);
	const signature = sign('sha256', content, privateKey);
	const whole = sequence(
		content,
		algorithm,
		tagged(0x03, Buffer.concat([Buffer.from([0]), signature]))
	);
	const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
	};
}

/** One element of DER: tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const head =
		length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...head]), content]);
}
const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]));
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
