import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { constraintLook } from './constraint-look.ts';
import type { MapCase } from './map-case.ts';
import { placeOf } from './measure.ts';

const collection = (features: Feature[]): FeatureCollection => ({
	type: 'FeatureCollection',
	features
});
const feature = (geometry: Geometry, properties: Record<string, unknown>): Feature => ({
	type: 'Feature',
	geometry,
	properties
});

export const boundariesOf = (cases: readonly MapCase[], selected: string | null) =>
	collection(
		cases.flatMap(({ id, boundary }) =>
			boundary === null
				? []
				: [feature(boundary, { id, isChosen: cases.length === 1 || id === selected })]
		)
	);

export const pointsOf = (cases: readonly MapCase[], selected: string | null) =>
	collection(
		cases.flatMap((one) => {
			const place = placeOf(one);
			if (place === null) return [];
			const coordinates = [place.longitude, place.latitude];
			const isChosen = one.id === selected;
			return [feature({ type: 'Point', coordinates }, { id: one.id, label: one.label, isChosen })];
		})
	);

/** Constraints that came with an outline of their own. */
export const outlinesOf = (cases: readonly MapCase[], hidden: ReadonlySet<string>) =>
	collection(
		cases.flatMap(({ constraints = [] }) =>
			constraints.flatMap(({ code, description, geometry }) =>
				geometry === null || hidden.has(code)
					? []
					: [feature(geometry, { code, description, family: constraintLook(code).family })]
			)
		)
	);

export const viewpointsOf = (cases: readonly MapCase[]) =>
	collection(
		cases.flatMap(({ photos = [] }) =>
			photos.flatMap(({ number, position, heading }) =>
				position === null
					? []
					: [
							feature(
								{ type: 'Point', coordinates: [position.longitude, position.latitude] },
								{ number, degrees: heading?.degrees ?? null }
							)
						]
			)
		)
	);
