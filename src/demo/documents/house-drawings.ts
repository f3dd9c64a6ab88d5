import type { HouseKind } from '../town/buildings.ts';
import type { Point } from '../town/geometry.ts';
import { ink, line, mm, newPdf, pdfBytes, polygon, sheet, type Title } from './sheet.ts';

/** What is proposed to a house, as far as it changes its drawings. */
export type Works =
	| 'rear-extension'
	| 'two-storey-rear'
	| 'loft-dormer'
	| 'side-extension'
	| 'windows'
	| 'shopfront'
	| 'new-unit';

export interface HouseType {
	kind: HouseKind;
	storeys: number;
	/** metres */
	width: number;
	depth: number;
	works: Works;
	/** how far the extension reaches, metres */
	reach: number;
	drawing: string;
	date: string;
	drawnOn: Date;
}

const storeyHeight = 2.7;
const wordsOf: Record<Works, string> = {
	'rear-extension': 'single storey rear extension',
	'two-storey-rear': 'two storey rear extension',
	'loft-dormer': 'rear dormer',
	'side-extension': 'side extension',
	windows: 'replacement windows',
	shopfront: 'new shopfront',
	'new-unit': 'new unit'
};

/** A page drawn in metres: origin at the left end of the ground line. */
class Elevation {
	readonly #pdf: PDFKit.PDFDocument;
	readonly #x: number;
	readonly #y: number;
	readonly #metre: number;

	constructor(pdf: PDFKit.PDFDocument, x: number, y: number, metre: number) {
		this.#pdf = pdf;
		this.#x = x;
		this.#y = y;
		this.#metre = metre;
	}
	#at = ([x, y]: Point): Point => [this.#x + x * this.#metre, this.#y - y * this.#metre];

	box(
		left: number,
		bottom: number,
		right: number,
		top: number,
		fill = '#ffffff',
		stroke = ink.line
	) {
		const corners: Point[] = [
			[left, bottom],
			[right, bottom],
			[right, top],
			[left, top]
		];
		polygon(this.#pdf, corners.map(this.#at), { fill, stroke, width: 0.7 });
	}
	shape(corners: Point[], fill: string, stroke = ink.line) {
		polygon(this.#pdf, corners.map(this.#at), { fill, stroke, width: 0.7 });
	}
	window(x: number, y: number, width = 1.1, height = 1.35) {
		this.box(x, y, x + width, y + height, '#e8f0f4');
		line(this.#pdf, [this.#at([x + width / 2, y]), this.#at([x + width / 2, y + height])], {
			stroke: ink.thin,
			width: 0.5
		});
		this.box(x - 0.08, y - 0.12, x + width + 0.08, y, '#dddddd');
	}
	words(x: number, y: number, text: string, size = 8) {
		const [px, py] = this.#at([x, y]);
		this.#pdf.font('Helvetica').fontSize(size).fillColor('#000000');
		this.#pdf.text(text, px, py, { lineBreak: false });
	}
	ground(from: number, to: number) {
		line(this.#pdf, [this.#at([from, 0]), this.#at([to, 0])], { stroke: '#000000', width: 1.4 });
	}
	height(x: number, top: number) {
		line(this.#pdf, [this.#at([x, 0]), this.#at([x, top])], { stroke: ink.blue, width: 0.5 });
		this.words(x + 0.1, top / 2, `${top.toFixed(2)} m`, 7);
	}
	courses(left: number, bottom: number, right: number, top: number) {
		for (let y = bottom + 0.45; y < top; y += 0.45)
			line(this.#pdf, [this.#at([left, y]), this.#at([right, y])], {
				stroke: '#eadfd8',
				width: 0.3
			});
	}
}

const eavesOf = ({ storeys }: HouseType) => 0.3 + storeys * storeyHeight;
const ridgeOf = (house: HouseType) => eavesOf(house) + Math.min(3.4, house.depth * 0.36);

function front(drawing: Elevation, house: HouseType, isProposed: boolean): void {
	const { width, storeys, kind } = house;
	const eaves = eavesOf(house);
	const ridge = ridgeOf(house);
	drawing.ground(-1.6, width + 1.6);
	drawing.box(0, 0, width, eaves, '#f7efe9');
	drawing.courses(0, 0, width, eaves);
	drawing.shape(
		[
			[-0.25, eaves],
			[width + 0.25, eaves],
			[width + 0.25, ridge],
			[-0.25, ridge]
		],
		'#e9e3de'
	);
	if (kind !== 'works') {
		drawing.box(width - 0.8, ridge - 0.2, width - 0.1, ridge + 1, '#eddcd2');
		const isShop = kind === 'shop';
		if (isShop) {
			drawing.box(
				0.4,
				0.15,
				width - 1.5,
				2.3,
				isProposed && house.works === 'shopfront' ? '#d7e8df' : '#e8f0f4'
			);
			drawing.box(0.2, 2.35, width - 0.2, 2.95, '#e5e0d8');
		} else drawing.window(0.8, 0.95, Math.min(2, width * 0.36), 1.5);
		drawing.box(width - 1.35, 0.1, width - 0.45, 2.2, '#d9d3cb');
		for (let storey = 1; storey < storeys; storey++) {
			const sill = 0.3 + storey * storeyHeight + 0.85;
			drawing.window(0.9, sill);
			if (width > 5) drawing.window(width - 2, sill);
		}
	} else {
		for (let x = 1.5; x + 3.5 < width; x += 6) drawing.box(x, 0, x + 3.5, 3.4, '#dde3e6');
	}
	drawing.height(width + 0.7, eaves);
	drawing.height(width + 1.15 + 0.6, ridge);
}

function rear(drawing: Elevation, house: HouseType, isProposed: boolean): void {
	const { width, storeys, works } = house;
	const eaves = eavesOf(house);
	const ridge = ridgeOf(house);
	const isNew = (one: Works) => isProposed && works === one;
	drawing.ground(-1.6, width + 1.6);
	drawing.box(0, 0, width, eaves, '#f7efe9');
	drawing.courses(0, 0, width, eaves);
	drawing.shape(
		[
			[-0.25, eaves],
			[width + 0.25, eaves],
			[width + 0.25, ridge],
			[-0.25, ridge]
		],
		'#e9e3de'
	);
	for (let storey = 0; storey < storeys; storey++) {
		const sill = 0.3 + storey * storeyHeight + (storey === 0 ? 0.75 : 0.9);
		drawing.window(0.8, sill);
		if (width > 5) drawing.window(width - 1.9, sill);
	}
	const proposed = '#f3e2c5';
	if (isNew('loft-dormer')) {
		drawing.box(0.5, eaves + 0.25, width - 0.5, ridge - 0.1, proposed);
		drawing.window(1.2, eaves + 0.75, 1.3, 1.1);
		drawing.window(width - 2.5, eaves + 0.75, 1.3, 1.1);
	}
	if (isNew('rear-extension')) {
		drawing.box(0, 0, width, 2.85, proposed);
		drawing.box(1, 0.1, width - 1, 2.25, '#e8f0f4');
	}
	if (isNew('two-storey-rear')) {
		drawing.box(0.3, 0, width * 0.66, eaves - 0.3, proposed);
		drawing.window(0.9, 3.9);
		drawing.box(0.8, 0.1, width * 0.66 - 0.5, 2.25, '#e8f0f4');
	}
	if (isNew('side-extension')) {
		drawing.box(width, 0, width + 1.55, 2.7, proposed);
		drawing.window(width + 0.3, 0.95, 0.9, 1.1);
	}
}

function pageTitle(house: HouseType, title: string, suffix: string, scale: number): Title {
	const { kind, width, depth, works, drawing, date } = house;
	return {
		...{ title, revision: '', date, scale, drawing: `${drawing}-${suffix}` },
		site: [
			`House type: ${kind}, ${width.toFixed(1)} m wide, ${depth.toFixed(1)} m deep`,
			`Proposal: ${wordsOf[works]}. For the site see the location plan.`
		]
	};
}

/** Front and rear, as existing and as proposed, at 1:100 on A3 (works at 1:200). */
export async function elevations(house: HouseType): Promise<Buffer> {
	const scale = house.width > 14 ? 200 : 100;
	const pdf = newPdf('A3', `Elevations, ${house.kind}, ${wordsOf[house.works]}`, house.drawnOn);
	const area = sheet(pdf, 'A3', pageTitle(house, 'Elevations', '10', scale));
	const metre = (1000 / scale) * mm;
	const columns = [area.x + area.width * 0.13, area.x + area.width * 0.6];
	const rows = [area.y + area.height * 0.46, area.y + area.height * 0.94];
	rows.forEach((y, row) => {
		const isProposed = row === 1;
		columns.forEach((x, column) => {
			const drawing = new Elevation(pdf, x, y, metre);
			(column === 0 ? front : rear)(drawing, house, isProposed);
			const words = `${column === 0 ? 'Front' : 'Rear'} elevation, ${isProposed ? 'proposed' : 'existing'}`;
			drawing.words(0, -0.35 * (scale / 100), words, 9);
		});
	});
	return pdfBytes(pdf);
}

/** Ground and first floor, with what is proposed, at 1:50 on A3 (wide ones at 1:200). */
export async function floorPlans(house: HouseType): Promise<Buffer> {
	const isLarge = house.width > 6.4 || house.depth + house.reach > 9.5;
	const scale = house.width > 16 ? 200 : isLarge ? 100 : 50;
	const pdf = newPdf('A3', `Floor plans, ${house.kind}, ${wordsOf[house.works]}`, house.drawnOn);
	const area = sheet(pdf, 'A3', pageTitle(house, 'Floor plans, proposed', '20', scale));
	const metre = (1000 / scale) * mm;
	const { width, depth, storeys, works, reach, kind } = house;
	const wall = 0.3;
	const floors = kind === 'works' ? 1 : Math.min(storeys, 2);
	for (let floor = 0; floor < floors; floor++) {
		const left = area.x + area.width * (floors === 1 ? 0.34 : 0.1 + 0.46 * floor);
		const bottom = area.y + area.height * 0.82;
		const drawing = new Elevation(pdf, left, bottom, metre);
		drawing.box(0, 0, width, depth, '#8c8681');
		const rooms: [string, number, number, number, number][] =
			kind === 'works'
				? [['Unit', 0, 0, 1, 1]]
				: floor === 0
					? [
							['Hall', 0.68, 0, 1, 0.5],
							[kind === 'shop' ? 'Sales area' : 'Living room', 0, 0, 0.68, 0.5],
							[kind === 'shop' ? 'Store' : 'Kitchen', 0, 0.5, 1, 1]
						]
					: [
							['Bedroom 1', 0, 0, 1, 0.45],
							['Bathroom', 0.62, 0.45, 1, 0.7],
							['Bedroom 2', 0, 0.45, 0.62, 1],
							['Bedroom 3', 0.62, 0.7, 1, 1]
						];
		for (const [name, x1, y1, x2, y2] of rooms) {
			const [l, b, r, t] = [
				x1 * width + (x1 === 0 ? wall : 0.06),
				y1 * depth + (y1 === 0 ? wall : 0.06),
				x2 * width - (x2 === 1 ? wall : 0.06),
				y2 * depth - (y2 === 1 ? wall : 0.06)
			];
			drawing.box(l, b, r, t, '#ffffff', '#6b655f');
			drawing.words(l + 0.25, (b + t) / 2 + 0.15, name, scale === 50 ? 8.5 : 6.5);
			drawing.words(
				l + 0.25,
				(b + t) / 2 - 0.25 * (scale / 50),
				`${((r - l) * (t - b)).toFixed(1)} m²`,
				6.5
			);
		}
		const grows =
			(floor === 0 && (works === 'rear-extension' || works === 'two-storey-rear')) ||
			(floor === 1 && works === 'two-storey-rear');
		if (grows) {
			const right = works === 'two-storey-rear' ? width * 0.66 : width;
			drawing.box(0, depth, right, depth + reach, '#c98b3c');
			drawing.box(wall, depth - wall, right - wall, depth + reach - wall, '#fdf4e4', '#c98b3c');
			drawing.words(0.5, depth + reach / 2, 'Proposed', 8);
			drawing.words(
				0.5,
				depth + reach / 2 - 0.45,
				`${((right - 2 * wall) * (reach - wall)).toFixed(1)} m²`,
				7
			);
		}
		if (floor === 0 && works === 'side-extension') {
			drawing.box(width, depth * 0.2, width + 2.4, depth, '#c98b3c');
			drawing.box(width, depth * 0.2 + wall, width + 2.1, depth - wall, '#fdf4e4', '#c98b3c');
			drawing.words(width + 0.3, depth * 0.6, 'Proposed', 8);
		}
		drawing.words(0, -0.5 * (scale / 50), floor === 0 ? 'Ground floor' : 'First floor', 10);
	}
	return pdfBytes(pdf);
}
