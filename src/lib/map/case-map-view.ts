import 'maplibre-gl/dist/maplibre-gl.css';
import {
	Map as MapLibre,
	ScaleControl,
	type ExpressionFilterSpecification,
	type GeoJSONSource
} from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';
import type { BasemapInfo } from '#lib/domain/basemap.ts';
import type { LonLat } from '#lib/domain/primitives.ts';
import type { BasemapReader } from './basemap.ts';
import { boundariesOf, outlinesOf, pointsOf, viewpointsOf } from './case-features.ts';
import { viewpointPixels } from './case-layers.ts';
import { allLooks, constraintLook, exactly, hatchPixels, standsFor } from './constraint-look.ts';
import { gridOver } from './grid.ts';
import type { MapCase } from './map-case.ts';
import { extentOfAll, extentOfCase, isWithin, placeOf, type Extent } from './measure.ts';
import { emptyCollection, styleFor, type OwnSource } from './style.ts';
import { readTilesFrom } from './tile-protocol.ts';

/** What a view tells its component. */
export interface ViewEvents {
	/** a case was tapped */
	onselect(caseId: string): void;
	/** the middle of the view has no basemap: the grid is drawn, with this many metres between lines */
	ongrid(step: number | null): void;
	/** some tiles of the view are neither on this tablet nor to be had */
	onmissing(missing: boolean): void;
	/** codes of constraints whose outlines are on the map */
	onoutlines(codes: ReadonlySet<string>): void;
}

const england: Extent = [-6.4, 49.8, 1.8, 55.9];
const tapReach = 22;

/** Outlines of these codes and of what is more exactly the same. */
const codeFilter = (codes: readonly string[]): ExpressionFilterSpecification => [
	'any',
	['in', ['get', 'code'], ['literal', [...codes]]],
	...codes.map((code): ExpressionFilterSpecification => [
		'==',
		['slice', ['get', 'code'], 0, code.length + 1],
		`${code}.`
	])
];

/** A MapLibre map of cases. Throws where the browser cannot draw maps. */
export class CaseMapView {
	readonly #map: MapLibre;
	readonly #info: BasemapInfo;
	readonly #events: ViewEvents;
	#cases: readonly MapCase[] = [];
	#selected: string | null = null;
	#hidden: ReadonlySet<string> = new Set();
	#isLoaded = false;
	readonly #refresh = () => {
		if (this.#info.basemap !== 'none') this.#map.refreshTiles('basemap');
	};

	constructor(
		container: HTMLElement,
		reader: BasemapReader,
		info: BasemapInfo,
		cooperative: boolean,
		events: ViewEvents
	) {
		this.#info = info;
		this.#events = events;
		readTilesFrom(reader, info.basemap === 'raster');
		const [west, south, east, north] = info.basemap === 'none' ? england : info.bounds;
		this.#map = new MapLibre({
			container,
			style: styleFor(info),
			bounds: [west, south, east, north],
			attributionControl: false,
			cooperativeGestures: cooperative,
			dragRotate: false,
			pitchWithRotate: false,
			touchPitch: false,
			maxPitch: 0,
			maxZoom: 21,
			renderWorldCopies: false,
			locale: {
				'Map.Title': 'Map',
				'CooperativeGesturesHandler.WindowsHelpText': 'Hold Ctrl to zoom the map with the wheel',
				'CooperativeGesturesHandler.MobileHelpText': 'Use two fingers to move the map'
			}
		});
		// north stays up, so that plans and map read alike
		this.#map.touchZoomRotate.disableRotation();
		this.#map.keyboard.disableRotation();
		this.#map.addControl(new ScaleControl({ maxWidth: 140, unit: 'metric' }), 'bottom-left');
		this.#map.on('style.load', () => {
			this.#addImages();
			this.#isLoaded = true;
			this.#draw();
		});
		this.#map.on('moveend', () => {
			this.#drawGrid();
		});
		this.#map.on('movestart', () => {
			events.onmissing(false);
		});
		this.#map.on('idle', () => {
			this.#noteOutlines();
		});
		this.#map.on('error', (event) => {
			if ((event as { sourceId?: string }).sourceId === 'basemap') events.onmissing(true);
			else reportError(event.error);
		});
		this.#map.on('click', ({ point: { x, y } }) => {
			this.#tap(x, y);
		});
		window.addEventListener('online', this.#refresh);
	}

	/** Shows these cases; the view moves only when the cases or the selection became others. */
	show(cases: readonly MapCase[], selected: string | null, hidden: ReadonlySet<string>): void {
		const same = (a: readonly MapCase[], b: readonly MapCase[]) =>
			a.length === b.length && a.every(({ id }, at) => id === b[at]?.id);
		const isOther = !same(cases, this.#cases);
		const isChosenAnew = selected !== null && selected !== this.#selected;
		const isFirst = this.#cases.length === 0;
		this.#cases = cases;
		this.#selected = selected;
		this.#hidden = hidden;
		if (this.#isLoaded) this.#draw();
		if (isOther) this.fit(isFirst);
		else if (isChosenAnew) this.#comeTo(selected);
	}

	/** Brings everything into view. */
	fit(atOnce = false): void {
		const extents = this.#cases.map(extentOfCase).filter((extent) => extent !== null);
		const all = extentOfAll(extents);
		if (all !== null) this.#moveTo(all, atOnce);
	}

	zoomBy(steps: number): void {
		this.#map.easeTo({ zoom: this.#map.getZoom() + steps });
	}

	/** Moves the view by shares of its width and height: what dragging does, by one tap. */
	panBy(across: number, down: number): void {
		const { clientWidth, clientHeight } = this.#map.getContainer();
		this.#map.panBy([across * clientWidth, down * clientHeight]);
	}

	remove(): void {
		window.removeEventListener('online', this.#refresh);
		this.#map.remove();
	}

	#moveTo([west, south, east, north]: Extent, atOnce: boolean): void {
		const { clientWidth, clientHeight } = this.#map.getContainer();
		this.#map.fitBounds([west, south, east, north], {
			padding: Math.min(72, clientWidth / 6, clientHeight / 6),
			maxZoom: this.#cases.length === 1 ? 18.2 : 17.5,
			animate: !atOnce
		});
	}

	/** A case chosen in the list comes into view; one that was tapped here is in view already. */
	#comeTo(caseId: string): void {
		const chosen = this.#cases.find(({ id }) => id === caseId);
		const place = chosen === undefined ? null : placeOf(chosen);
		if (place === null) return;
		const bounds = this.#map.getBounds();
		if (bounds.contains([place.longitude, place.latitude]) && this.#map.getZoom() > 14) return;
		this.#map.easeTo({
			center: [place.longitude, place.latitude],
			zoom: Math.max(16, this.#map.getZoom())
		});
	}

	#tap(x: number, y: number): void {
		const near = this.#map.queryRenderedFeatures(
			[
				[x - tapReach, y - tapReach],
				[x + tapReach, y + tapReach]
			],
			{ layers: ['case-points'] }
		);
		const [closest] = near
			.map(({ geometry, properties }) => {
				const [longitude = 0, latitude = 0] = geometry.type === 'Point' ? geometry.coordinates : [];
				const place = this.#map.project([longitude, latitude]);
				return { id: String(properties['id']), far: Math.hypot(place.x - x, place.y - y) };
			})
			.sort((a, b) => a.far - b.far);
		if (closest !== undefined) this.#events.onselect(closest.id);
	}

	#addImages(): void {
		const sharp = { pixelRatio: 2 };
		for (const look of allLooks)
			this.#map.addImage(`hatch-${look.family}`, hatchPixels(look), sharp);
		this.#map.addImage('viewpoint', viewpointPixels(false), sharp);
		this.#map.addImage('viewpoint-heading', viewpointPixels(true), sharp);
	}

	#put(source: OwnSource, data: FeatureCollection): void {
		void this.#map.getSource<GeoJSONSource>(source)?.setData(data);
	}

	#draw(): void {
		const cases = this.#cases;
		const isOne = cases.length === 1 && cases[0]?.boundary !== null;
		this.#put('sites', boundariesOf(cases, this.#selected));
		this.#put('points', isOne ? emptyCollection : pointsOf(cases, this.#selected));
		this.#put('outlines', outlinesOf(cases, this.#hidden));
		this.#put('viewpoints', viewpointsOf(cases));
		const shown = this.#codes().filter((code) => !this.#hidden.has(code));
		for (const { family } of allLooks) {
			const own = shown.filter((code) => constraintLook(code).family === family);
			const ofTiles = codeFilter(own);
			const ofCase: ExpressionFilterSpecification = ['==', ['get', 'family'], family];
			for (const part of ['area', 'line']) {
				if (this.#info.basemap === 'vector')
					this.#map.setFilter(`tiles-${family}-${part}`, ofTiles);
				this.#map.setFilter(`case-${family}-${part}`, ofCase);
			}
		}
		this.#drawGrid();
	}

	#codes(): string[] {
		return exactly(this.#cases.flatMap(({ constraints = [] }) => constraints)).map(
			({ code }) => code
		);
	}

	#drawGrid(): void {
		if (!this.#isLoaded) return;
		const { lng, lat } = this.#map.getCenter();
		const middle: LonLat = { longitude: lng, latitude: lat };
		const isCovered = this.#info.basemap !== 'none' && isWithin(middle, this.#info.bounds);
		const first = this.#cases.find(({ id }) => id === this.#selected) ?? this.#cases[0];
		const origin = (first && placeOf(first)) ?? middle;
		if (isCovered) {
			this.#put('grid-lines', emptyCollection);
			this.#put('grid-labels', emptyCollection);
			this.#events.ongrid(null);
			return;
		}
		const bounds = this.#map.getBounds();
		const [west, south] = bounds.getSouthWest().toArray();
		const [east, north] = bounds.getNorthEast().toArray();
		const { step, lines, labels } = gridOver(origin, [west, south, east, north]);
		this.#put('grid-lines', lines);
		this.#put('grid-labels', labels);
		this.#events.ongrid(step);
	}

	#noteOutlines(): void {
		const wanted = new Set(this.#codes());
		if (wanted.size === 0) return;
		const found = new Set<string>();
		for (const { constraints = [] } of this.#cases)
			for (const { code, geometry } of constraints) if (geometry !== null) found.add(code);
		if (this.#info.basemap === 'vector')
			for (const { properties } of this.#map.querySourceFeatures('basemap', {
				sourceLayer: 'bops_constraints'
			})) {
				const code = String(properties['code']);
				for (const one of wanted) if (standsFor(code, one)) found.add(one);
			}
		this.#events.onoutlines(found);
	}
}
