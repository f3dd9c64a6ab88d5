/** Where an invented site is, who applies, and what the file of the plan is called. */
export interface Place {
	number: number;
	street: string;
	postcode: string;
	lastName: string;
	plan: string;
}

const orchardRow = (index: number): Place => ({
	number: 2 * index + 1,
	street: 'Orchard Row',
	postcode: 'SW2 4QX',
	lastName: `Applegarth-${2 * index + 1}`,
	plan: 'proposed-site-plan.pdf'
});

/**
 * Invented householder submissions in the Open Digital Planning schema, along one invented
 * street in Brixton; every third site is in a conservation area.
 */
export function inventedSubmission(
	index: number,
	place: Place = orchardRow(index)
): { payload: unknown; address: string } {
	const house = 2 * index + 1;
	const { number, street, postcode, lastName, plan } = place;
	const address = `${number} ${street}, London, ${postcode}`;
	const longitude = -0.1195 + (index % 40) * 0.0003;
	const latitude = 51.4613 + Math.floor(index / 40) * 0.0004;
	const corner = (x: number, y: number) => [longitude + x * 0.00009, latitude + y * 0.00012];
	const site = {
		type: 'Feature',
		geometry: {
			type: 'Polygon',
			coordinates: [[corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)]]
		},
		properties: null
	};
	const work = ['Single storey rear extension', 'Loft conversion with rear dormer', 'Garden room'][
		index % 3
	];
	const payload = {
		data: {
			application: {
				type: { value: 'pp.full.householder', description: 'Planning permission' },
				fee: { calculated: 258, payable: 258, category: { sixAndSeven: 258 } },
				declaration: { accurate: true, connection: { value: 'none' } }
			},
			user: { role: 'applicant' },
			applicant: {
				type: 'individual',
				name: { first: 'Robin', last: lastName },
				email: `robin.${house}@example.org`,
				phone: { primary: '020 7946 0000' },
				address: { sameAsSiteAddress: true },
				siteContact: { role: 'applicant' },
				ownership: { interest: 'owner.sole', certificate: 'a' }
			},
			property: {
				address: {
					latitude,
					longitude,
					x: 530_000 + house,
					y: 175_000,
					title: `${number}, ${street.toUpperCase()}, LONDON`,
					singleLine: address,
					source: 'Ordnance Survey',
					uprn: String(200_000_000_000 + house),
					pao: String(number),
					street: street.toUpperCase(),
					town: 'LONDON',
					postcode
				},
				ward: 'Brixton Hill',
				boundary: { site, area: { hectares: 0.03, squareMetres: 300 } },
				planning: {
					sources: [],
					designations: [
						{
							value: 'designated.conservationArea',
							description: 'Conservation area',
							intersects: index % 3 === 0,
							...(index % 3 === 0 ? { entities: [{ name: 'Orchard Row' }] } : {})
						}
					]
				},
				region: 'London',
				type: { value: 'residential.house.terrace', description: 'Terrace' }
			},
			proposal: {
				projectType: [{ value: 'extend', description: 'Extend a building' }],
				description: `${work} at ${number} ${street}`,
				boundary: { site, area: { hectares: 0.03, squareMetres: 300 } },
				date: { start: '2027-03-01', completion: '2027-06-30' }
			}
		},
		responses: [
			{
				question: 'Is the property in a conservation area?',
				responses: [{ value: index % 3 === 0 ? 'Yes' : 'No' }],
				metadata: { sectionName: 'About the property', autoAnswered: true }
			}
		],
		files: [
			{
				name: `https://files.example/private/${house}/${plan}`,
				type: [{ value: 'sitePlan.proposed', description: 'Site plan - proposed' }]
			}
		],
		metadata: {
			id: `invented-${house}`,
			organisation: 'LBH',
			source: 'PlanX',
			submittedAt: '2026-11-02T09:00:00.000Z',
			schema:
				'https://theopensystemslab.github.io/digital-planning-data-schemas/v0.7.7/schemas/application.json'
		}
	};
	return { payload, address };
}
