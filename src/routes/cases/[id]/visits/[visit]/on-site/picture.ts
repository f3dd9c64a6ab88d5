import { imageSize } from 'image-size';

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

/** Pixel size of the whole picture, and a small JPEG of it. */
export interface Preview {
	width: number;
	height: number;
	thumbnail: ArrayBuffer;
}

interface Small {
	width: number;
	height: number;
	/** no smaller than a thumbnail, unless the picture itself is */
	image: VideoFrame | ImageBitmap;
}

/** Null where this browser cannot decode the picture (HEIC outside Safari): the original is kept all the same. */
export async function preview(picture: Picture): Promise<Preview | null> {
	const small = (await scaledWhileDecoding(picture)) ?? (await decodedWhole(picture));
	if (small === null) return null;
	const { width, height, image } = small;
	try {
		for (const [side, quality] of [
			[thumbnailSide, 0.7],
			[thumbnailSide, 0.45],
			[thumbnailSide / 2, 0.5]
		] as const) {
			const canvas = new OffscreenCanvas(...fitting(width, height, side));
			canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
			const encoded = await canvas.convertToBlob({ type: 'image/jpeg', quality });
			if (encoded.size <= thumbnailBudget || side < thumbnailSide)
				return { width, height, thumbnail: await encoded.arrayBuffer() };
		}
		return null;
	} finally {
		image.close();
	}
}

/** Width and height of a picture that is made to fit into a square, pixels. */
function fitting(width: number, height: number, side: number): [number, number] {
	const scale = Math.min(1, side / Math.max(width, height));
	return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/**
 * Lets the decoder leave out what a thumbnail does not need, which takes a third of the time.
 * Null where the browser has no such decoder, or the picture lies on its side.
 */
async function scaledWhileDecoding({ bytes, mime }: Picture): Promise<Small | null> {
	if (mime !== 'image/jpeg' || !('ImageDecoder' in globalThis)) return null;
	try {
		const { width, height, orientation = 1 } = imageSize(new Uint8Array(bytes));
		if (orientation !== 1) return null;
		const [desiredWidth, desiredHeight] = fitting(width, height, thumbnailSide);
		const decoder = new ImageDecoder({ data: bytes, type: mime, desiredWidth, desiredHeight });
		try {
			const { image } = await decoder.decode();
			return { width, height, image };
		} finally {
			decoder.close();
		}
	} catch {
		// the usual way decides whether it is a picture at all
		return null;
	}
}

async function decodedWhole({ bytes, mime }: Picture): Promise<Small | null> {
	try {
		const image = await createImageBitmap(new Blob([bytes], { type: mime }));
		return { width: image.width, height: image.height, image };
	} catch {
		return null;
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
