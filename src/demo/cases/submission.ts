import type { Site } from '../town.ts';
import { closedRing, position } from '../town/ground.ts';
import { middle, ringArea } from '../town/geometry.ts';
import type { Random } from '../town/random.ts';
import type { SubmittedFile } from './files.ts';
import { person } from './people.ts';
import type { Proposal } from './proposals.ts';

/** Designations that the applicant's service looks up at every site. */
const lookedUp: readonly (readonly [code: string, words: string])[] = [
	['articleFour', 'Article 4 direction area'],
	['tpo', 'Tree Preservation Order (TPO) or zone'],
	['listed', 'Listed building'],
	['monument', 'Site of a Scheduled Monument'],
	['designated.conservationArea', 'Conservation area'],
	['designated.AONB', 'Area of Outstanding Natural Beauty (AONB)'],
	['designated.nationalPark', 'National Park'],
	['nature.SSSI', 'Site of Special Scientific Interest (SSSI)'],
	['nature.ASNW', 'Ancient Semi-Natural Woodland (ASNW)'],
	['archaeologicalPriorityArea', 'Archaeological Priority Area'],
	['flood.zoneTwo', 'Flood zone 2 - Medium risk'],
	['flood.zoneThree', 'Flood zone 3 - High risk']
];
const gradeWords: Record<string, string> = {
	'listed.gradeTwo': 'Listed building - Grade II',
	'listed.gradeTwoStar': 'Listed building - Grade II*'
};

const houseTypes: Record<Site['built']['kind'], readonly [string, string]> = {
	terrace: ['residential.house.terrace', 'Terrace'],
	semi: ['residential.house.semiDetached', 'Semi-detached'],
	detached: ['residential.house.detached', 'Detached'],
	bungalow: ['residential.house.detached', 'Detached'],
	shop: ['commercial.retail', 'Retail'],
	works: ['commercial.industrial', 'Industrial']
};

const designation = (code: string, description: string, names: readonly string[]) => ({
	value: code,
	description,
	intersects: names.length > 0,
	...(names.length === 0
		? {}
		: {
				entities: names.map((name) => ({
					name,
					source: { text: 'Planning Data', url: 'https://www.planning.data.gov.uk/' }
				}))
			})
});

function designationsAt(site: Site) {
	const namesOf = (matches: (code: string) => boolean) =>
		site.designations.filter(({ code }) => matches(code)).map(({ name }) => name);
	const grades = [...new Set(site.designations.map(({ code }) => code))].filter(
		(code) => gradeWords[code] !== undefined
	);
	return [
		...lookedUp.map(([code, words]) =>
			designation(
				code,
				words,
				namesOf((one) => one === code || one.startsWith(`${code}.`))
			)
		),
		...grades.map((code) =>
			designation(
				code,
				gradeWords[code] ?? '',
				namesOf((one) => one === code)
			)
		)
	];
}

export interface Submission {
	/** as the sender made it */
	payload: unknown;
	applicant: { first: string; last: string };
}

/** An application as an applicant's service sends it, in the shape of the Open Digital Planning schemas. */
export function submissionFor(
	site: Site,
	proposal: Proposal,
	files: readonly SubmittedFile[],
	given: { council: string; submittedAt: Date; random: Random }
): Submission {
	const { random, submittedAt, council } = given;
	const applicant = person(random);
	const agent = random.chance(0.45) ? person(random) : null;
	const [longitude, latitude] = position(middle(site.corners));
	const squareMetres = Math.round(ringArea(site.ring) * 100) / 100;
	const boundary = {
		site: {
			type: 'Feature',
			geometry: { type: 'Polygon', coordinates: [closedRing(site.ring)] },
			properties: null
		},
		area: { squareMetres, hectares: Math.round(squareMetres) / 10_000 }
	};
	const { address } = site;
	const [typeCode, typeWords] = houseTypes[site.built.kind];
	const isAdvice = proposal.type === 'preApp';
	const contact = random.pick(agent === null ? ['applicant'] : ['applicant', 'agent']);
	const payload = {
		data: {
			application: {
				type: { value: proposal.type, description: proposal.words },
				fee: {
					calculated: proposal.fee,
					payable: proposal.fee,
					reference: { govPay: `demo-${random.whole(100_000, 999_999)}` }
				},
				declaration: { accurate: true, connection: { value: 'none' } }
			},
			user: { role: agent === null ? 'applicant' : 'agent' },
			applicant: {
				type: 'individual',
				name: { first: applicant.first, last: applicant.last },
				...(random.chance(0.93) ? { email: applicant.email } : {}),
				phone: { primary: applicant.phone },
				address: { sameAsSiteAddress: true },
				siteContact: { role: contact },
				ownership: {
					interest: 'owner.sole',
					...(isAdvice ? {} : { certificate: 'a', agriculturalTenants: false }),
					declaration: { accurate: true }
				},
				...(agent === null
					? {}
					: {
							agent: {
								name: { first: agent.first, last: agent.last },
								email: agent.email,
								phone: { primary: agent.phone },
								company: { name: `${agent.last} Building Design` },
								address: {
									line1: `${random.whole(1, 60)} High Street`,
									town: address.town,
									postcode: 'ZZ1 1AA'
								}
							}
						})
			},
			property: {
				address: {
					latitude,
					longitude,
					title: `${address.number} ${address.street}, ${address.town}`,
					singleLine: address.singleLine,
					source: 'Proposed by applicant',
					uprn: address.uprn,
					pao: address.number,
					street: address.street,
					town: address.town,
					postcode: address.postcode
				},
				ward: site.ward,
				localAuthorityDistrict: [address.town],
				region: 'South West',
				type: { value: typeCode, description: typeWords },
				planning: { sources: [], designations: designationsAt(site) }
			},
			proposal: {
				projectType: [{ value: proposal.project[0], description: proposal.project[1] }],
				description: proposal.words,
				boundary,
				date: { start: day(submittedAt, 90), completion: day(submittedAt, 210) }
			}
		},
		preAssessment: [],
		responses: answers(site, proposal, random, typeWords),
		files: files.map(({ name, tags }, at) => ({
			name: `https://files.example.com/${address.uprn}/${at + 1}/${name}`,
			type: tags.map(([value, description]) => ({ value, description }))
		})),
		metadata: {
			organisation: council,
			id: random.uuid(submittedAt.getTime()),
			source: 'BoPS demo',
			submittedAt: submittedAt.toISOString(),
			schema:
				'https://theopensystemslab.github.io/digital-planning-data-schemas/v0.7.7/schemas/application.json',
			service: {
				flowId: random.uuid(submittedAt.getTime()),
				url: 'https://apply.example.com/apply-for-planning-permission',
				files: { required: [], recommended: [], optional: [] }
			}
		}
	};
	return { payload, applicant };
}

const day = (from: Date, later: number) =>
	new Date(from.getTime() + later * 86_400_000).toISOString().slice(0, 10);

function answers(site: Site, proposal: Proposal, random: Random, typeWords: string) {
	const answer = (sectionName: string, question: string, ...values: string[]) => ({
		question,
		responses: values.map((value) => ({ value })),
		metadata: { sectionName }
	});
	const automatic = (sectionName: string, question: string, value: string) => ({
		question,
		responses: [{ value }],
		metadata: { sectionName, autoAnswered: true }
	});
	return [
		automatic('The property', `Is the property in ${site.address.town}?`, 'Yes'),
		automatic('The property', 'What type of property is it?', typeWords),
		answer('The project', 'What would you like to do?', proposal.project[1]),
		answer('The project', 'Describe the project', proposal.words),
		answer('The project', 'Have the works already started?', random.chance(0.9) ? 'No' : 'Yes'),
		answer(
			'Materials',
			'What will the walls be made of?',
			random.pick([
				'Red brick to match',
				'Buff brick to match',
				'Render over blockwork',
				'Timber cladding'
			])
		),
		answer(
			'Materials',
			'What will the roof be covered with?',
			random.pick(['Slate', 'Plain clay tiles', 'Single ply membrane', 'No change'])
		),
		answer('Trees', 'Are there trees within falling distance?', random.chance(0.3) ? 'Yes' : 'No'),
		answer('Access', 'Can the site be seen from a public road?', random.chance(0.7) ? 'Yes' : 'No'),
		answer(
			'Access',
			'Is there anything an officer should know before a visit?',
			random.pick([
				'No',
				'There is a dog; please ring first.',
				'The side gate sticks, push hard.',
				'Please come after 10 in the morning.',
				'Access to the rear is through the alley.'
			])
		)
	];
}
