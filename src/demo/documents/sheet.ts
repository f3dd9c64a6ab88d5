import PDFDocument from 'pdfkit';
import type { Point } from '../town/geometry.ts';

/** Points of a PDF in one millimetre of paper. */
export const mm = 72 / 25.4;

/** Paper, in millimetres. */
export type Paper = 'A4' | 'A3';
const papers: Record<Paper, readonly [number, number]> = { A4: [210, 297], A3: [420, 297] };

export interface Title {
	title: string;
	/** lines above the title, such as the address */
	site: string[];
	drawing: string;
	revision: string;
	/** as printed: `3 March 2026` */
	date: string;
	scale: number;
}

export const ink = {
	line: '#222222',
	thin: '#777777',
	faint: '#bbbbbb',
	red: '#d4001a',
	blue: '#1456a0'
};

/** Every drawing says who drew it: an agent that does not exist. */
const agent = 'Saltings Drawing Office (fictional)';

/** A deterministic PDF: no clock and no chance come into its bytes. */
export function newPdf(paper: Paper, title: string, drawnOn: Date): PDFKit.PDFDocument {
	const [width, height] = papers[paper];
	return new PDFDocument({
		size: [width * mm, height * mm],
		margin: 0,
		pdfVersion: '1.7',
		lang: 'en-GB',
		displayTitle: true,
		info: { Title: title, Author: agent, CreationDate: drawnOn, ModDate: drawnOn }
	});
}

export function pdfBytes(pdf: PDFKit.PDFDocument): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const parts: Buffer[] = [];
		pdf.on('data', (part: Buffer) => parts.push(part));
		pdf.on('end', () => {
			resolve(Buffer.concat(parts));
		});
		pdf.on('error', reject);
		pdf.end();
	});
}

/** A page with a frame, a title block and a scale bar; gives its drawing area in points. */
export function sheet(
	pdf: PDFKit.PDFDocument,
	paper: Paper,
	title: Title
): { x: number; y: number; width: number; height: number } {
	const [width, height] = papers[paper];
	const margin = 10;
	const block = 34;
	const inner = { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin };
	pdf.lineWidth(0.6).strokeColor(ink.line);
	pdf.rect(inner.x * mm, inner.y * mm, inner.width * mm, inner.height * mm).stroke();
	const top = height - margin - block;
	pdf
		.moveTo(margin * mm, top * mm)
		.lineTo((width - margin) * mm, top * mm)
		.stroke();
	pdf.fillColor('#000000').font('Helvetica-Bold').fontSize(11);
	pdf.text(title.title, (margin + 4) * mm, (top + 4) * mm, { width: (width / 2) * mm });
	pdf.font('Helvetica').fontSize(8.5);
	pdf.text(title.site.join('\n'), (margin + 4) * mm, (top + 10) * mm, {
		width: (width / 2 - 10) * mm,
		lineGap: 1
	});
	pdf.fontSize(7.5).fillColor('#444444');
	pdf.text(agent, (margin + 4) * mm, (top + block - 6) * mm);
	const column = width - margin - 62;
	pdf
		.moveTo(column * mm, top * mm)
		.lineTo(column * mm, (height - margin) * mm)
		.stroke();
	const facts = [
		['Drawing', `${title.drawing}${title.revision === '' ? '' : ` rev ${title.revision}`}`],
		['Scale', `1:${title.scale} at ${paper}`],
		['Date', title.date],
		['Status', 'For planning']
	];
	facts.forEach(([name, value], at) => {
		const y = (top + 4 + at * 5.2) * mm;
		pdf
			.fontSize(7.5)
			.fillColor('#555555')
			.text(name ?? '', (column + 3) * mm, y);
		pdf
			.fontSize(8.5)
			.fillColor('#000000')
			.text(value ?? '', (column + 19) * mm, y);
	});
	scaleBar(pdf, (column + 3) * mm, (top + block - 6) * mm, title.scale);
	return {
		x: margin * mm,
		y: margin * mm,
		width: inner.width * mm,
		height: (inner.height - block) * mm
	};
}

function scaleBar(pdf: PDFKit.PDFDocument, x: number, y: number, scale: number): void {
	const metre = (1000 / scale) * mm;
	const step = scale >= 1000 ? 25 : scale >= 400 ? 10 : scale >= 150 ? 5 : 1;
	pdf.lineWidth(0.4).strokeColor('#000000');
	for (let part = 0; part < 2; part++) {
		pdf.rect(x + part * step * metre, y, step * metre, 4);
		if (part === 0) pdf.fillAndStroke('#000000', '#000000');
		else pdf.stroke();
	}
	pdf.fontSize(6.5).fillColor('#000000');
	[0, 1, 2].forEach((part) => {
		pdf.text(`${part * step}${part === 2 ? ' m' : ''}`, x + part * step * metre - 3, y + 5.5, {
			lineBreak: false
		});
	});
}

/** North, in the top right corner of an A4 page: drawn last, over whatever is there. */
export function northPoint(pdf: PDFKit.PDFDocument): void {
	const [x, y] = [(papers.A4[0] - 22) * mm, 24 * mm];
	pdf
		.circle(x, y - 2, 25)
		.fillOpacity(0.85)
		.fill('#ffffff')
		.fillOpacity(1);
	pdf
		.polygon([x, y - 20], [x + 6, y + 6], [x, y + 1], [x - 6, y + 6])
		.lineWidth(0.6)
		.fillAndStroke('#000000', '#000000');
	pdf.font('Helvetica-Bold').fontSize(10).fillColor('#000000');
	pdf.text('N', x - 3.6, y + 9, { lineBreak: false });
	pdf.font('Helvetica');
}

export function polygon(
	pdf: PDFKit.PDFDocument,
	ring: readonly Point[],
	look: { fill?: string; stroke?: string; width?: number; dash?: number }
): void {
	pdf.polygon(...ring.map(([x, y]): [number, number] => [x, y]));
	paint(pdf, look);
}

export function line(
	pdf: PDFKit.PDFDocument,
	points: readonly Point[],
	look: { stroke: string; width: number; dash?: number }
): void {
	points.forEach(([x, y], at) => (at === 0 ? pdf.moveTo(x, y) : pdf.lineTo(x, y)));
	paint(pdf, look);
}

function paint(
	pdf: PDFKit.PDFDocument,
	{ fill, stroke, width, dash }: { fill?: string; stroke?: string; width?: number; dash?: number }
): void {
	pdf.lineWidth(width ?? 0.5);
	if (dash === undefined) pdf.undash();
	else pdf.dash(dash, { space: dash * 0.6 });
	if (fill !== undefined && stroke !== undefined) pdf.fillAndStroke(fill, stroke);
	else if (fill !== undefined) pdf.fill(fill);
	else if (stroke !== undefined) pdf.stroke(stroke);
	pdf.undash();
}

/** One line of text with its middle at a place. Without a width, because text with one may open a page. */
export function centred(pdf: PDFKit.PDFDocument, text: string, [x, y]: Point, size: number): void {
	pdf.fontSize(size);
	pdf.text(text, x - pdf.widthOfString(text) / 2, y - size / 2, { lineBreak: false });
}
