import type Database from 'better-sqlite3';
import type { CaseFile } from '#lib/commands/case-file.ts';
import type { Area } from '#lib/domain/primitives.ts';
import type { RecordKind } from '#lib/domain/records.ts';

/** Kinds of which some words are found by the search. */
const searched: ReadonlySet<RecordKind> = new Set(['case', 'person', 'document']);

/** One spelling for a reference, however it was typed: capitals, no spaces. */
export const referenceKey = (reference: string): string =>
	reference.replaceAll(/\s+/g, '').toUpperCase();

/** "SE15 3AB SE153AB": a postcode is found with its space and without. */
const bothPostcodes = (postcode: string | null): string =>
	postcode === null ? '' : `${postcode} ${postcode.replaceAll(/\s+/g, '')}`;

/** "26-00100-HAPP 100": a number is found without its leading zeros. */
const withPlainNumbers = (reference: string): string =>
	[reference, ...(reference.match(/(?<=\b0+)[1-9]\d*\b/g) ?? [])].join(' ');

/** Keeps references, full text and place of a case findable, in the transaction that changes its records. */
export class CaseIndex {
	readonly #number: Database.Statement<[string], number>;
	readonly #newNumber: Database.Statement<[string]>;
	readonly #dropText: Database.Statement<[number]>;
	readonly #putText: Database.Statement<[number, string, string, string, string, string, string]>;
	readonly #dropSpace: Database.Statement<[number]>;
	readonly #putSpace: Database.Statement<[number, number, number, number, number]>;
	readonly #dropForms: Database.Statement<[string]>;
	readonly #putForm: Database.Statement<[string, string, number]>;
	readonly #find: Database.Statement<[string], string>;

	constructor(sqlite: Database.Database) {
		this.#number = sqlite
			.prepare<[string], number>('select n from case_index where case_id = ?')
			.pluck();
		this.#newNumber = sqlite.prepare('insert into case_index (case_id) values (?)');
		this.#dropText = sqlite.prepare('delete from case_text where rowid = ?');
		this.#putText = sqlite.prepare(
			`insert into case_text (rowid, reference, address, postcode, description, people, documents)
			values (?, ?, ?, ?, ?, ?, ?)`
		);
		this.#dropSpace = sqlite.prepare('delete from case_space where n = ?');
		this.#putSpace = sqlite.prepare(
			'insert into case_space (n, west, east, south, north) values (?, ?, ?, ?, ?)'
		);
		this.#dropForms = sqlite.prepare('delete from reference_form where case_id = ?');
		this.#putForm = sqlite.prepare(
			'insert into reference_form (form, case_id, current) values (?, ?, ?) on conflict do nothing'
		);
		this.#find = sqlite
			.prepare<[string], string>(
				`select case_id from reference_form where form = ? order by current desc, case_id limit 1`
			)
			.pluck();
	}

	/** The case a reference finds, in any letter case, earlier forms too. */
	caseIdFor(reference: string): string | null {
		return this.#find.get(referenceKey(reference)) ?? null;
	}

	/** @param changed kinds of the records that were just written */
	follow(file: CaseFile, changed: ReadonlySet<RecordKind>): void {
		const planningCase = file.case;
		if (planningCase === undefined || ![...changed].some((kind) => searched.has(kind))) return;
		const known = this.#number.get(file.caseId);
		const n = known ?? Number(this.#newNumber.run(file.caseId).lastInsertRowid);
		if (known !== undefined) this.#dropText.run(n);
		const references = [planningCase.reference, ...planningCase.previousReferences].filter(
			(one) => one !== null
		);
		this.#putText.run(
			n,
			references.map(withPlainNumbers).join(' '),
			[planningCase.address, planningCase.town, planningCase.ward].filter(Boolean).join(' '),
			bothPostcodes(planningCase.postcode),
			planningCase.description,
			file
				.all('person')
				.map((person) => `${person.name} ${person.organisation ?? ''}`)
				.join(' '),
			file
				.all('document')
				.map((document) => document.name)
				.join(' ')
		);
		if (!changed.has('case')) return;
		this.#dropForms.run(file.caseId);
		for (const [i, reference] of references.entries())
			this.#putForm.run(
				referenceKey(reference),
				file.caseId,
				i === 0 && planningCase.reference !== null ? 1 : 0
			);
		if (known !== undefined) this.#dropSpace.run(n);
		const box = boxOf(planningCase.boundary, planningCase.point);
		if (box !== null) this.#putSpace.run(n, ...box);
	}
}

/** West, east, south, north in degrees of what is known of the site; null when nothing is. */
function boxOf(
	boundary: Area | null,
	point: { longitude: number; latitude: number } | null
): [number, number, number, number] | null {
	const polygons =
		boundary === null
			? []
			: boundary.type === 'Polygon'
				? [boundary.coordinates]
				: boundary.coordinates;
	const positions = polygons.flat(2);
	if (point !== null) positions.push([point.longitude, point.latitude]);
	if (positions.length === 0) return null;
	const box: [number, number, number, number] = [180, -180, 90, -90];
	for (const [longitude = 0, latitude = 0] of positions) {
		box[0] = Math.min(box[0], longitude);
		box[1] = Math.max(box[1], longitude);
		box[2] = Math.min(box[2], latitude);
		box[3] = Math.max(box[3], latitude);
	}
	return box;
}
