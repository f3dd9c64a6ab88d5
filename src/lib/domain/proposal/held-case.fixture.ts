import { mapOdpSubmission } from '#lib/domain/intake/odp.ts';
import type { CaseAtHand } from './proposal-facts.ts';

/** For tests: a case as a device holds it, made by the mapper of a submission with these parts. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Sent {
	type?: string;
	/** parts of `data`, laid over a complete householder application */
	data?: { [key: string]: Json };
	/** tags of each document, or name and tags */
	files?: (string[] | { name: string; tags: string[] })[];
	responses?: { question: string; answer: string }[];
	submittedAt?: string;
	over?: Partial<CaseAtHand['case']>;
}

/** About 20 metres by 20, in Lambeth. */
export const square = (side = 20, [west, south] = [-0.1187, 51.4657]) => {
	const [x, y] = [side / 69_500, side / 111_250];
	return {
		type: 'Polygon',
		coordinates: [
			[
				[west, south],
				[west + x, south],
				[west + x, south + y],
				[west, south + y],
				[west, south]
			]
		]
	};
};

export function heldCase({
	type = 'pp.full.householder',
	data = {},
	files = [['locationPlan'], ['sitePlan.proposed']],
	responses = [],
	submittedAt = '2026-03-02T09:00:00Z',
	over = {}
}: Sent = {}): CaseAtHand {
	let made = 0;
	const mapped = mapOdpSubmission(
		{
			data: merged(complete, {
				...data,
				application: merged({ type: { value: type } }, data['application'] ?? {})
			}),
			responses: responses.map(({ question, answer }) => ({
				question,
				responses: [{ value: answer }]
			})),
			files: files.map((file, index) => {
				const { name, tags } = Array.isArray(file)
					? { name: `plan-${index + 1}.pdf`, tags: file }
					: file;
				return { name, type: tags.map((value) => ({ value, description: value })) };
			}),
			metadata: {
				id: 'sub-1',
				organisation: 'LBH',
				source: 'PlanX',
				submittedAt,
				schema:
					'https://theopensystemslab.github.io/digital-planning-data-schemas/v0.7.7/schemas/application.json'
			}
		},
		{
			newId: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
			receivedAt: '2026-03-02T10:00:00.000Z',
			payloadSha256: '0'.repeat(64),
			fallbackSource: 'test'
		}
	);
	if ('problems' in mapped) throw new Error(JSON.stringify(mapped.problems));
	const { case: planningCase, ...records } = mapped.made;
	return { ...records, case: { ...planningCase, ...over } };
}

const complete: Json = {
	user: { role: 'applicant' },
	applicant: {
		type: 'individual',
		name: { first: 'Ada', last: 'Lovelace' },
		email: 'ada@example.org',
		phone: { primary: '020 7946 0000' },
		address: { sameAsSiteAddress: true },
		siteContact: { role: 'applicant' },
		ownership: {
			interest: 'owner.sole',
			certificate: 'a',
			agriculturalTenants: false,
			declaration: { accurate: true }
		}
	},
	application: {
		fee: {
			calculated: 528,
			payable: 528,
			reference: { govPay: 'pay-1' },
			exemption: { disability: false, resubmission: false },
			reduction: { sports: false, parishCouncil: false, alternative: false }
		},
		declaration: { accurate: true, connection: { value: 'none' } }
	},
	property: {
		address: {
			singleLine: '1 Rye Lane, London, SE15 3AB',
			postcode: 'SE15 3AB',
			uprn: '100021892955',
			longitude: -0.1186,
			latitude: 51.4658
		},
		type: { value: 'residential.house.terrace', description: 'Terrace' },
		planning: {
			designations: [
				'listed',
				'designated.conservationArea',
				'designated.WHS',
				'monument',
				'registeredPark',
				'flood',
				'tpo'
			].map((value) => ({ value, description: value, intersects: false }))
		}
	},
	proposal: {
		description: 'Single storey rear extension',
		projectType: [{ value: 'extend.rear', description: 'Add a rear extension' }],
		boundary: { site: square(), area: { squareMetres: 400 } },
		extend: { area: { squareMetres: 24 } }
	}
};

/** Objects are laid over each other key by key; anything else is replaced. `null` leaves it out. */
function merged(under: Json, over: Json): Json {
	if (!isPlain(under) || !isPlain(over)) return over;
	const result = { ...under };
	for (const [key, value] of Object.entries(over))
		result[key] = key in result ? merged(result[key] ?? null, value) : value;
	return result;
}

const isPlain = (value: Json): value is { [key: string]: Json } =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
