import sharp from 'sharp';
import type { HouseKind } from '../town/buildings.ts';
import type { Random } from '../town/random.ts';

/** A picture as its bytes, with its size in pixels. */
export interface Picture {
	bytes: Buffer;
	thumbnail: Buffer;
	width: number;
	height: number;
}

const skies = [
	['#7fb2dc', '#dcecf5'],
	['#9fb4c2', '#dfe5e8'],
	['#b9c2c8', '#e9ebec'],
	['#6f9fd0', '#f3e3cf']
] as const;
const bricks = [
	['#a4553f', '#8f4633', '#c3a89a'],
	['#b9805a', '#a66d49', '#d8c3ae'],
	['#c9b07e', '#b89d69', '#e0d2b4'],
	['#8d4a3c', '#7a3d31', '#b99c90']
] as const;
const renders = ['#efe9dc', '#e3ddd0', '#d7dde0', '#f2e6d8'];
const doors = ['#1f3f5b', '#6b1f24', '#234a36', '#3c3c3c', '#8a6a2f', '#2d5b6b'];
const roofs = ['#5a5f66', '#7b4a3c', '#4d5157', '#8b5a47'];

interface Scene {
	random: Random;
	width: number;
	height: number;
	/** the height of the ground line in pixels from the top */
	ground: number;
	/** pixels to the metre */
	metre: number;
}

const rect = (x: number, y: number, width: number, height: number, fill: string, more = '') =>
	`<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${fill}" ${more}/>`;

function definitions(
	{ random, metre }: Scene,
	brick: (typeof bricks)[number],
	roof: string
): string {
	const [bw, bh] = [0.225 * metre, 0.075 * metre];
	const [face, dark, joint] = brick;
	const sky = random.pick(skies);
	const tile = 0.2 * metre;
	return `<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${sky[0]}"/><stop offset="1" stop-color="${sky[1]}"/></linearGradient>
<linearGradient id="shade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#000" stop-opacity="0.34"/><stop offset="1" stop-color="#000" stop-opacity="0"/></linearGradient>
<linearGradient id="glass" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#2c3a45"/><stop offset="0.5" stop-color="#7f97a6"/><stop offset="1" stop-color="#3a4954"/></linearGradient>
<pattern id="brick" width="${bw}" height="${bh * 2}" patternUnits="userSpaceOnUse">${rect(0, 0, bw, bh * 2, joint)}${rect(0.6, 0.6, bw - 1.2, bh - 1.2, face)}${rect(-bw / 2, bh + 0.6, bw - 1.2, bh - 1.2, dark)}${rect(bw / 2 + 0.6, bh + 0.6, bw - 1.2, bh - 1.2, face)}</pattern>
<pattern id="tiles" width="${tile}" height="${tile * 0.8}" patternUnits="userSpaceOnUse">${rect(0, 0, tile, tile * 0.8, roof)}<path d="M0 ${tile * 0.78}h${tile}M0 0v${tile * 0.4}M${tile / 2} ${tile * 0.4}v${tile * 0.4}" stroke="#000" stroke-opacity="0.28" stroke-width="1.2" fill="none"/></pattern>
<radialGradient id="puff"><stop offset="0" stop-color="#fff" stop-opacity="0.5"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
<radialGradient id="damp"><stop offset="0" stop-color="#2f3a2c" stop-opacity="0.45"/><stop offset="1" stop-color="#2f3a2c" stop-opacity="0"/></radialGradient>
</defs>`;
}

function cloud({ random, width, ground }: Scene): string {
	const [x, y] = [random.between(0, width), random.between(0.05, 0.3) * ground];
	return Array.from({ length: 7 }, () => {
		const [dx, dy] = [random.between(-0.12, 0.12) * width, random.between(-0.03, 0.03) * ground];
		return `<ellipse cx="${(x + dx).toFixed(0)}" cy="${(y + dy).toFixed(0)}" rx="${(width * 0.07).toFixed(0)}" ry="${(ground * 0.035).toFixed(0)}" fill="url(#puff)"/>`;
	}).join('');
}

function windowAt({ metre, random }: Scene, x: number, y: number, w: number, h: number): string {
	const [width, height] = [w * metre, h * metre];
	const frame = 0.07 * metre;
	const curtain = random.chance(0.5)
		? rect(x + frame, y + frame, width * 0.22, height - 2 * frame, '#e8e0d2', 'opacity="0.75"')
		: '';
	return (
		rect(x - 0.06 * metre, y + height, width + 0.12 * metre, 0.12 * metre, '#d8d2c6') +
		rect(x, y - 0.2 * metre, width, 0.2 * metre, '#cfc5b5') +
		rect(x, y, width, height, '#f4f2ec') +
		rect(x + frame, y + frame, width - 2 * frame, height - 2 * frame, 'url(#glass)') +
		curtain +
		rect(x + width / 2 - frame / 3, y, frame / 1.5, height, '#f4f2ec') +
		rect(x, y + height / 2 - frame / 3, width, frame / 1.5, '#f4f2ec') +
		rect(x, y, width, height * 0.14, 'url(#shade)')
	);
}

interface House {
	kind: HouseKind;
	/** metres */
	width: number;
	storeys: number;
}

function houseAt(
	scene: Scene,
	x: number,
	house: House,
	door: string,
	isRendered: string | null
): string {
	const { metre, ground, random } = scene;
	const { width, storeys, kind } = house;
	const wide = width * metre;
	const eaves = ground - (0.3 + storeys * 2.7) * metre;
	const ridge = eaves - 2.6 * metre;
	const wall = isRendered ?? 'url(#brick)';
	let out = '';
	out +=
		kind === 'detached' || kind === 'bungalow'
			? `<polygon points="${x - 0.3 * metre},${eaves} ${x + wide * 0.2},${ridge} ${x + wide * 0.8},${ridge} ${x + wide + 0.3 * metre},${eaves}" fill="url(#tiles)"/>`
			: rect(x - 2, ridge, wide + 4, eaves - ridge, 'url(#tiles)');
	out += rect(
		x + wide - 0.9 * metre,
		ridge - 1.1 * metre,
		0.75 * metre,
		1.7 * metre,
		'url(#brick)'
	);
	for (const pot of [0.75, 0.42])
		out += rect(x + wide - pot * metre, ridge - 1.5 * metre, 0.2 * metre, 0.42 * metre, '#b0653f');
	out += rect(x, eaves, wide, ground - eaves, wall);
	out += rect(x - 3, eaves - 0.1 * metre, wide + 6, 0.2 * metre, '#f0ede6');
	out += rect(x, eaves + 0.1 * metre, wide, 0.7 * metre, 'url(#shade)');
	if (kind === 'works') {
		for (let at = 1; at + 4 < width; at += 7)
			out +=
				rect(x + at * metre, ground - 4 * metre, 4 * metre, 4 * metre, '#8fa3ad') +
				rect(x + at * metre, ground - 4 * metre, 4 * metre, 0.3 * metre, '#6d818b');
		return out;
	}
	if (kind === 'shop') {
		out += rect(x + 0.2 * metre, ground - 3.2 * metre, wide - 0.4 * metre, 0.65 * metre, door);
		out += rect(
			x + 0.5 * metre,
			ground - 2.5 * metre,
			wide - 2.2 * metre,
			2.1 * metre,
			'url(#glass)'
		);
		out += rect(x + 0.5 * metre, ground - 0.4 * metre, wide - 2.2 * metre, 0.4 * metre, door);
	} else {
		const bay = random.chance(0.5);
		const [bx, bw] = [x + 0.6 * metre, Math.min(2.1, width * 0.38) * metre];
		if (bay) {
			out += rect(
				bx - 0.15 * metre,
				ground - 2.9 * metre,
				bw + 0.3 * metre,
				2.9 * metre,
				isRendered ?? '#d9cfbf'
			);
			out += rect(
				bx - 0.3 * metre,
				ground - 3.2 * metre,
				bw + 0.6 * metre,
				0.35 * metre,
				'url(#tiles)'
			);
		}
		out += windowAt(scene, bx, ground - 2.45 * metre, bw / metre, 1.6);
	}
	const doorX = x + wide - 1.55 * metre;
	out += rect(doorX - 0.12 * metre, ground - 2.45 * metre, 1.14 * metre, 2.45 * metre, '#efe9dc');
	out += rect(doorX, ground - 2.1 * metre, 0.9 * metre, 2.05 * metre, door);
	out += rect(doorX, ground - 2.4 * metre, 0.9 * metre, 0.26 * metre, 'url(#glass)');
	out += `<circle cx="${doorX + 0.75 * metre}" cy="${ground - 1.05 * metre}" r="${0.04 * metre}" fill="#d8b45a"/>`;
	for (let storey = 1; storey < storeys; storey++) {
		const sill = ground - (0.3 + storey * 2.7 + 2.2) * metre;
		out += windowAt(scene, x + 0.75 * metre, sill, 1.1, 1.4);
		if (width > 5.2) out += windowAt(scene, x + wide - 1.9 * metre, sill, 1.1, 1.4);
	}
	return out;
}

function tree({ metre, ground, random }: Scene, x: number): string {
	const size = random.between(1.6, 2.8) * metre;
	const top = ground - random.between(3.2, 5.5) * metre;
	const greens = ['#3f6b35', '#4d7a3d', '#5d8a49', '#36602f', '#6d9a55'];
	const leaves = Array.from({ length: 90 }, () => {
		const [angle, far] = [random.between(0, 6.28), Math.sqrt(random.next()) * size];
		const r = random.between(0.18, 0.42) * metre;
		return `<circle cx="${(x + far * Math.cos(angle)).toFixed(0)}" cy="${(top + far * 0.8 * Math.sin(angle)).toFixed(0)}" r="${r.toFixed(0)}" fill="${random.pick(greens)}" fill-opacity="0.85"/>`;
	}).join('');
	return rect(x - 0.16 * metre, top, 0.32 * metre, ground - top + 0.3 * metre, '#5d4a38') + leaves;
}

function car({ metre, random }: Scene, x: number, y: number): string {
	const paint = random.pick(['#3a4550', '#8f1d22', '#c9ced2', '#20364f', '#6a6f58', '#e9e7e2']);
	const at = (px: number, py: number) =>
		`${(x + px * metre).toFixed(0)},${(y - py * metre).toFixed(0)}`;
	return (
		`<ellipse cx="${x + 2.1 * metre}" cy="${y}" rx="${2.3 * metre}" ry="${0.16 * metre}" fill="#000" fill-opacity="0.35"/>` +
		`<polygon points="${at(0, 0.3)} ${at(0.1, 0.85)} ${at(0.9, 0.95)} ${at(1.4, 1.45)} ${at(2.9, 1.45)} ${at(3.6, 0.95)} ${at(4.2, 0.8)} ${at(4.2, 0.3)}" fill="${paint}"/>` +
		`<polygon points="${at(1.1, 0.97)} ${at(1.5, 1.37)} ${at(2.05, 1.37)} ${at(2.05, 0.97)}" fill="#27323a"/><polygon points="${at(2.15, 0.97)} ${at(2.15, 1.37)} ${at(2.82, 1.37)} ${at(3.4, 0.97)}" fill="#27323a"/>` +
		[0.85, 3.35]
			.map(
				(wheel) =>
					`<circle cx="${x + wheel * metre}" cy="${y - 0.3 * metre}" r="${0.33 * metre}" fill="#1c1c1c"/><circle cx="${x + wheel * metre}" cy="${y - 0.3 * metre}" r="${0.18 * metre}" fill="#a9adb0"/>`
			)
			.join('')
	);
}

/** A street of houses of one kind as an officer would photograph it from the other pavement. */
export async function streetPicture(house: House, random: Random): Promise<Picture> {
	const isTall = random.chance(0.2);
	const width = isTall ? random.pick([1200, 1440]) : random.pick([1600, 1920, 2400]);
	const height = Math.round(isTall ? width * 1.333 : width * 0.75);
	const metre = width / random.between(isTall ? 8 : 12, isTall ? 11 : 19);
	const ground = height * random.between(0.7, 0.78);
	const scene: Scene = { random, width, height, ground, metre };
	const brick = random.pick(bricks);
	const gap =
		house.kind === 'detached' || house.kind === 'bungalow'
			? 3.2 * metre
			: house.kind === 'semi'
				? 1.1 * metre
				: 0;
	let out = definitions(scene, brick, random.pick(roofs));
	out += rect(0, 0, width, height, 'url(#sky)');
	if (random.chance(0.7)) out += cloud(scene) + cloud(scene);
	out += rect(0, ground - 1.6 * metre, width, 1.7 * metre, '#5b7350');
	for (let x = -random.between(0, house.width) * metre; x < width; x += house.width * metre + gap)
		out += houseAt(
			scene,
			x,
			house,
			random.pick(doors),
			random.chance(0.2) ? random.pick(renders) : null
		);
	const verge = house.kind === 'shop' ? 0 : 0.6 * metre;
	if (verge > 0) {
		out += rect(0, ground - 0.05 * metre, width, verge, '#6f8f55');
		out += rect(0, ground - 0.55 * metre, width, 0.6 * metre, 'url(#brick)');
		for (let x = 0.5 * metre; x < width; x += random.between(3, 6) * metre)
			out += `<ellipse cx="${x.toFixed(0)}" cy="${ground - 0.5 * metre}" rx="${0.9 * metre}" ry="${0.55 * metre}" fill="#48693a"/>`;
	}
	const pavement = ground + verge;
	out += rect(0, pavement, width, 1.1 * metre, '#b8b2a8');
	for (let x = 0; x < width; x += 0.9 * metre)
		out += rect(x, pavement, 1.5, 1.1 * metre, '#9d978d');
	out += rect(0, pavement + 1.1 * metre, width, 0.16 * metre, '#8b867d');
	out += rect(0, pavement + 1.26 * metre, width, height, '#5e5f61');
	if (random.chance(0.6)) out += tree(scene, random.between(0.1, 0.9) * width);
	if (random.chance(0.65))
		out += car(scene, random.between(0, 0.7) * width, pavement + 1.5 * metre);
	return finish(out, scene);
}

/** Brickwork with a crack, a window head or a damp patch, from close by. */
export async function closePicture(random: Random): Promise<Picture> {
	const width = random.pick([1200, 1600]);
	const height = Math.round(width * 0.75);
	const metre = width / random.between(1.8, 3.2);
	const scene: Scene = { random, width, height, ground: height * 1.1, metre };
	let out = definitions(scene, random.pick(bricks), random.pick(roofs));
	out += rect(0, 0, width, height, 'url(#brick)');
	if (random.chance(0.5)) out += windowAt(scene, width * 0.3, height * 0.2, 0.9, 1.1);
	let [x, y] = [width * random.between(0.2, 0.8), 0];
	let path = `M${x.toFixed(0)} 0`;
	while (y < height) {
		y += 0.075 * metre;
		x += random.between(-0.11, 0.11) * metre;
		path += ` L${x.toFixed(0)} ${y.toFixed(0)}`;
	}
	out += `<path d="${path}" fill="none" stroke="#2a1c16" stroke-width="${random.between(2, 5).toFixed(1)}"/>`;
	out += `<ellipse cx="${width * random.between(0.2, 0.8)}" cy="${height}" rx="${width * 0.4}" ry="${height * 0.35}" fill="url(#damp)"/>`;
	// a scale rule, as on any photograph of a defect
	const rule = 0.5 * metre;
	out += rect(width * 0.06, height * 0.93, rule, 0.04 * metre, '#ffffff');
	for (let part = 0; part < 5; part += 2)
		out += rect(width * 0.06 + (part * rule) / 5, height * 0.93, rule / 5, 0.04 * metre, '#111111');
	return finish(out, scene);
}

/** Grain, a slight tilt and the light of the day: a lens was here. */
async function finish(drawn: string, { random, width, height }: Scene): Promise<Picture> {
	const tilt = random.between(-1.1, 1.1);
	// the light of the day: a thin grey or warm film over all of it
	const light = rect(
		...([0, 0, width, height] as const),
		random.pick(['#2b3238', '#5a5f63', '#4a3a22', '#ffffff']),
		`opacity="${random.between(0.03, 0.16).toFixed(2)}"`
	);
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g transform="rotate(${tilt.toFixed(2)} ${width / 2} ${height / 2}) translate(${width / 2} ${height / 2}) scale(1.035) translate(${-width / 2} ${-height / 2})">${drawn}</g>${light}</svg>`;
	const side = 192;
	const grain = Buffer.alloc(side * side * 4);
	for (let at = 0; at < side * side; at++) {
		const light = random.chance(0.5) ? 255 : 0;
		grain.set([light, light, light, random.whole(0, 26)], at * 4);
	}
	const bytes = await sharp(Buffer.from(svg))
		.composite([
			{ input: grain, raw: { width: side, height: side, channels: 4 }, tile: true, blend: 'over' }
		])
		.flatten()
		.jpeg({ quality: 80, chromaSubsampling: '4:2:0' })
		.toBuffer();
	const thumbnail = await sharp(bytes).resize({ width: 480 }).jpeg({ quality: 72 }).toBuffer();
	return { bytes, thumbnail, width, height };
}
