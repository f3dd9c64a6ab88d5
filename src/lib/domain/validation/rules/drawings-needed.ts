/** A drawing that works of some kind usually need to be described. */
export interface DrawingNeeded {
	/** national reference */
	reference: string;
	words: string;
	/** whether these works cannot be described without it; else a person says */
	sure: boolean;
}

const both = (thing: string, words: string): [string, string][] => [
	[`${thing}-existing`, `${words}, existing`],
	[`${thing}-proposed`, `${words}, proposed`]
];

/** Which drawings which works need: works that match `sure` cannot do without, those that match `maybe` often need it. */
const matrix: readonly { drawings: [string, string][]; sure: RegExp; maybe: RegExp }[] = [
	{
		drawings: both('elevation', 'elevations'),
		sure: /^(extend(?!\.basement)|new|alter\.(facades|openings|roof|balcony|bayWindow|chimneys|shopfronts|rooflight))/,
		maybe: /^(alter(?!\.trees)|demolish|changeOfUse|extend\.basement)/
	},
	{
		drawings: both('floor-plan', 'floor plans'),
		sure: /^(extend\.(?!roof|porch)|new\.(dwelling|residential|office|retail|industrial|leisure)|internal|unit|changeOfUse)/,
		maybe: /^(extend|new|demolish\.(internal|part))/
	},
	{
		drawings: both('roof-plan', 'roof plans'),
		sure: /^(extend\.roof|alter\.roof|extend\.upperStorey)/,
		maybe: /^(extend\.(rear|side|front)|new\.(dwelling|residential))/
	},
	{
		drawings: both('section', 'sections'),
		sure: /^(?!)/,
		maybe:
			/^(extend\.(basement|roof)|internal\.(floors|loft|mezzanine)|new\.(dwelling|residential))/
	}
];

/** Works not said: elevations and floor plans, for a person to say. */
export function drawingsNeeded(works: readonly string[] | null): DrawingNeeded[] {
	const known = works ?? ['alter'];
	return matrix.flatMap(({ drawings, sure, maybe }) => {
		const certain = known.some((one) => sure.test(one));
		if (!certain && !known.some((one) => maybe.test(one))) return [];
		return drawings.map(([reference, words]) => ({ reference, words, sure: certain }));
	});
}
