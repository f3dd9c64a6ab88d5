import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';

/** A drawing of two sheets, as PDF. */
export async function drawing(): Promise<Buffer> {
	const pdf = new PDFDocument({ size: 'A3', layout: 'landscape' });
	pdf.fontSize(40).text('Proposed ground floor plan');
	pdf.addPage().fontSize(40).text('Proposed rear elevation');
	pdf.end();
	return buffer(pdf);
}
