/** For tests: a small whole submission, as a sender would make it. */

export interface Sent {
	id?: string;
	organisation?: string | null;
	description?: string;
	files?: { name: string }[];
}

export const submission = ({
	id = 'sub-1',
	organisation = 'LBH',
	description = 'Single storey rear extension',
	files = [{ name: 'https://files.example/private/abc/plan.pdf' }]
}: Sent = {}) => ({
	data: {
		application: { type: { value: 'pp.full.householder' } },
		user: { role: 'applicant' },
		applicant: { name: { first: 'Ada', last: 'Lovelace' }, email: 'ada@example.org' },
		property: {
			address: {
				singleLine: '1 Rye Lane, London, SE15 3AB',
				postcode: 'SE15 3AB',
				uprn: '100021892955',
				longitude: -0.069,
				latitude: 51.47
			}
		},
		proposal: { description }
	},
	responses: [],
	files: files.map(({ name }) => ({
		name,
		type: [{ value: 'sitePlan.proposed', description: 'Site plan - proposed' }]
	})),
	metadata: {
		id,
		...(organisation === null ? {} : { organisation }),
		source: 'PlanX',
		schema:
			'https://theopensystemslab.github.io/digital-planning-data-schemas/v0.7.7/schemas/application.json'
	}
});

export const bytesOf = (payload: unknown): Buffer => Buffer.from(JSON.stringify(payload));
