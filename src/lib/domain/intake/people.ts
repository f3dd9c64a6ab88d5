import type { Person, PersonRole, PostalAddress } from '#lib/domain/person.ts';
import type { Part } from './reading.ts';
import type { Site } from './site.ts';

export type Named = Omit<Person, 'id' | 'caseId' | 'writers'>;

/** Everybody the submission names: applicant, agent, owners to be told, and whom to meet on site. */
export function readPeople(data: Part, site: Site): Named[] {
	const from = data.at('applicant');
	const agentFrom = from.at('agent');
	const applicant = readPerson(from, 'applicant', site, ['type']);
	const agent = readPerson(agentFrom, 'agent', site, ['type']);
	if (applicant === null) from.reading.gap('The submission names no applicant.');
	if ((applicant?.email ?? null) === null && (agent?.email ?? null) === null)
		from.reading.gap('There is no e-mail address for the applicant or an agent.');
	const contact = readSiteContact(from.at('siteContact'), applicant, agent, site);
	const owners = from
		.at('ownership', 'owners')
		.items(200, 'owners')
		.flatMap((one) => {
			const owner = readPerson(one, 'owner', site, [
				'interest',
				'noticeGiven',
				'noticeDate',
				'noticeReason',
				'noNoticeReason'
			]);
			return owner === null ? [] : [owner];
		});
	return [applicant, agent, contact, ...owners].filter((one) => one !== null);
}

function readPerson(
	from: Part,
	role: PersonRole,
	site: Site,
	details: readonly string[]
): Named | null {
	const organisation = from.at('company', 'name').text(300);
	const name = readName(from.at('name')) ?? organisation;
	const email = from.at('email').text(320);
	const phone = readPhone(from.at('phone'));
	const address = readAddress(from.at('address'), site);
	if (name === null && email === null && phone === null && address === null) return null;
	const detail = details.flatMap((key) => {
		const value = from.at(key).words(2_000);
		return value === null ? [] : [[key, value] as const];
	});
	return {
		role,
		name: name ?? '',
		organisation,
		email,
		phone,
		address,
		detail: Object.fromEntries(detail)
	};
}

function readName(name: Part): string | null {
	if (typeof name.value === 'string') return name.text(300);
	const parts = ['title', 'first', 'last'].map((key) => name.at(key).text(200));
	const whole = parts.filter((part) => part !== null).join(' ');
	return whole === '' ? null : whole;
}

function readPhone(phone: Part): string | null {
	return typeof phone.value === 'object' ? phone.at('primary').text(100) : phone.text(100);
}

function readAddress(from: Part, site: Site): PostalAddress | null {
	if (!from.stated) return null;
	const same = from.at('sameAsSiteAddress');
	if (same.value === true || same.value === 'true') {
		same.take();
		return { ...site.postal, sameAsSite: true };
	}
	if (typeof from.value === 'string') {
		const line = from.text(500);
		return line === null
			? null
			: {
					lines: [line],
					town: null,
					county: null,
					postcode: null,
					country: null,
					sameAsSite: false
				};
	}
	same.take();
	const lines = ['line1', 'line2', 'line3']
		.map((key) => from.at(key).text(300))
		.filter((line) => line !== null);
	const [town, county, postcode, country] = ['town', 'county', 'postcode', 'country'].map((key) =>
		from.at(key).text(200)
	);
	const address: PostalAddress = {
		lines,
		town: town ?? null,
		county: county ?? null,
		postcode: postcode ?? null,
		country: country ?? null,
		sameAsSite: false
	};
	const nothing =
		lines.length === 0 && [town, county, postcode, country].every((one) => one === null);
	return nothing ? null : address;
}

/**
 * Whom to arrange a visit with. `applicant`, `agent` and `proxy` point to somebody already
 * named (a proxy gives their details as the agent's); `other` brings its own.
 */
function readSiteContact(
	from: Part,
	applicant: Named | null,
	agent: Named | null,
	site: Site
): Named | null {
	if (!from.stated) {
		from.reading.gap('The submission does not say whom to contact for a site visit.');
		return null;
	}
	const role = from.at('role').text(100);
	const own = readPerson(from, 'site-contact', site, []);
	const meant = role === 'applicant' ? applicant : role === 'agent' ? agent : null;
	const person = own ?? meant ?? (role === 'proxy' ? (agent ?? applicant) : null);
	if (person === null)
		from.reading.gap(
			`The site contact${role === null ? '' : ` (“${role}”)`} is named without any way to reach them.`
		);
	return {
		role: 'site-contact',
		name: person?.name ?? '',
		organisation: person?.organisation ?? null,
		email: person?.email ?? null,
		phone: person?.phone ?? null,
		address: person?.address ?? null,
		detail: role === null ? {} : { role }
	};
}
