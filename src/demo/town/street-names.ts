import type { Random } from './random.ts';
import type { PlannedStreet, Zone } from './street-plan.ts';

/** First words of street names: trades, trees, birds, weather and things of the sea; no person's name. */
const firstWords = [
	...['Alder', 'Anchor', 'Ash', 'Aspen', 'Avocet', 'Barley', 'Beacon', 'Bellfield', 'Birch'],
	...['Blackthorn', 'Bramble', 'Brewhouse', 'Broomfield', 'Bullfinch', 'Calico', 'Candle'],
	...['Capstan', 'Chandler’s', 'Cobbler’s', 'Cooper’s', 'Copper', 'Coral', 'Cormorant'],
	...['Cowslip', 'Curlew', 'Cutter', 'Dabchick', 'Damson', 'Dovecote', 'Dunlin', 'Elder'],
	...['Fallow', 'Farrier’s', 'Fernhill', 'Fieldfare', 'Flax', 'Foundry', 'Foxglove', 'Furlong'],
	...['Gannet', 'Gorse', 'Greenfinch', 'Guillemot', 'Halyard', 'Harebell', 'Harvest', 'Hawthorn'],
	...['Hazel', 'Heron', 'Hollyhock', 'Hopfield', 'Hornbeam', 'Ivy', 'Jackdaw', 'Juniper', 'Keel'],
	...['Kestrel', 'Kiln', 'Kingfisher', 'Lantern', 'Larch', 'Lavender', 'Linnet', 'Long Acre'],
	...['Lower Mill', 'Malthouse', 'Maple', 'Mariner’s', 'Marram', 'Meadowsweet', 'Medlar'],
	...['Merlin', 'Millrace', 'Mizzen', 'Mulberry', 'Net Loft', 'Nightjar', 'Nuthatch', 'Orchard'],
	...['Osier', 'Oyster', 'Packhorse', 'Paddock', 'Peartree', 'Pilot’s', 'Pipit', 'Plover'],
	...['Poplar', 'Primrose', 'Privet', 'Quince', 'Redstart', 'Rigging', 'Rookery', 'Rosehip'],
	...['Rowan', 'Saffron', 'Sailmaker’s', 'Saltpan', 'Samphire', 'Sandpiper', 'Shearwater'],
	...['Sheepwash', 'Shingle', 'Skylark', 'Sloe', 'Sorrel', 'Spindle', 'Stonechat', 'Swallow'],
	...['Sycamore', 'Tamarisk', 'Teasel', 'Tern', 'Thistle', 'Thyme', 'Tiller', 'Turnstone'],
	...['Victualler’s', 'Walnut', 'Warbler', 'Weaver’s', 'Wheatear', 'Whimbrel', 'Whinchat'],
	...['Willow', 'Windlass', 'Woodpecker', 'Wren', 'Yarrow', 'Yew Tree']
];

const lastWords: Record<Zone['name'], string[]> = {
	centre: ['Street', 'Lane', 'Row', 'Passage'],
	terrace: ['Street', 'Road', 'Terrace', 'Place'],
	semi: ['Avenue', 'Road', 'Drive', 'Gardens'],
	detached: ['Drive', 'Rise', 'Avenue', 'Lane'],
	modern: ['Close', 'Way', 'Mead', 'Court'],
	works: ['Way', 'Yard']
};

/** Names every street that has none yet, each name once. */
export function nameStreets(streets: readonly PlannedStreet[], random: Random): void {
	const words = random.shuffled(firstWords);
	for (const street of streets) {
		if (street.name !== '') continue;
		const first = words.pop();
		if (first === undefined) throw new Error('The town has more streets than names.');
		street.name = `${first} ${random.pick(lastWords[street.zone ?? 'terrace'])}`;
	}
}
