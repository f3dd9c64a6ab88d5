import type { Random } from '../town/random.ts';

const firstNames = [
	...['Ada', 'Aled', 'Amina', 'Anand', 'Beatrix', 'Bilal', 'Bronwen', 'Callum', 'Cecily', 'Dara'],
	...['Dilys', 'Edmund', 'Efe', 'Elspeth', 'Farah', 'Fergus', 'Gita', 'Gwilym', 'Hana', 'Hector'],
	...['Imogen', 'Isaac', 'Jaya', 'Jorge', 'Kezia', 'Kofi', 'Leila', 'Linus', 'Maeve', 'Magnus'],
	...['Nadia', 'Ngozi', 'Oscar', 'Padma', 'Perran', 'Quentin', 'Ravi', 'Rosalind', 'Saoirse'],
	...['Silas', 'Tamsin', 'Tariq', 'Una', 'Viola', 'Wilfred', 'Winifred', 'Yusuf', 'Zofia']
];
const surnameBeginnings = [
	...['Alder', 'Apple', 'Barley', 'Beech', 'Birken', 'Bracken', 'Candle', 'Clover', 'Copper'],
	...['Dapple', 'Elder', 'Ember', 'Fallow', 'Fennel', 'Flint', 'Gorse', 'Harrow', 'Hazel'],
	...['Heather', 'Juniper', 'Kestrel', 'Larch', 'Linden', 'Mallow', 'Marram', 'Meadow', 'Nettle'],
	...['Oaken', 'Osier', 'Pebble', 'Plover', 'Quill', 'Rowan', 'Rush', 'Saffron', 'Samphire'],
	...['Sorrel', 'Tansy', 'Teasel', 'Thistle', 'Umber', 'Vetch', 'Willow', 'Wren', 'Yarrow']
];
const surnameEndings = [
	...['bourne', 'combe', 'dene', 'feather', 'garth', 'hallow', 'hithe', 'holm', 'hurst', 'keld'],
	...['mere', 'moor', 'ridge', 'shaw', 'stead', 'thwaite', 'wick', 'worthy']
];

export interface Person {
	first: string;
	last: string;
	email: string;
	phone: string;
}

/**
 * Somebody who does not exist: a surname put together from plants and places, an address at
 * example.com, a telephone number from the ranges that are kept free for drama.
 */
export function person(random: Random): Person {
	const first = random.pick(firstNames);
	const last = `${random.pick(surnameBeginnings)}${random.pick(surnameEndings)}`;
	const digits = String(random.whole(0, 999)).padStart(3, '0');
	return {
		first,
		last,
		email: `${first}.${last}@example.com`.toLowerCase(),
		phone: random.chance(0.6) ? `07700 900${digits}` : `01632 960${digits}`
	};
}
