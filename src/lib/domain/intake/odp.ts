import { applicationType } from '#lib/domain/application-type.ts';
import { londonDay } from '#lib/domain/london-day.ts';
import type { NewCase } from '#lib/domain/new-case.ts';
import { readAnswers } from './answers.ts';
import { readApplication } from './application.ts';
import { readConstraints } from './constraints.ts';
import { readDocuments } from './documents.ts';
import { unreadFacts } from './facts.ts';
import { readPeople } from './people.ts';
import { isObject, Part, Reading } from './reading.ts';
import { readSite } from './site.ts';

export interface IntakeContext {
	newId: () => string;
	/** when the register received it; an instant */
	receivedAt: string;
	/** of the payload's bytes as they came */
	payloadSha256: string;
	/** what sent it, when the payload does not say */
	fallbackSource: string;
}

export interface Problem {
	/** JSON path: `data.application.type.value`; `$` for the payload itself */
	path: string;
	/** a sentence for the person who will mend it */
	problem: string;
}

export interface Made {
	/** `case.reference` is null: only the register issues references */
	made: NewCase;
	/** council code that the payload names (`metadata.organisation`) */
	organisation: string | null;
	/** the sender's id of this submission (`metadata.id`) */
	sourceId: string | null;
}

/**
 * Makes a planning case of a submission in the Open Digital Planning schemas (application and
 * pre-application, any version). Pure, and never throws, whatever JSON it is given.
 *
 * A case is refused only where none can be read: the payload or its `data` is not an object,
 * it has no application type, or nothing at all says where the site is (no address, no
 * coordinates, no boundary). Everything else that is missing or odd becomes a sentence in
 * `case.gaps`, a missing applicant included: an officer can find out who applied, but not
 * what for or where. Every value that has no place of its own is in `submission.facts`.
 */
export function mapOdpSubmission(
	payload: unknown,
	context: IntakeContext
): Made | { problems: Problem[] } {
	const reading = new Reading();
	const root = new Part(payload, '', reading);
	if (!isObject(payload))
		return { problems: [{ path: '$', problem: 'The payload is not a JSON object.' }] };
	const data = root.at('data');
	if (!isObject(data.value))
		return {
			problems: [
				{
					path: 'data',
					problem: 'There is no “data” object, so nothing of the application can be read.'
				}
			]
		};
	const type = data.at('application', 'type', 'value');
	const site = readSite(data);
	const problems: Problem[] = [];
	const code = typeof type.value === 'object' ? null : type.text(100);
	if (code === null)
		problems.push({ path: type.path, problem: 'The application type is missing.' });
	if (site.address === '' && site.point === null && site.boundary === null)
		problems.push({
			path: data.at('property', 'address').path,
			problem:
				'Nothing says where the site is: there is no address, no coordinates and no boundary.'
		});
	if (code === null || problems.length > 0) return { problems };
	return makeCase(root, code, site, context);
}

function makeCase(
	root: Part,
	code: string,
	site: ReturnType<typeof readSite>,
	{ newId, receivedAt, payloadSha256, fallbackSource }: IntakeContext
): Made {
	const { reading } = root;
	const data = root.at('data');
	const metadata = root.at('metadata');
	const receivedOn = londonDay(receivedAt);
	const caseId = newId();
	const own = () => ({ id: newId(), caseId, writers: {} });

	const organisation = metadata.at('organisation').text(100);
	const sourceId = metadata.at('id').text(200);
	if (sourceId === null)
		reading.gap(
			'The submission has no id of its own: a second copy is known only if it is the same to the byte.'
		);
	const source = metadata.at('source').text(200) ?? fallbackSource;
	const schema = readSchema(metadata.at('schema'));
	const description = data.at('proposal', 'description').text(20_000);
	if (description === null) reading.gap('The submission does not describe the proposal.');
	const people = readPeople(data, site);
	const documents = readDocuments(root, receivedOn);
	if (documents.length === 0) reading.gap('The submission names no files.');
	const constraints = readConstraints(data.at('property'));
	const stated = readApplication(root, new Set(documents.flatMap(({ tags }) => tags)));
	const answers = readAnswers(root.at('responses'));
	const submittedAt = metadata.at('submittedAt').text(100);
	const typeCode = readType(code, reading);
	const { postal: _postal, ...place } = site;
	// last, for they are what nothing above has read
	const facts = unreadFacts(root);
	return {
		made: {
			case: {
				id: caseId,
				caseId,
				reference: null,
				provisionalLabel: null,
				previousReferences: [],
				applicationType: typeCode,
				status: 'received',
				description: description ?? '',
				...place,
				receivedOn,
				source,
				assignedTo: null,
				gaps: reading.gaps,
				accessNote: '',
				createdAt: receivedAt,
				writers: {}
			},
			submission: {
				...own(),
				sourceId: sourceId ?? `sha256:${payloadSha256}`,
				source,
				schema,
				receivedAt,
				submittedAt,
				payloadSha256,
				...stated,
				facts,
				answers
			},
			people: people.map((one) => ({ ...own(), ...one })),
			documents: documents.map((one) => ({ ...own(), ...one })),
			constraints: constraints.map((one) => ({ ...own(), ...one }))
		},
		organisation,
		sourceId
	};
}

/** A code in force, as it came; a retired one becomes its successor, an unknown one stays as it is. */
function readType(code: string, reading: Reading): string {
	const type = applicationType(code);
	if (type === undefined) {
		reading.gap(
			`The application type “${code}” is not in the national list. Choose the right type before the case is made valid.`
		);
		return code;
	}
	if (type.current) return code;
	if (type.successor === null) {
		reading.gap(`The application type “${code}” (${type.description}) is no longer in use.`);
		return code;
	}
	reading.gap(
		`It was sent as “${code}” (${type.description}), which is no longer in use; it is filed as “${type.successor}”.`
	);
	return type.successor;
}

const schemaAddress =
	/^https:\/\/theopensystemslab\.github\.io\/digital-planning-data-schemas\/(v\d+\.\d+\.\d+|@next)\//;
const knownVersions = new Set(
	'@next v0.2.1 v0.2.2 v0.2.3 v0.3.0 v0.4.0 v0.4.1 v0.5.0 v0.6.0 v0.7.0 v0.7.1 v0.7.2 v0.7.3 v0.7.4 v0.7.5 v0.7.6 v0.7.7'.split(
		' '
	)
);

function readSchema(part: Part): string | null {
	const schema = part.text(500);
	const version = schema === null ? undefined : schemaAddress.exec(schema)?.[1];
	if (schema === null) part.reading.gap('The submission does not name the schema it follows.');
	else if (version === undefined || !knownVersions.has(version))
		part.reading.gap(
			`The submission follows a schema this version does not know (${schema}). Compare the case with the submission as received.`
		);
	return schema;
}
