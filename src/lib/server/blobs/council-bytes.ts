import { join } from 'node:path';
import type { Council } from '../installation.ts';
import { FolderBlobs, type BlobStore } from './blob-store.ts';
import { PictureHeaders } from './picture-headers.ts';
import { Uploads } from './uploads.ts';

/** All that deals with one council's bytes in this process. */
export interface CouncilBytes {
	blobs: BlobStore;
	pictures: PictureHeaders;
	uploads: Uploads;
}

const opened = new WeakMap<Council, CouncilBytes>();

/** One for each council and process: uploads of one file take turns, pictures are read one at a time. */
export function bytesOf(council: Council): CouncilBytes {
	const known = opened.get(council);
	if (known !== undefined) return known;
	const stores = {
		blobs: new FolderBlobs(join(council.folder, 'blobs')),
		pictures: new PictureHeaders()
	};
	const uploads = new Uploads(council.register, join(council.folder, 'uploads'), stores);
	const made = { ...stores, uploads };
	opened.set(council, made);
	return made;
}
