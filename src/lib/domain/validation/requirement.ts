import { z } from 'zod';
import { documentTagWords } from '#lib/domain/document-tag.ts';
import { words } from '#lib/domain/primitives.ts';
import type { Basis } from './basis.ts';
import {
	doesNotApply,
	look,
	met,
	notMet,
	type Checking,
	type Rule,
	type Verdict
} from './check.ts';
import { answersAbout, asAnswer } from './answers-about.ts';
import { condition, holds } from './condition.ts';
import { asEvidence, findDocuments, type Sought } from './documents-held.ts';
import { soughtFor } from './requirement-documents.ts';

/** Something to be submitted, and when: one entry of the national list or of a council's. */
export const requirement = z.strictObject({
	/** the national reference: `flood-risk-assessment` */
	reference: z
		.string()
		.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
		.max(100),
	name: words(300),
	description: words(4_000),
	/** as the file gives it; empty when it does not say */
	source: words(1_000),
	/** null: the list says when it is needed in words only, or not at all */
	requiredIf: condition.nullable()
});
export type Requirement = z.infer<typeof requirement>;

/**
 * The rule that a requirement makes: if its condition holds, one of the documents must be it.
 * What is not known of the proposal is asked, not guessed, with what was answered about it.
 */
export const ruleOfRequirement = (
	{ reference, name, description, requiredIf }: Requirement,
	basis: Basis,
	outcome: Rule['outcome'] = 'fail'
): Rule => {
	const sought = soughtFor(reference, name);
	const asked = outcome === 'advice' ? 'is named for this type' : 'is needed';
	return {
		id: reference,
		title: name,
		section: 'statements',
		appliesTo: {},
		basis,
		outcome,
		remedy: `Send: ${name}.${description === '' ? '' : ` ${description}`}`,
		test: (at) => testRequirement(at, { name, requiredIf, sought, asked })
	};
};

function testRequirement(
	at: Checking,
	{
		name,
		requiredIf,
		sought,
		asked
	}: Pick<Requirement, 'name' | 'requiredIf'> & { sought: Sought; asked: string }
): Verdict {
	const { held, facts } = at;
	const { holds: needed, because } =
		requiredIf === null
			? { holds: null, because: ['the list gives no condition that can be computed'] }
			: holds(requiredIf, facts, held.constraints);
	if (needed === false) return doesNotApply(`${name} is not needed for this proposal.`);
	const why = because.length === 0 ? '' : ` (${[...new Set(because)].join('; ')})`;
	const { tagged, perhaps } = findDocuments(held.documents, sought);
	if (tagged.length > 0) return met(`${name} is among the documents.`, ...asEvidence(tagged));
	if (needed === null)
		return look(
			`Nobody has said whether it is needed${why}.`,
			...asEvidence(perhaps),
			...answersAbout(at, sought.words).map(asAnswer)
		);
	return perhaps.length > 0
		? look(
				`${name} ${asked}${why}. ${untagged(sought, name)} It may be within another document.`,
				...asEvidence(perhaps)
			)
		: notMet(`${name} ${asked}${why}, and no document is or may hold it.`);
}

const untagged = ({ tags }: Sought, name: string): string =>
	tags.length === 0
		? `No tag says “${name}”.`
		: `Nothing is tagged “${tags.map(documentTagWords).join('” or “')}”.`;
