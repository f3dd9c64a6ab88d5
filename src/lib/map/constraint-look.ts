/** How one family of constraints is drawn: a colour, and a hatch so that colour is not needed to tell it. */
export interface ConstraintLook {
	family: string;
	colour: string;
	hatch: 'rising' | 'falling' | 'level' | 'upright' | 'dots' | 'plain';
}

const looks: readonly (readonly [prefix: string, ConstraintLook])[] = [
	['designated.conservationArea', { family: 'conservation', colour: '#7b2d8b', hatch: 'rising' }],
	['listed', { family: 'listed', colour: '#a8490c', hatch: 'plain' }],
	['locallyListed', { family: 'listed', colour: '#a8490c', hatch: 'plain' }],
	['tpo', { family: 'trees', colour: '#1f6b2e', hatch: 'dots' }],
	['flood.zoneThree', { family: 'flood-high', colour: '#0b4f9e', hatch: 'level' }],
	['flood', { family: 'flood', colour: '#2f7fc1', hatch: 'level' }],
	['articleFour', { family: 'article-4', colour: '#a3135f', hatch: 'falling' }],
	['nature', { family: 'nature', colour: '#00695c', hatch: 'upright' }],
	['greenBelt', { family: 'nature', colour: '#00695c', hatch: 'upright' }],
	['archaeologicalPriorityArea', { family: 'archaeology', colour: '#6b4226', hatch: 'upright' }],
	['monument', { family: 'archaeology', colour: '#6b4226', hatch: 'upright' }]
];
const otherLook: ConstraintLook = { family: 'other', colour: '#3f4d57', hatch: 'falling' };

export const constraintLook = (code: string): ConstraintLook =>
	looks.find(([prefix]) => code === prefix || code.startsWith(`${prefix}.`))?.[1] ?? otherLook;

export const allLooks: readonly ConstraintLook[] = [
	...new Map(
		[...looks.map(([, look]) => look), otherLook].map((look) => [look.family, look])
	).values()
];

const size = 18;
const marks: Record<ConstraintLook['hatch'], (x: number, y: number) => boolean> = {
	rising: (x, y) => (x + y) % (size / 2) < 1,
	falling: (x, y) => (x - y + size) % (size / 2) < 1,
	level: (_, y) => y % (size / 2) < 1,
	upright: (x) => x % (size / 2) < 1,
	dots: (x, y) => Math.hypot((x % 6) - 2.5, (y % 6) - 2.5) < 1,
	plain: () => false
};

/** A tile of the hatch as pixels: the colour faint, its marks strong. Drawn at twice the size for sharp screens. */
export function hatchPixels({ colour, hatch }: ConstraintLook): {
	width: number;
	height: number;
	data: Uint8ClampedArray;
} {
	const side = size * 2;
	const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
	const data = new Uint8ClampedArray(side * side * 4);
	for (let y = 0; y < side; y++)
		for (let x = 0; x < side; x++) {
			const alpha = marks[hatch](x / 2, y / 2) ? 78 : hatch === 'plain' ? 84 : 14;
			data.set([red ?? 0, green ?? 0, blue ?? 0, alpha], (y * side + x) * 4);
		}
	return { width: side, height: side, data };
}

/** Whether an outline of one code stands for a constraint of another: `listed.gradeTwo` is `listed` too. */
export const standsFor = (outline: string, constraint: string): boolean =>
	outline === constraint || outline.startsWith(`${constraint}.`);

/** Constraints one for each code, without those that are said again more exactly. */
export const exactly = <C extends { code: string }>(constraints: readonly C[]): C[] =>
	[...new Map(constraints.map((one) => [one.code, one])).values()].filter(
		({ code }, _, all) => !all.some((other) => other.code.startsWith(`${code}.`))
	);
