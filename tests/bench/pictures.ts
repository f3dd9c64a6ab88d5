import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Bytes of one photograph. */
export const photoBytes = 1_500_000;
export const photosOfVisit = 8;

/** Photographs of 12 megapixels and 1.5 MB, as a tablet's camera makes them; no two are alike. */
export class Pictures {
	readonly #folder: string;
	readonly #jpeg: Buffer;

	private constructor(folder: string, jpeg: Buffer) {
		this.#folder = folder;
		this.#jpeg = jpeg;
	}

	static async draw(folder: string): Promise<Pictures> {
		mkdirSync(folder, { recursive: true });
		const [width, height] = [400, 300];
		const grain = { width, height, channels: 3 } as const;
		const jpeg = await sharp(randomBytes(width * height * 3), { raw: grain })
			.resize(4000, 3000)
			.jpeg({ quality: 40 })
			.toBuffer();
		if (jpeg.length > photoBytes - 16) throw new Error('The picture is larger than 1.5 MB.');
		return new Pictures(folder, jpeg);
	}

	/** Files with the pictures of one visit. What follows the end of a JPEG is part of the file but not of the picture. */
	ofVisit(): string[] {
		return Array.from({ length: photosOfVisit }, (_, nth) => {
			const file = join(this.#folder, `${nth + 1}.jpg`);
			const rest = randomBytes(photoBytes - this.#jpeg.length);
			writeFileSync(file, Buffer.concat([this.#jpeg, rest]));
			return file;
		});
	}
}
