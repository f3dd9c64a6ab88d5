import type { Site, Town } from '../town.ts';
import { onPlot, plotDepth, plotWidth, type Footprint } from '../town/buildings.ts';
import { distance, middle, type Point } from '../town/geometry.ts';
import {
	centred,
	ink,
	line,
	mm,
	newPdf,
	northPoint,
	pdfBytes,
	polygon,
	sheet,
	type Title
} from './sheet.ts';

interface Drawn {
	site: Site;
	/** what is to be built, on its plot; null where nothing is */
	proposed: Footprint | null;
	drawing: string;
	date: string;
	drawnOn: Date;
}
interface View {
	/** metres on the ground to points on the page */
	at: (place: Point) => Point;
	metre: number;
	area: { x: number; y: number; width: number; height: number };
}

/** Location plan at 1:1250 and block plan at 1:200, as two pages. */
export async function sitePlans(town: Town, drawn: Drawn): Promise<Buffer> {
	const { site, drawing, date, drawnOn } = drawn;
	const pdf = newPdf('A4', `Location and block plan, ${site.address.singleLine}`, drawnOn);
	const title = (name: string, scale: number, suffix: string): Title => ({
		...{ title: name, site: [site.address.singleLine], revision: '', date, scale },
		drawing: `${drawing}-${suffix}`
	});
	locationPlan(pdf, town, site, title('Location plan', 1250, '01'));
	pdf.addPage();
	const long = Math.max(plotDepth(site), plotWidth(site));
	blockPlan(pdf, town, drawn, title('Block plan, proposed', long > 55 ? 500 : 200, '02'));
	return pdfBytes(pdf);
}

function viewOf(pdf: PDFKit.PDFDocument, area: View['area'], centre: Point, scale: number): View {
	const metre = (1000 / scale) * mm;
	const [cx, cy] = [area.x + area.width / 2, area.y + area.height / 2];
	pdf.rect(area.x, area.y, area.width, area.height).clip();
	return {
		area,
		metre,
		at: ([x, y]) => [cx + (x - centre[0]) * metre, cy - (y - centre[1]) * metre]
	};
}

const near = (town: Town, centre: Point, reach: number): Site[] =>
	town.sites.filter(({ corners }) => distance(corners[0], centre) < reach);

function drawGround(pdf: PDFKit.PDFDocument, town: Town, centre: Point, view: View, reach: number) {
	const sites = near(town, centre, reach);
	for (const { ring } of sites) polygon(pdf, ring.map(view.at), { stroke: ink.thin, width: 0.35 });
	for (const { built } of sites)
		for (const { ring } of built.buildings)
			polygon(pdf, ring.map(view.at), { fill: '#e4e1dc', stroke: ink.line, width: 0.4 });
	polygon(pdf, town.landscape.river.ring.map(view.at), { fill: '#dbe8f0', stroke: '#7fa3b8' });
	for (const { buildings } of town.landmarks)
		for (const ring of buildings)
			polygon(pdf, ring.map(view.at), { fill: '#e4e1dc', stroke: ink.line, width: 0.4 });
	pdf.font('Helvetica').fillColor('#333333');
	for (const { address, built } of sites) {
		const place = view.at(middle(built.buildings[0]?.ring.slice(0, 4) ?? []));
		if (isOnPage(place, view, 4)) centred(pdf, address.number, place, 5.5);
	}
	for (const { name, line: path } of town.streets) nameStreet(pdf, name, path, view);
}

const isOnPage = ([px, py]: Point, { area: { x, y, width, height } }: View, margin: number) =>
	px > x + margin && px < x + width - margin && py > y + margin && py < y + height - margin;

/** The street's name along the part of it that is on the page. */
function nameStreet(pdf: PDFKit.PDFDocument, name: string, path: readonly Point[], view: View) {
	const onPage = path.map(view.at).filter((place) => isOnPage(place, view, 20));
	const centre = Math.floor(onPage.length / 2);
	const [a, b] = [onPage[centre - 1], onPage[centre + 1]];
	if (a === undefined || b === undefined || onPage.length < 8) return;
	let angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
	if (angle > 90) angle -= 180;
	if (angle < -90) angle += 180;
	const [mx, my] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
	pdf.save().rotate(angle, { origin: [mx, my] });
	pdf.font('Helvetica').fontSize(7.5).fillColor('#222222');
	const wide = pdf.widthOfString(name);
	pdf.text(name, mx - wide / 2, my - 3.6, { lineBreak: false });
	pdf.restore();
}

function locationPlan(pdf: PDFKit.PDFDocument, town: Town, site: Site, title: Title): void {
	const area = sheet(pdf, 'A4', title);
	const centre = middle(site.corners);
	pdf.save();
	const view = viewOf(pdf, area, centre, title.scale);
	drawGround(pdf, town, centre, view, 195);
	polygon(pdf, site.ring.map(view.at), { stroke: ink.red, width: 1.8 });
	pdf.restore();
	northPoint(pdf);
}

function blockPlan(pdf: PDFKit.PDFDocument, town: Town, drawn: Drawn, title: Title): void {
	const { site, proposed } = drawn;
	const area = sheet(pdf, 'A4', title);
	const centre = middle(site.corners);
	pdf.save();
	const view = viewOf(pdf, area, centre, title.scale);
	drawGround(pdf, town, centre, view, 90);
	const tree = town.trees.filter(({ at }) => distance(at, centre) < 60);
	for (const { at, radius } of tree) {
		const [x, y] = view.at(at);
		pdf
			.circle(x, y, radius * view.metre)
			.lineWidth(0.5)
			.stroke('#5f8a4f');
	}
	if (proposed !== null) {
		const ring = onPlot(site, proposed).map(view.at);
		polygon(pdf, ring, { fill: '#f3d9b1', stroke: '#8a4b00', width: 1 });
		pdf.font('Helvetica-Bold').fillColor('#5c3200');
		centred(pdf, 'Proposed', middle(ring), 6.5);
	}
	polygon(pdf, site.ring.map(view.at), { stroke: ink.red, width: 2 });
	dimensions(pdf, site, view);
	pdf.restore();
	northPoint(pdf);
}

/** The frontage and the depth of the plot, measured. */
function dimensions(pdf: PDFKit.PDFDocument, site: Site, view: View): void {
	const [fl, fr, br] = site.corners.map(view.at) as [Point, Point, Point, Point];
	for (const [a, b, metres] of [
		[fl, fr, plotWidth(site)],
		[fr, br, plotDepth(site)]
	] as const) {
		const far = distance(a, b);
		const [nx, ny] = [((b[1] - a[1]) / far) * 9, (-(b[0] - a[0]) / far) * 9];
		const [centreX, centreY] = middle(site.corners.map(view.at));
		const isInward =
			(a[0] + nx - centreX) ** 2 + (a[1] + ny - centreY) ** 2 <
			(a[0] - nx - centreX) ** 2 + (a[1] - ny - centreY) ** 2;
		const side = isInward ? -1 : 1;
		const from: Point = [a[0] + side * nx, a[1] + side * ny];
		const to: Point = [b[0] + side * nx, b[1] + side * ny];
		line(pdf, [from, to], { stroke: ink.blue, width: 0.6 });
		for (const [end, corner] of [
			[from, a],
			[to, b]
		] as const)
			line(pdf, [corner, end], { stroke: ink.blue, width: 0.3 });
		pdf.font('Helvetica').fillColor(ink.blue);
		const place: Point = [
			(from[0] + to[0]) / 2 + side * nx * 0.9,
			(from[1] + to[1]) / 2 + side * ny * 0.9
		];
		centred(pdf, `${metres.toFixed(1)} m`, place, 7.5);
	}
}
