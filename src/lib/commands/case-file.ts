import {
	recordKinds,
	type RecordKind,
	type RecordOf,
	type TypedRecord
} from '#lib/domain/records.ts';

/**
 * What a command works on: one planning case with all its records.
 * A value: `with` gives a new file and leaves the old one as it was.
 */
export class CaseFile {
	readonly caseId: string;
	readonly #byKind: ReadonlyMap<RecordKind, ReadonlyMap<string, TypedRecord['record']>>;

	private constructor(
		caseId: string,
		byKind: ReadonlyMap<RecordKind, ReadonlyMap<string, TypedRecord['record']>>
	) {
		this.caseId = caseId;
		this.#byKind = byKind;
	}

	static of(caseId: string, records: Iterable<TypedRecord>): CaseFile {
		const byKind = new Map<RecordKind, Map<string, TypedRecord['record']>>(
			recordKinds.map((kind) => [kind, new Map()])
		);
		for (const { kind, record } of records) byKind.get(kind)?.set(record.id, record);
		return new CaseFile(caseId, byKind);
	}

	get<K extends RecordKind>(kind: K, id: string): RecordOf<K> | undefined {
		return this.#byKind.get(kind)?.get(id) as RecordOf<K> | undefined;
	}

	all<K extends RecordKind>(kind: K): RecordOf<K>[] {
		return [...(this.#byKind.get(kind)?.values() ?? [])] as RecordOf<K>[];
	}

	/** The case itself; undefined before it has been filed. */
	get case(): RecordOf<'case'> | undefined {
		return this.get('case', this.caseId);
	}

	with(changes: readonly TypedRecord[]): CaseFile {
		const byKind = new Map(this.#byKind);
		const changed = new Map<RecordKind, Map<string, TypedRecord['record']>>();
		for (const { kind, record } of changes) {
			const own = changed.get(kind) ?? new Map(byKind.get(kind));
			own.set(record.id, record);
			changed.set(kind, own);
			byKind.set(kind, own);
		}
		return new CaseFile(this.caseId, byKind);
	}

	*records(): Generator<TypedRecord> {
		for (const [kind, records] of this.#byKind)
			for (const record of records.values()) yield { kind, record } as TypedRecord;
	}
}
