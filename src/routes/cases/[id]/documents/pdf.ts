import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import type { PDFDocumentProxy } from 'pdfjs-dist';

// The fonts and decoders that PDF.js asks for by name, as files of this build: they are
// precached with it, so a drawing opens with no signal.
const fonts = import.meta.glob<string>('/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
	query: '?url',
	import: 'default',
	eager: true
});
const decoders = import.meta.glob<string>('/node_modules/pdfjs-dist/wasm/*.wasm', {
	query: '?url',
	import: 'default',
	eager: true
});
const urls = new Map(
	[...Object.entries(fonts), ...Object.entries(decoders)].map(([path, url]) => [
		path.slice(path.lastIndexOf('/') + 1),
		url
	])
);

class OwnFiles {
	async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
		const url = urls.get(filename);
		if (url === undefined) throw new Error(`The viewer has no file "${filename}".`);
		const answer = await fetch(url);
		if (!answer.ok) throw new Error(`The viewer could not load "${filename}".`);
		return new Uint8Array(await answer.arrayBuffer());
	}
}

/** Opens a PDF for showing. The bytes are handed over: pass a copy to keep them. */
export async function openPdf(data: Uint8Array): Promise<PDFDocumentProxy> {
	const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist');
	GlobalWorkerOptions.workerSrc = workerUrl;
	return getDocument({
		data,
		BinaryDataFactory: OwnFiles,
		useWorkerFetch: false,
		enableXfa: false
	}).promise;
}
