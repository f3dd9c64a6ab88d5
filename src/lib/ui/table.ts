/** One column of a table; `sort` names what it is sorted by, where it can be. */
export interface Column {
	key: string;
	words: string;
	wordsHidden?: boolean;
	numeric?: boolean;
	/** any CSS length */
	width?: string;
	sort?: string;
}

export interface Sort {
	by: string;
	descending: boolean;
}
