import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import type { PictureHeader } from './picture-headers.ts';

/** 60 megapixels: more than any camera an officer carries, less than a picture made to fill memory. */
const mostPixels = 60_000_000;

sharp.cache(false);
sharp.concurrency(1);

async function headerOf(file: string): Promise<PictureHeader> {
	try {
		const { width, height } = await sharp(file, {
			limitInputPixels: mostPixels,
			failOn: 'error'
		}).metadata();
		return { width, height, problem: null };
	} catch (error) {
		const said = error instanceof Error ? error.message : String(error);
		return {
			width: null,
			height: null,
			problem: said.includes('pixel limit')
				? 'The picture says it has more than 60 million pixels, and is not decoded here.'
				: 'The picture cannot be decoded here.'
		};
	}
}

parentPort?.on('message', (file: string) => {
	void headerOf(file).then((header) => parentPort?.postMessage(header));
});
