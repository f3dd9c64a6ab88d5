const kept = 'bops-theme';

/** The screen's look, kept on this device: the usual one, or high contrast for outdoors. */
export class Theme {
	outdoor = $state(localStorage.getItem(kept) === 'outdoor');

	constructor() {
		this.#show();
	}

	toggle() {
		this.outdoor = !this.outdoor;
		localStorage.setItem(kept, this.outdoor ? 'outdoor' : 'usual');
		this.#show();
	}

	#show() {
		document.documentElement.dataset['theme'] = this.outdoor ? 'outdoor' : 'usual';
	}
}
