import { z } from 'zod';
import { lonLat, words } from './primitives.ts';
import { publicRegisterStatus } from './case-document.ts';
import type { RecordKind, RecordOf } from './records.ts';
import { factSchemas, factWords, type CaseFacts, type FactName } from './workflow/case-facts.ts';
import { whyNotThisFact, type FactsOf } from './workflow/check-facts.ts';
import { finding, whyNotThisFinding, type Finding } from './workflow/finding.ts';

/**
 * What becomes of two edits of one field of which neither saw the other (docs/sync.md, S17):
 * `low-stakes` and `statutory` both keep the two values and ask a person; `statutory`
 * (legal record or money) also blocks the decision until somebody has chosen;
 * `set` (tags, constraints) is united: what either added stays.
 */
export type MergeClass = 'low-stakes' | 'statutory' | 'set';

interface EditableField {
	merge: MergeClass;
	schema: z.ZodType;
	/** the field's name as officers say it */
	words: string;
	/** what is wrong with a value of the right shape, as a sentence; null when nothing is */
	whyNot?(value: unknown, of: FactsOf): string | null;
}

/** Facts are statutory: two values of one are never merged, and somebody has to choose. */
const fact = <F extends FactName>(name: F): EditableField => ({
	merge: 'statutory',
	schema: factSchemas[name],
	words: factWords[name],
	whyNot: (value, of) => whyNotThisFact(name, value as CaseFacts[F], of)
});

const text = (label: string, longest: number, merge: MergeClass = 'low-stakes'): EditableField => ({
	merge,
	schema: words(longest),
	words: label
});

const found: EditableField = {
	merge: 'statutory',
	schema: finding.shape.value,
	words: 'What was found in a check',
	whyNot: (value) => whyNotThisFinding(value as Finding['value'])
};

/** Every field a person may change by editing. What is not here changes only through an act of its own. */
export const editableFields = {
	case: {
		description: text('Description of the proposal', 20_000, 'statutory'),
		address: text('Site address', 500, 'statutory'),
		accessNote: text('Access note', 4_000),
		uprn: { merge: 'low-stakes', schema: z.string().max(12).nullable(), words: 'UPRN' },
		point: { merge: 'low-stakes', schema: lonLat.nullable(), words: 'Site point' }
	},
	visit: {
		plannedFor: { merge: 'low-stakes', schema: z.iso.date(), words: 'Planned day' },
		plannedTime: text('Planned time', 100),
		purpose: text('Purpose', 1_000),
		access: text('Access and hazards', 4_000),
		summary: text('Summary of the visit', 20_000)
	},
	photo: {
		caption: text('Caption', 1_000),
		publicRegisterStatus: {
			merge: 'low-stakes',
			schema: publicRegisterStatus,
			words: 'Public register'
		}
	},
	measurement: {
		what: text('What was measured', 500),
		value: { merge: 'low-stakes', schema: z.number().finite(), words: 'Metres' },
		remark: text('Remark', 2_000)
	},
	note: { text: text('Note', 20_000) },
	document: {
		description: text('Description', 4_000),
		drawingNumber: {
			merge: 'low-stakes',
			schema: z.string().max(100).nullable(),
			words: 'Drawing number'
		},
		tags: { merge: 'set', schema: z.array(z.string().max(100)).max(50), words: 'Tags' },
		publicRegisterStatus: {
			merge: 'low-stakes',
			schema: publicRegisterStatus,
			words: 'Public register'
		}
	},
	facts: {
		developmentType: fact('developmentType'),
		eia: fact('eia'),
		cil: fact('cil'),
		ownership: fact('ownership'),
		agriculture: fact('agriculture'),
		councilInterest: fact('councilInterest'),
		biodiversity: fact('biodiversity'),
		feeBasis: fact('feeBasis')
	},
	finding: {
		value: found
	}
} satisfies { [K in RecordKind]?: { [F in keyof RecordOf<K>]?: EditableField } };

export type EditableKind = keyof typeof editableFields;

/** The rule for one field, or null when nobody may edit it. */
export function editableField(kind: string, field: string): EditableField | null {
	const fields: Record<string, EditableField> | undefined = Object.hasOwn(editableFields, kind)
		? editableFields[kind as EditableKind]
		: undefined;
	return fields !== undefined && Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}
