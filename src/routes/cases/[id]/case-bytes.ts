import type { CaseDocument } from '#lib/domain/case-document.ts';
import type { Photo } from '#lib/domain/visit.ts';
import { bytesOf } from '#lib/local/captures.ts';
import type { Device } from '#lib/local/device.ts';

/**
 * This device's own capture, then its copy, then the register; undefined where none has it now.
 *
 * @param url null while the register has not received them, and need not be asked
 */
async function bytesBy(
	device: Device,
	sha256: string,
	url: string | null
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const here = await bytesOf(device, sha256);
	if (here !== undefined) return new Uint8Array(here);
	if (url === null) return undefined;
	try {
		const answer = await fetch(url);
		return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
	} catch {
		return undefined;
	}
}

export async function photoBytes(device: Device, photo: Photo, size: 'thumbnail' | 'original') {
	if (size === 'thumbnail' && photo.thumbnailSha256 !== null) {
		const small = await bytesBy(
			device,
			photo.thumbnailSha256,
			photo.thumbnailReceivedAt === null
				? null
				: `/api/photos/${photo.id}/thumbnail?case=${photo.caseId}`
		);
		if (small !== undefined) return small;
	}
	return bytesBy(
		device,
		photo.sha256,
		photo.originalReceivedAt === null
			? null
			: `/api/photos/${photo.id}/original?case=${photo.caseId}`
	);
}

export const documentBytes = (device: Device, document: CaseDocument) =>
	document.sha256 === null
		? Promise.resolve(undefined)
		: bytesBy(
				device,
				document.sha256,
				document.bytesReceivedAt === null
					? null
					: `/api/documents/${document.id}/file?case=${document.caseId}`
			);
