import type { z } from 'zod';
import type { recordedHeading, RecordedPosition } from '#lib/domain/visit.ts';

type RecordedHeading = z.infer<typeof recordedHeading>;

/** A fix older than this says where the officer was, not where the photograph was taken. Milliseconds. */
const oldestFix = 15_000;
const oldestHeading = 2_000;

/** Safari's own compass, degrees from magnetic north. */
interface Orientation extends DeviceOrientationEvent {
	webkitCompassHeading?: number;
}

/** Null is "not recorded". */
export interface Sensed {
	position: RecordedPosition | null;
	heading: RecordedHeading | null;
}

/**
 * Where the device is and which way it points, watched while the camera is open, so that both
 * are there at the shutter. What the device or the officer refuses is "not recorded", never invented.
 */
export class Sensors {
	#position: { fix: RecordedPosition; at: number } | null = null;
	#heading: { reading: RecordedHeading; at: number } | null = null;
	#watch: number | null = null;
	readonly #onPositionProblem: (sentence: string) => void;

	constructor(onPositionProblem: (sentence: string) => void) {
		this.#onPositionProblem = onPositionProblem;
	}

	start() {
		if ('geolocation' in navigator)
			this.#watch = navigator.geolocation.watchPosition(
				this.#moved,
				(error) => {
					this.#onPositionProblem(
						error.code === error.PERMISSION_DENIED
							? 'The position is refused by this device’s settings: photographs are saved as “position not recorded”.'
							: 'The position is not known at the moment: photographs are saved as “position not recorded” until it is.'
					);
				},
				{ enableHighAccuracy: true, maximumAge: 5_000 }
			);
		else
			this.#onPositionProblem(
				'This device does not tell its position: photographs are saved as “position not recorded”.'
			);
		addEventListener('deviceorientationabsolute', this.#turned as EventListener);
		addEventListener('deviceorientation', this.#turned as EventListener);
	}

	stop() {
		if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
		removeEventListener('deviceorientationabsolute', this.#turned as EventListener);
		removeEventListener('deviceorientation', this.#turned as EventListener);
	}

	readonly #turned = (event: Orientation) => {
		const at = Date.now();
		if (typeof event.webkitCompassHeading === 'number')
			this.#heading = {
				reading: { degrees: event.webkitCompassHeading, reference: 'magnetic' },
				at
			};
		else if (event.absolute && event.alpha !== null)
			this.#heading = {
				reading: { degrees: (360 - event.alpha) % 360, reference: 'unknown' },
				at
			};
	};

	/**
	 * What is known at the shutter. A standing tablet may not have been told its position for a
	 * while: then it is asked once, for as long as an officer would not notice.
	 */
	async atShutter(): Promise<Sensed> {
		const now = Date.now();
		const heading =
			this.#heading !== null && now - this.#heading.at <= oldestHeading
				? this.#heading.reading
				: null;
		if (this.#position === null || now - this.#position.at > oldestFix) await this.#askOnce();
		const position =
			this.#position !== null && now - this.#position.at <= oldestFix ? this.#position.fix : null;
		return { position, heading };
	}

	#askOnce(): Promise<void> {
		if (!('geolocation' in navigator)) return Promise.resolve();
		return new Promise((resolve) => {
			navigator.geolocation.getCurrentPosition(
				(fix) => {
					this.#moved(fix);
					resolve();
				},
				() => {
					resolve();
				},
				{ enableHighAccuracy: true, maximumAge: 5_000, timeout: 1_500 }
			);
		});
	}

	readonly #moved = ({ coords, timestamp }: GeolocationPosition) => {
		this.#position = {
			fix: {
				longitude: coords.longitude,
				latitude: coords.latitude,
				accuracy: coords.accuracy,
				altitude: coords.altitude
			},
			at: Math.min(timestamp, Date.now())
		};
		this.#onPositionProblem('');
	};
}
