import { Part, Reading } from '#lib/domain/intake/reading.ts';
import { readBoundary } from '#lib/domain/intake/boundary.ts';
import type { Area } from '#lib/domain/primitives.ts';

/** Reads a red line from a GeoJSON file, or says in a sentence why it cannot. */
export function redLineFrom(text: string): { area: Area } | { problem: string } {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return { problem: 'This file is not GeoJSON, so the red line was left out.' };
	}
	const reading = new Reading();
	const area = readBoundary(new Part(value, '', reading));
	return area === null
		? { problem: reading.gaps.join(' ') || 'There is no area in this file.' }
		: { area };
}
