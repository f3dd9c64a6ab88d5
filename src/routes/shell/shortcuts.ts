/** Keys that work on every screen; shown by `?` and on the help page. */
export const shortcuts = [
	{ keys: ['/'], words: 'Go to the search box' },
	{ keys: ['↑', '↓'], words: 'Move up and down in a list of cases' },
	{ keys: ['Home', 'End'], words: 'First and last in a list' },
	{ keys: ['Enter'], words: 'Open what is chosen' },
	{ keys: ['Space'], words: 'On Assign: choose a case, or put it back' },
	{ keys: ['Shift', 'Space'], words: 'On Assign: choose all cases from the last one to this one' },
	{ keys: ['Esc'], words: 'Close a dialog or a menu' },
	{ keys: ['?'], words: 'Show this list' }
] as const;
