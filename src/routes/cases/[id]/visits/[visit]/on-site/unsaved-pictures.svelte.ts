import { beforeNavigate } from '$app/navigation';
import { onDestroy } from 'svelte';
import type { App } from '../../../../../app.svelte.ts';
import type { Picture } from './picture.ts';
import type { Sensed } from './sensors.ts';

/** A picture that was taken, with what belongs to it since the tap. */
export interface UnsavedPicture {
	picture: Picture;
	sensed: Sensed;
	/** given at the tap, and kept whenever it is saved; null: the tablet could not, and gives one then */
	number: string | null;
	origin: 'camera' | 'file';
	caption: string;
	caseId: string;
	visitId: string;
}

/**
 * Pictures that the tablet could not save, held for as long as the officer is on site,
 * whichever of its screens is open. Leaving would lose them, so leaving is stopped and explained.
 */
export class UnsavedPictures {
	pictures = $state.raw<UnsavedPicture[]>([]);
	/** pictures being saved at this moment */
	saving = $state(0);
	/** why the officer is still here */
	stopped = $state('');

	constructor(app: App) {
		onDestroy(app.beforeLock(() => this.#finished()));
		beforeNavigate((navigation) => {
			if (this.pictures.length === 0 && this.saving === 0) return;
			navigation.cancel();
			this.stopped =
				this.pictures.length === 0
					? 'A picture is being saved. Try again in a moment.'
					: 'There are pictures that are not saved, and they would be lost. Save them, or throw them away, first.';
		});
	}

	/** Before the copy is locked: what is being saved is waited for, what cannot be saved keeps it open. */
	async #finished(): Promise<string | null> {
		while (this.saving > 0) await new Promise((resolve) => setTimeout(resolve, 50));
		if (this.pictures.length === 0) return null;
		this.stopped =
			'There are pictures that are not saved, and locking would lose them. Save them, or throw them away, first.';
		return this.stopped;
	}

	keep(one: UnsavedPicture): void {
		if (!this.pictures.some(({ picture }) => picture === one.picture))
			this.pictures = [...this.pictures, one];
	}

	forget(picture: Picture): void {
		this.pictures = this.pictures.filter((one) => one.picture !== picture);
		this.stopped = '';
	}
}
