import type { Place } from '../e2e/support/submissions.ts';

/*
 * A town as large as a register: streets, postcodes, surnames and names of files in the numbers
 * that a council has, so that a search meets words that are rare and words that are everywhere.
 */

const trees =
	'Acorn Alder Ash Aspen Beech Birch Blackthorn Box Bramble Briar Bryony Cedar Chestnut Clover Copse ' +
	'Cypress Elder Elm Fern Fir Foxglove Gorse Hawthorn Hazel Heather Holly Hornbeam Ivy Juniper Larch ' +
	'Laurel Lavender Lilac Lime Linden Maple Meadow Mulberry Myrtle Oak Olive Pear Pine Plane Poplar ' +
	'Primrose Quince Rowan Rush Sorrel Spruce Sycamore Teasel Thistle Thorn Walnut Willow Wisteria Yew';
const ways = 'Road Street Lane Avenue Gardens Close Row Terrace Hill Way';
const districts = 'SW2 SW4 SW8 SW9 SW16 SE1 SE5 SE11 SE21 SE24 SE27';
const begins =
	'Amber Ashen Barley Beck Bracken Brindle Calder Cinder Dapple Ember Fallow Fenn Gander Harrow Hollow ' +
	'Inger Kestrel Lark Marl Nettle Otter Pebble Quill Raven Saffron Tansy Umber Vetch Wether Yarrow';
const ends = 'bourne by croft dale field ford garth ham ley mere ton well wick wood worth';
const plans =
	'proposed-site-plan existing-floor-plans proposed-floor-plans proposed-elevations existing-elevations ' +
	'block-plan location-plan roof-plan sections tree-survey heritage-statement flood-risk-assessment';

const words = (text: string) => text.split(' ');
const [tree, way, district, begin, end, plan] = [trees, ways, districts, begins, ends, plans].map(
	words
) as [string[], string[], string[], string[], string[], string[]];
/** The `nth` of a list that begins again at its end. */
const of = (list: readonly string[], nth: number): string => list[nth % list.length] ?? '';
const letters = 'ABDEFGHJLNPQRSTUWXYZ';

/** Where case number `index` is; the same each time. */
export function placeOf(index: number): Place {
	// steps without a common divisor: neighbours in the register are not neighbours in the town
	const streets = tree.length * way.length;
	const street = (index * 7) % streets;
	const number = 1 + Math.floor(index / streets);
	const part = street * 3 + (number % 3);
	const inward = `${part % 9}${letters[part % 20] ?? ''}${letters[Math.floor(part / 20) % 20] ?? ''}`;
	const name = (index * 11) % (begin.length * end.length);
	return {
		number,
		street: `${of(tree, street)} ${of(way, Math.floor(street / tree.length))}`,
		postcode: `${of(district, street)} ${inward}`,
		lastName: `${of(begin, name)}${of(end, Math.floor(name / begin.length))}`,
		plan: `${of(plan, index)}.pdf`
	};
}
