import { v7 as uuid } from 'uuid';
import { isRefusal, refusalSentence } from '#lib/domain/refusal.ts';
import { sha256Of, type CaptureBytes } from '#lib/local/captures.ts';
import type { App } from '../../../../../app.svelte.ts';
import { Told } from '../../../../../sentence-for.ts';
import { preview, type Picture, type Preview } from './picture.ts';
import type { UnsavedPicture } from './unsaved-pictures.svelte.ts';

/** What is worked out of a picture before it is saved. */
export interface Prepared {
	sha256: string;
	small: (Preview & { sha256: string }) | null;
}

export async function prepare(picture: Picture): Promise<Prepared> {
	const [sha256, small] = await Promise.all([sha256Of(picture.bytes), preview(picture)]);
	return {
		sha256,
		small: small === null ? null : { ...small, sha256: await sha256Of(small.thumbnail) }
	};
}

/**
 * Saves a picture with all that belongs to it.
 * @throws Told, DeviceProblem: it is not saved
 */
export async function savePicture(
	app: App,
	shot: UnsavedPicture & { number: string },
	{ sha256, small }: Prepared
): Promise<void> {
	const { picture, sensed } = shot;
	const id = uuid();
	const bytes: CaptureBytes[] = [
		{ sha256, of: 'original', id, mime: picture.mime, bytes: picture.bytes }
	];
	if (small !== null) {
		const { sha256: hash, thumbnail } = small;
		bytes.push({ sha256: hash, of: 'thumbnail', id, mime: 'image/jpeg', bytes: thumbnail });
	}
	const result = await app.perform(
		'take-photo',
		shot.caseId,
		{
			id,
			visitId: shot.visitId,
			number: shot.number,
			caption: shot.caption,
			sha256,
			mime: picture.mime,
			size: picture.bytes.byteLength,
			width: small?.width ?? null,
			height: small?.height ?? null,
			position: sensed.position,
			heading: sensed.heading,
			origin: shot.origin,
			method: picture.method,
			thumbnailSha256: small?.sha256 ?? null
		},
		bytes
	);
	if (isRefusal(result)) throw new Told(refusalSentence(result));
}
