import type { Area, LonLat } from '#lib/domain/primitives.ts';
import type { PostalAddress } from '#lib/domain/person.ts';
import { mayBeInEngland, readBoundary } from './boundary.ts';
import type { Part } from './reading.ts';

export interface Site {
	/** on one line; empty when the submission has no address */
	address: string;
	/** in lines, for people whose address is the site's */
	postal: Omit<PostalAddress, 'sameAsSite'>;
	uprn: string | null;
	postcode: string | null;
	town: string | null;
	ward: string | null;
	point: LonLat | null;
	boundary: Area | null;
	/** square metres */
	statedArea: number | null;
}

/** Where it is: from `data.property` and the red line of `data.proposal`. */
export function readSite(data: Part): Site {
	const { reading } = data;
	const property = data.at('property');
	const from = property.at('address');
	const redLine = data.at('proposal', 'boundary', 'site');
	const boundary = readBoundary(redLine);
	if (!redLine.stated)
		reading.gap(
			property.at('boundary', 'site').stated
				? 'The submission has no site boundary (red line); it does carry the boundary of the title.'
				: 'The submission has no site boundary (red line).'
		);
	const { address, lines } = readAddress(from);
	if (address === '') reading.gap('The submission has no site address in words.');
	const town = from.at('town').text(200);
	const postcode = readPostcode(from.at('postcode'));
	const county = from.at('county').text(200);
	const area = data.at('proposal', 'boundary', 'area');
	return {
		address,
		postal: { lines, town, county, postcode, country: null },
		uprn: readUprn(from.at('uprn')),
		postcode,
		town,
		ward: property.at('ward').text(200),
		point: readPoint(from),
		boundary,
		statedArea: readArea(area)
	};
}

function readAddress(from: Part): { address: string; lines: string[] } {
	// looked at without being taken: the parts stay among the facts, as they were given
	const [organisation, sao, saoEnd, pao, paoEnd, street, town, postcode] = [
		'organisation',
		'sao',
		'saoEnd',
		'pao',
		'paoEnd',
		'street',
		'town',
		'postcode'
	].map((key) => peek(from.at(key)));
	const range = (start?: string, end?: string) =>
		start && end ? `${start}–${end}` : (start ?? '');
	const lines = [
		organisation ?? '',
		range(sao, saoEnd),
		[range(pao, paoEnd), street ?? ''].filter(Boolean).join(' ')
	].filter(Boolean);
	const single = from.at('singleLine').text(500);
	const title = from.at('title');
	const address =
		single ??
		title.text(500) ??
		[...lines, town, postcode].filter(Boolean).join(', ').slice(0, 500);
	return { address, lines: lines.length > 0 ? lines : address === '' ? [] : [address] };
}

const peek = ({ value }: Part): string | undefined =>
	typeof value === 'string' && value.trim() !== ''
		? value.slice(0, 200).toWellFormed().trim()
		: undefined;

function readUprn(part: Part): string | null {
	const { value } = part;
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text === 'string' && /^\d{1,12}$/.test(text.trim())) {
		part.take();
		return text.trim();
	}
	part.reading.gap(
		part.stated && text !== ''
			? 'The UPRN in the submission is not a number of up to twelve digits.'
			: 'The submission has no UPRN (unique property reference number).'
	);
	return null;
}

/** As given; one that does not look like a postcode is kept too, and said. */
function readPostcode(part: Part): string | null {
	const text = part.text(20);
	if (text === null) {
		part.reading.gap('The submission has no postcode for the site.');
		return null;
	}
	if (!/^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i.test(text))
		part.reading.gap(`“${text}” does not look like a postcode.`);
	return text;
}

function readPoint(from: Part): LonLat | null {
	const [east, north] = [from.at('longitude'), from.at('latitude')];
	if (!east.stated && !north.stated) {
		from.reading.gap('The submission has no coordinates for the site.');
		return null;
	}
	const longitude = east.number((degrees) => Math.abs(degrees) <= 180);
	const latitude = north.number((degrees) => Math.abs(degrees) <= 90);
	if (longitude === null || latitude === null) {
		from.reading.gap('The site’s coordinates are not degrees of longitude and latitude.');
		return null;
	}
	if (!mayBeInEngland(longitude, latitude))
		from.reading.gap('The site’s coordinates lie outside England.');
	return { longitude, latitude };
}

function readArea(area: Part): number | null {
	const metres = area.at('squareMetres');
	const hectares = area.at('hectares');
	const stated = metres.stated ? metres : hectares;
	if (!stated.stated) return null;
	const size = stated.number((number) => number >= 0);
	if (size === null) {
		area.reading.gap('The stated site area is not a size.');
		return null;
	}
	return stated === metres ? size : size * 10_000;
}
