import { mm, newPdf, pdfBytes } from './sheet.ts';

interface Section {
	heading: string;
	words: string[];
}
export interface Statement {
	title: string;
	subject: string;
	sections: Section[];
	date: string;
	drawnOn: Date;
}

/** A written document of one or more pages: headings, paragraphs, page numbers. */
export async function writtenStatement({
	title,
	subject,
	sections,
	date,
	drawnOn
}: Statement): Promise<Buffer> {
	const pdf = newPdf('A4', `${title}: ${subject}`, drawnOn);
	const left = 25 * mm;
	const width = 160 * mm;
	let page = 1;
	const footer = () => {
		pdf.font('Helvetica').fontSize(8).fillColor('#555555');
		pdf.text(`${title}, page ${page}`, left, 282 * mm, { lineBreak: false });
	};
	pdf.font('Helvetica-Bold').fontSize(22).fillColor('#1d2b38');
	pdf.text(title, left, 40 * mm, { width });
	pdf.font('Helvetica').fontSize(13).fillColor('#333333');
	pdf.text(subject, left, pdf.y + 8, { width });
	pdf
		.fontSize(10)
		.text(`${date}. Saltings Drawing Office (fictional), for the applicant.`, { width });
	pdf.y += 18;
	for (const { heading, words } of sections) {
		if (pdf.y > 240 * mm) {
			footer();
			pdf.addPage();
			page++;
			pdf.y = 28 * mm;
		}
		pdf.font('Helvetica-Bold').fontSize(13).fillColor('#1d2b38');
		pdf.text(heading, left, pdf.y + 10, { width });
		pdf.font('Helvetica').fontSize(10.5).fillColor('#000000');
		for (const paragraph of words) pdf.text(paragraph, left, pdf.y + 6, { width, lineGap: 3 });
	}
	footer();
	return pdfBytes(pdf);
}

const context: Record<string, string> = {
	terrace:
		'The street is a terrace of two storey brick houses built together, with shallow front gardens and rear outriggers. Its rhythm of doors, bays and chimneys is unbroken.',
	semi: 'The street is of semi-detached houses with hipped and gabled roofs, set back behind front gardens, with gaps between the pairs that give it an open feel.',
	detached:
		'The road is of detached houses in large gardens with mature trees, each of its own design, set well back.',
	modern:
		'The estate was built at one time, of detached houses close together along curving ways, each with a garage beside it and a small rear garden.',
	centre:
		'The building stands at the back edge of the pavement in the historic centre, in a row of two and three storey shops with living space above.',
	works:
		'The estate is of single storey portal framed units with yards for loading, behind verges along the estate road.'
};

/** Design and access statement for a kind of place and proposal; it names no address, the location plan does. */
export function designStatement(
	zone: string,
	proposal: string,
	dates: { date: string; drawnOn: Date }
): Statement {
	return {
		...dates,
		title: 'Design and access statement',
		subject: `${proposal.charAt(0).toUpperCase()}${proposal.slice(1)}`,
		sections: [
			{
				heading: '1. The site and its surroundings',
				words: [
					context[zone] ?? '',
					'The site is shown edged red on the location plan. There is no other land in the applicant’s ownership nearby.'
				]
			},
			{
				heading: '2. What is proposed',
				words: [
					`The proposal is for ${proposal}. The drawings submitted with this statement show it as existing and as proposed, to scale.`
				]
			},
			{
				heading: '3. Amount and scale',
				words: [
					'The amount of development has been kept to what the household or business needs. It is lower than the main building and reads as an addition to it.'
				]
			},
			{
				heading: '4. Appearance and materials',
				words: [
					'Walls, roof coverings and joinery match the existing building in colour, texture and detail. Brickwork is in the bond of the host building with a flush lime based pointing.'
				]
			},
			{
				heading: '5. Neighbours',
				words: [
					'A line at 45 degrees from the middle of the nearest window of each neighbour is not crossed. No new window looks into a habitable room next door within 21 metres.'
				]
			},
			{
				heading: '6. Access',
				words: [
					'The way in from the street does not change. The threshold is level and the door gives a clear opening of 800 mm. Parking and bin storage stay as they are.'
				]
			},
			{
				heading: '7. Trees and wildlife',
				words: [
					'No tree is to be felled. Roots within the protected distance are crossed by hand dug foundations only. Two boxes for swifts are built into the wall.'
				]
			}
		]
	};
}

/** Heritage statement for works to a listed building or in a conservation area. */
export function heritageStatement(
	proposal: string,
	dates: { date: string; drawnOn: Date }
): Statement {
	return {
		...dates,
		title: 'Heritage statement',
		subject: `${proposal.charAt(0).toUpperCase()}${proposal.slice(1)}`,
		sections: [
			{
				heading: '1. Significance',
				words: [
					'The building belongs to the old town that grew between church, market place and quay. Its significance lies in its plan, its timber roof, its surviving sash windows and its part in the group.'
				]
			},
			{
				heading: '2. What is affected',
				words: [
					'Work is confined to later fabric. The historic roof structure, staircase and chimney breasts are untouched.'
				]
			},
			{
				heading: '3. Harm and benefit',
				words: [
					'Any harm is less than substantial and at the low end. It is outweighed by repair of the fabric and by keeping the building in the use for which it was made.'
				]
			}
		]
	};
}
