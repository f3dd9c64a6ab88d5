import { valueOf } from '#lib/domain/proposal/fact.ts';
import { basisOf, doesNotApply, type Rule } from './check.ts';
import type { LocalList } from './local-list.ts';
import { nationalRequirements, type NationalRequirement } from './national-requirements.ts';
import { ruleOfRequirement, type Requirement } from './requirement.ts';
import type { Basis } from './basis.ts';
import { drawingRules } from './rules/drawings.ts';
import { feeRules } from './rules/fee.ts';
import { fileRules } from './rules/files.ts';
import { formRules } from './rules/form.ts';
import { kindRules } from './rules/kinds.ts';
import { ownershipRules } from './rules/ownership.ts';
import { siteRules } from './rules/site.ts';
import { statementRules } from './rules/statements.ts';

const nationalRule = (one: NationalRequirement): Rule => {
	const rule = ruleOfRequirement({ ...one, source: one.basis.source }, one.basis, one.outcome);
	const whole = { ...rule, id: one.check };
	return one.check === 'V27' ? exceptForUse(whole) : whole;
};

/** DMPO article 9(4): a change of use with no works needs no design and access statement. */
const exceptForUse = (rule: Rule): Rule => ({
	...rule,
	test(at) {
		const works = valueOf(at.facts.works) ?? [];
		return works.length > 0 && works.every((one) => one.startsWith('changeOfUse'))
			? doesNotApply('A change of use needs none.')
			: rule.test(at);
	}
});

const coded: readonly Rule[] = [
	...formRules,
	...ownershipRules,
	...siteRules,
	...drawingRules,
	...feeRules,
	...kindRules
];
const national = nationalRequirements.map((one) => ({ one, rule: nationalRule(one) }));
/** Looks at the results before it, so it comes last. */
const [last, ...files] = fileRules.toReversed();

/**
 * Every rule for a council, in the order of the screen. A requirement of the local list takes the
 * place of the national one of the same reference, unless statute asks for that.
 */
export function rulesFor(list: LocalList | null): readonly Rule[] {
	const local = list?.requirements ?? [];
	const taken = new Set<string>();
	const requirements = national.map(({ one, rule }) => {
		const own = local.find(({ reference }) => reference === one.reference);
		if (own === undefined || list === null || basisOf(rule, '').kind === 'statute') return rule;
		taken.add(own.reference);
		return { ...localRule(own, list, one), id: one.check };
	});
	const added = local
		.filter(({ reference }) => !taken.has(reference))
		.map((own) => localRule(own, list, undefined));
	return [
		...coded,
		...requirements,
		...added,
		...statementRules,
		...files.toReversed(),
		...(last === undefined ? [] : [last])
	];
}

/** Where the council's entry gives no condition, the national one holds. */
function localRule(
	own: Requirement,
	list: LocalList | null,
	over: NationalRequirement | undefined
): Rule {
	const basis: Basis = {
		kind: 'local-list',
		source: `${list?.title ?? ''}${own.source === '' ? '' : ` (${own.source})`}`,
		standing: 'established',
		council: list?.council ?? '',
		adoptedOn: list?.adoptedOn ?? '',
		url: list?.url ?? null
	};
	const rule = ruleOfRequirement(
		{ ...own, requiredIf: own.requiredIf ?? over?.requiredIf ?? null },
		basis
	);
	return { ...rule, id: `V36:${own.reference}` };
}
