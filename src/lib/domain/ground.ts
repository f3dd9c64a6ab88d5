import { area } from '@turf/area';
import type { Area } from './primitives.ts';

/** Square metres on the ground, geodesic: no projection comes into it. */
export const squareMetres = (boundary: Area): number => area(boundary);
