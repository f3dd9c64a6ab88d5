import {
	certificates,
	cilLiabilities,
	councilInterests,
	eiaOutcomes,
	gainExemptions,
	holdings,
	type CaseFacts,
	type FactName
} from '#lib/domain/workflow/case-facts.ts';
import type { TaskFact } from '#lib/domain/workflow/tasks.ts';
import { developmentTypes, developmentTypesFor } from '#lib/domain/workflow/development-type.ts';

/** What stands in the fields of a form, as text. */
export type Typed = Record<string, string>;

interface Option {
	value: string;
	words: string;
}

export interface FormField {
	name: string;
	label: string;
	hint?: string;
	as: 'choice' | 'day' | 'words' | 'number' | 'yes-no';
	options?: readonly Option[];
	/** left out: always */
	shown?: (typed: Typed) => boolean;
}

const choices = (words: Readonly<Record<string, string>>): Option[] =>
	Object.entries(words).map(([value, said]) => ({ value, words: said }));
const note = (label = 'Note (optional)'): FormField => ({ name: 'note', label, as: 'words' });
const is =
	(name: string, ...values: string[]) =>
	(typed: Typed) =>
		values.includes(typed[name] ?? '');
const applies = is('applies', 'yes');

/** The fields of a fact's form; of a type, because what may be counted in the returns follows it. */
export function fieldsOf(fact: TaskFact, applicationType: string): readonly FormField[] {
	switch (fact) {
		case 'developmentType': {
			const usual = developmentTypesFor(applicationType);
			const rest = Object.keys(developmentTypes).filter((code) => !usual.includes(code as never));
			return [
				{
					name: 'value',
					label: 'Development type',
					hint: 'Those usual for this application type come first. The rows for prior approval are not yet checked against the return.',
					as: 'choice',
					options: [...usual, ...rest].map((code) => ({
						value: code,
						words: `${code}: ${developmentTypes[code as keyof typeof developmentTypes]}`
					}))
				}
			];
		}
		case 'councilInterest':
			return [
				{
					name: 'value',
					label: 'Whose development, whose land',
					as: 'choice',
					options: choices(councilInterests)
				}
			];
		case 'eia':
			return [
				{ name: 'outcome', label: 'Outcome', as: 'choice', options: choices(eiaOutcomes) },
				{
					name: 'screenedOn',
					label: 'Day of the screening opinion or direction',
					as: 'day',
					shown: is('outcome', 'screened-out', 'required')
				},
				note()
			];
		case 'cil':
			return [
				{ name: 'liability', label: 'Liability', as: 'choice', options: choices(cilLiabilities) },
				note('Which relief, or a note (optional)')
			];
		case 'ownership':
			return [
				{ name: 'certificate', label: 'Certificate', as: 'choice', options: choices(certificates) },
				{
					name: 'noticeOn',
					label: 'Day on which the last owner was given notice',
					as: 'day',
					shown: is('certificate', 'b', 'c')
				},
				{
					name: 'newspaperOn',
					label: 'Day on which the notice was in a newspaper',
					as: 'day',
					shown: is('certificate', 'c', 'd')
				},
				note('Steps taken to find the owners, or a note')
			];
		case 'agriculture':
			return [
				{
					name: 'holding',
					label: 'Agricultural holdings',
					as: 'choice',
					options: choices(holdings)
				},
				{
					name: 'noticeOn',
					label: 'Day on which the last tenant was given notice',
					as: 'day',
					shown: is('holding', 'notified')
				},
				note()
			];
		case 'biodiversity':
			return [
				{
					name: 'applies',
					label: 'Would the biodiversity gain condition apply?',
					as: 'choice',
					options: [
						{ value: 'no', words: 'No, it is exempt' },
						{ value: 'yes', words: 'Yes' }
					]
				},
				{
					name: 'exemption',
					label: 'Why it is exempt',
					as: 'choice',
					options: choices(gainExemptions),
					shown: is('applies', 'no')
				},
				{
					name: 'value',
					label: 'Biodiversity value before development, in units',
					as: 'number',
					shown: applies
				},
				{ name: 'valueOn', label: 'Day of that value', as: 'day', shown: applies },
				{
					name: 'earlierReason',
					label: 'Why that day is earlier than the application (if it is)',
					as: 'words',
					shown: applies
				},
				{
					name: 'metricOn',
					label: 'Day on which the metric used was published',
					as: 'day',
					shown: applies
				},
				{
					name: 'degraded',
					label: 'Habitat was lost or degraded after 30 January 2020',
					as: 'yes-no',
					shown: applies
				},
				{
					name: 'irreplaceable',
					label: 'There is irreplaceable habitat',
					as: 'yes-no',
					shown: applies
				},
				note()
			];
	}
}

/** A recorded or proposed value, as it stands in the fields; empty fields for none. */
export function typedOf(value: CaseFacts[FactName]): Typed {
	if (value === null) return {};
	if (typeof value === 'string') return { value };
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, asText(part)]));
}

const asText = (part: unknown): string => {
	if (part === null || part === undefined) return '';
	if (typeof part === 'boolean') return part ? 'yes' : 'no';
	return typeof part === 'string' ? part : JSON.stringify(part);
};

/** What the fields say, ready to be recorded; or what is wrong with one of them, as a sentence. */
export function valueOf(
	fields: readonly FormField[],
	typed: Typed
): { value: unknown } | { wrong: string } {
	const value: Record<string, unknown> = {};
	for (const field of fields) {
		const text = field.shown === undefined || field.shown(typed) ? (typed[field.name] ?? '') : '';
		if (field.as === 'choice' && text === '' && (field.shown?.(typed) ?? true))
			return { wrong: `Choose an answer: ${field.label.replace(/\?$/, '')}.` };
		const read = readField(field, text.trim());
		if (read === undefined) return { wrong: `${field.label}: this is not a number.` };
		value[field.name] = read;
	}
	return { value: Object.keys(value).join() === 'value' ? value['value'] : value };
}

function readField({ name, as }: FormField, text: string): unknown {
	if (as === 'yes-no' || name === 'applies') return text === 'yes';
	if (as === 'words') return text;
	if (text === '') return null;
	if (as !== 'number') return text;
	const number = Number(text);
	return Number.isFinite(number) ? number : undefined;
}
