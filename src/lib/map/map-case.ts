import type { Area, LonLat } from '#lib/domain/primitives.ts';

/** What a map shows of one case. */
export interface MapCase {
	id: string;
	/** reference or provisional label */
	label: string;
	address: string;
	point: LonLat | null;
	boundary: Area | null;
	/** those the site meets */
	constraints?: readonly MapConstraint[];
	/** those taken on site and not withdrawn */
	photos?: readonly MapPhoto[];
}
export interface MapConstraint {
	id: string;
	code: string;
	description: string;
	entities: readonly { name: string }[];
	geometry: Area | null;
}
export interface MapPhoto {
	id: string;
	number: string;
	caption: string;
	position: { longitude: number; latitude: number; accuracy: number } | null;
	heading: { degrees: number; reference: 'true' | 'magnetic' | 'unknown' } | null;
}
