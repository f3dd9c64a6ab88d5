import { isMap, isSeq, type Node } from 'yaml';
import {
	conditionFields,
	isSiteName,
	operators,
	type Condition,
	type Operator
} from './condition.ts';
import type { RuleProblem } from './read-rules.ts';

interface Place {
	problem(node: Node | null | undefined, problem: string): RuleProblem;
}

/** Reads one `required-if`: all, any, condition, application-type, site, ref, always. */
export class ConditionReader {
	readonly #place: Place;
	readonly #definitions: ReadonlyMap<string, Condition>;
	readonly #problems: RuleProblem[] = [];

	constructor(place: Place, definitions: ReadonlyMap<string, Condition>) {
		this.#place = place;
		this.#definitions = definitions;
	}

	read(node: Node | null): { condition: Condition | null; problems: RuleProblem[] } {
		const condition = this.#condition(node);
		return { condition: this.#problems.length > 0 ? null : condition, problems: this.#problems };
	}

	#wrong(node: Node | null | undefined, problem: string): null {
		this.#problems.push(this.#place.problem(node, problem));
		return null;
	}

	#condition(node: Node | null): Condition | null {
		if (!isMap(node))
			return this.#wrong(node, 'A condition has a name, such as “any” or “condition”.');
		const parts = node.items.filter(({ key }) => String(key) !== 'description');
		const read = parts.flatMap(({ key, value }) => {
			const one = this.#named(String(key), key as Node, value as Node | null);
			return one === null ? [] : [one];
		});
		const [only] = read;
		if (parts.length === 0) return this.#wrong(node, 'The condition is empty.');
		// several side by side all have to hold
		return read.length === 1 && only !== undefined ? only : { all: read };
	}

	#named(name: string, key: Node, value: Node | null): Condition | null {
		switch (name) {
			case 'always':
				return value?.toJSON() === true ? { always: true } : this.#wrong(key, '“always” is true.');
			case 'any':
				return this.#several(key, value, (any) => ({ any }));
			case 'all':
				return this.#several(key, value, (all) => ({ all }));
			case 'ref':
				return this.#reference(key, value);
			case 'application-type':
				return this.#among(key, value, (types) => ({ types }));
			case 'site':
				return this.#site(key, value);
			case 'condition':
				return this.#comparison(key, value);
			default:
				return this.#wrong(
					key,
					`“${name}” is not known here; a condition is one of all, any, condition, application-type, site, ref and always.`
				);
		}
	}

	#several(
		key: Node,
		value: Node | null,
		make: (parts: Condition[]) => Condition
	): Condition | null {
		if (!isSeq(value) || value.items.length === 0)
			return this.#wrong(
				value ?? key,
				`“${String(key)}” needs a list of conditions, each with a dash.`
			);
		return make(
			value.items.flatMap((one) => {
				const read = this.#condition(one as Node | null);
				return read === null ? [] : [read];
			})
		);
	}

	#reference(key: Node, value: Node | null): Condition | null {
		const name: unknown = value?.toJSON();
		const defined = typeof name === 'string' ? this.#definitions.get(name) : undefined;
		if (defined !== undefined) return defined;
		// defined by statute, whatever the file leaves out
		if (name === 'major-development')
			return { field: 'major-development', operator: '=', value: true };
		return this.#wrong(value ?? key, `“${String(name)}” is referred to and nowhere defined.`);
	}

	#among(key: Node, value: Node | null, make: (names: string[]) => Condition): Condition | null {
		const given: unknown = isMap(value)
			? (value.get('in', true) as Node | undefined)?.toJSON()
			: undefined;
		return Array.isArray(given) && given.length > 0 && given.every((one) => typeof one === 'string')
			? make(given)
			: this.#wrong(value ?? key, `“${String(key)}” needs a list of names: in: [one, another].`);
	}

	#site(key: Node, value: Node | null): Condition | null {
		const read = this.#among(key, value, (site) => ({ site }));
		const stranger =
			read !== null && 'site' in read ? read.site.find((one) => !isSiteName(one)) : undefined;
		return stranger === undefined
			? read
			: this.#wrong(value ?? key, `“${stranger}” is not a designation that is known here.`);
	}

	#comparison(key: Node, value: Node | null): Condition | null {
		if (!isMap(value))
			return this.#wrong(value ?? key, 'A condition has a field, an operator and a value.');
		const at = (name: string) => value.get(name, true) as Node | undefined;
		const field: unknown = at('field')?.toJSON();
		if (typeof field !== 'string' || !Object.hasOwn(conditionFields, field))
			return this.#wrong(
				at('field') ?? value,
				field === undefined
					? 'The condition names no field.'
					: `“${words(field)}” is not a field that is known here; known are ${Object.keys(conditionFields).join(', ')}.`
			);
		const operator: unknown = at('operator')?.toJSON() ?? '=';
		const compared = operator === '==' ? '=' : operator;
		if (!operators.includes(compared as Operator))
			return this.#wrong(
				at('operator'),
				`“${String(operator)}” is not an operator; it is one of ${operators.join(' ')}.`
			);
		const than: unknown = at('value')?.toJSON();
		const ordered = compared !== '=' && compared !== '!=';
		if (!(typeof than === 'number' || (!ordered && ['string', 'boolean'].includes(typeof than))))
			return this.#wrong(
				at('value') ?? value,
				than === undefined
					? 'The condition has no value to compare with.'
					: `“${words(than)}” cannot be compared with “${words(operator)}”: that needs a number.`
			);
		const description: unknown = at('description')?.toJSON();
		return {
			field,
			operator: compared as Operator,
			value: than as number | string | boolean,
			...(typeof description === 'string'
				? { description: description.trim().slice(0, 2_000) }
				: {})
		};
	}
}

const words = (given: unknown): string =>
	typeof given === 'string' ? given : (JSON.stringify(given) ?? '');
