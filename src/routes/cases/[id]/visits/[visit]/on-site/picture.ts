/** A picture as the device gave it: the bytes are evidence and are never re-encoded. */
export interface Picture {
	bytes: ArrayBuffer;
	mime: string;
	/** `takePhoto`, `videoFrame` or `fileInput` */
	method: string;
}

/** Longest side of a thumbnail, pixels. */
const thumbnailSide = 480;
const thumbnailBudget = 40 * 1024;

/** Says what a picture is by its first bytes: names and browsers' guesses are not evidence. */
export function mimeOf(bytes: ArrayBuffer): string {
	const head = new Uint8Array(bytes, 0, Math.min(16, bytes.byteLength));
	const ascii = String.fromCharCode(...head);
	if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
	if (ascii.startsWith('\x89PNG')) return 'image/png';
	if (ascii.startsWith('RIFF') && ascii.slice(8, 12) === 'WEBP') return 'image/webp';
	if (ascii.slice(4, 8) === 'ftyp')
		return /^(hei|hev|mif|msf)/.test(ascii.slice(8, 12))
			? 'image/heic'
			: 'application/octet-stream';
	return 'application/octet-stream';
}

/**
 * Pixel size and a small preview; null where this browser cannot decode the picture
 * (HEIC outside Safari): the original is kept all the same.
 */
export async function preview(
	picture: Picture
): Promise<{ width: number; height: number; thumbnail: ArrayBuffer } | null> {
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(new Blob([picture.bytes], { type: picture.mime }));
	} catch {
		return null;
	}
	const { width, height } = bitmap;
	try {
		for (const [side, quality] of [
			[thumbnailSide, 0.7],
			[thumbnailSide, 0.45],
			[thumbnailSide / 2, 0.5]
		] as const) {
			const scale = Math.min(1, side / Math.max(width, height));
			const canvas = new OffscreenCanvas(
				Math.max(1, Math.round(width * scale)),
				Math.max(1, Math.round(height * scale))
			);
			canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
			const small = await canvas.convertToBlob({ type: 'image/jpeg', quality });
			if (small.size <= thumbnailBudget || side < thumbnailSide)
				return { width, height, thumbnail: await small.arrayBuffer() };
		}
		return null;
	} finally {
		bitmap.close();
	}
}

/** Takes one picture from a running camera: the sensor's own picture where the browser can, else the largest video frame. */
export async function fromCamera(video: HTMLVideoElement): Promise<Picture> {
	const stream = video.srcObject;
	const track = stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined;
	if (track !== undefined && 'ImageCapture' in window)
		try {
			const taken = await new ImageCapture(track).takePhoto();
			const bytes = await taken.arrayBuffer();
			if (bytes.byteLength > 0) return { bytes, mime: mimeOf(bytes), method: 'takePhoto' };
		} catch {
			// some cameras offer takePhoto and then fail: the video frame still shows the site
		}
	const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
	canvas.getContext('2d')?.drawImage(video, 0, 0);
	const frame = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
	return { bytes: await frame.arrayBuffer(), mime: 'image/jpeg', method: 'videoFrame' };
}
