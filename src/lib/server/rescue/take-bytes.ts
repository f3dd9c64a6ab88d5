import { createDecipheriv } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BytesHead, TakenIn } from '#lib/commands/rescue-file.ts';
import { nonceLength, sealedOverhead, splitSealed } from '#lib/commands/sealed-body.ts';
import { bytesOf } from '../blobs/council-bytes.ts';
import { finalise } from '../blobs/finalise.ts';
import { heldInCase, receiptOf, receiveBytes } from '../blobs/received.ts';
import { namedBytes } from '../blobs/words-first.ts';
import type { Council } from '../installation.ts';
import { sha256Hex } from '../register/receipt.ts';
import { nameOnTablet, type Hand } from './hand.ts';

/** A part that nobody went on with for a week goes: it is asked for again, milliseconds. */
const partKept = 7 * 24 * 60 * 60 * 1000;
const prefix = 'handed-';

const damaged =
	'Its bytes are not the ones that were recorded: they were damaged on the tablet or in the file. Nothing of them was kept. Keep the tablet.';
const wordless =
	'The register does not know whose bytes these are: the words that name them did not come in. Keep the file and the tablet.';

/**
 * Takes in bytes as a tablet sealed them, a piece at a time. An empty piece asks: are they here?
 * They count once they have been opened, hashed again from the disk, and a row is committed.
 *
 * @param piece of the sealed bytes, from `head.from` on
 */
export async function takeBytes(
	council: Council,
	hand: Hand,
	head: BytesHead,
	piece: Uint8Array,
	now: Date
): Promise<TakenIn> {
	const { key, commandId, caseId, of, id, sha256 } = head;
	const answer = (came: TakenIn['came'], why: string | null = null, from = 0): TakenIn => ({
		...{ is: 'bytes', key, commandId, caseId, came, from, why, said: null }
	});
	const { register } = council;
	const { blobs } = bytesOf(council);
	const whose = { caseId, of, id };
	const onDisk = (await blobs.size(sha256)) !== null;
	if (receiptOf(register, whose, sha256) !== null && onDisk) return answer('already');
	if (namedBytes(register, { ...whose, sha256, mime: '' }) === null) return answer('not', wordless);
	const held = heldInCase(register, caseId, sha256);
	if (held !== null && onDisk) {
		receiveBytes(register, held, whose, hand.author.id, now);
		return answer('in');
	}
	const part = await partOf(council, hand, head, now);
	const reached = await grow(part, head, piece);
	if (reached < head.sealedSize) return answer('wanted', null, reached);
	const plain = `${part}.open`;
	try {
		if (!(await openPart(part, plain, hand, head))) return answer('not', damaged);
		const kept = await finalise(plain, { sha256, size: null }, bytesOf(council));
		if ('wrong' in kept) return answer('not', damaged);
		receiveBytes(register, kept, whose, hand.author.id, now);
		return answer('in');
	} finally {
		await rm(part, { force: true });
		await rm(plain, { force: true });
	}
}

/** Where the pieces of these bytes gather; those that were given up are removed on the way. */
async function partOf(council: Council, { device }: Hand, head: BytesHead, now: Date) {
	const folder = join(council.folder, 'uploads');
	await mkdir(folder, { recursive: true, mode: 0o700 });
	for (const name of await readdir(folder)) {
		if (!name.startsWith(prefix)) continue;
		const { mtimeMs } = await stat(join(folder, name));
		if (now.getTime() - mtimeMs > partKept) await rm(join(folder, name), { force: true });
	}
	const { key, sha256, sealedSize } = head;
	return join(folder, prefix + sha256Hex([device, key, sha256, String(sealedSize)].join(' ')));
}

/** Adds a piece where it belongs, or nothing. Gives how far the part reaches. */
async function grow(part: string, { from, sealedSize }: BytesHead, piece: Uint8Array) {
	const file = await open(part, 'a+', 0o600);
	try {
		const { size } = await file.stat();
		const reaches = from + piece.byteLength;
		if (from > size || reaches <= size || reaches > sealedSize) return size;
		await file.appendFile(piece.subarray(size - from));
		return reaches;
	} finally {
		await file.close();
	}
}

/** Opens a whole sealed part into a file; false when it was changed, or is not of this tablet. */
async function openPart(
	part: string,
	plain: string,
	hand: Hand,
	head: BytesHead
): Promise<boolean> {
	const tagLength = 16;
	const begin = sealedOverhead - tagLength;
	const end = head.sealedSize - tagLength;
	const file = await open(part, 'r');
	let first: Buffer<ArrayBuffer>;
	try {
		// enough of it to see its mark and nonce, and its tag
		first = Buffer.alloc(sealedOverhead);
		await file.read(first, 0, begin, 0);
		await file.read(first, begin, tagLength, end);
	} finally {
		await file.close();
	}
	const parts = splitSealed(new Uint8Array(first));
	if (parts?.nonce.byteLength !== nonceLength) return false;
	const opener = createDecipheriv('aes-256-gcm', hand.key, parts.nonce);
	opener.setAAD(Buffer.from(nameOnTablet(head)));
	opener.setAuthTag(parts.ciphertext);
	const out = createWriteStream(plain, { mode: 0o600 });
	try {
		if (end > begin)
			await pipeline(createReadStream(part, { start: begin, end: end - 1 }), opener, out);
		else await pipeline(async function* () {}, opener, out);
		return true;
	} catch (problem) {
		// what does not authenticate is no trouble of the machine
		if ((problem as NodeJS.ErrnoException).code?.startsWith('E') === true) throw problem;
		return false;
	}
}
