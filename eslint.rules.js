/**
 * Rules of this project that no published plugin has. Plain AST rules;
 * `device-deletes` needs type information.
 */

/** Dexie types whose `delete`, `clear`, `bulkDelete` remove rows an officer may still need. */
const dexieTypes = /^(Dexie|Table|EntityTable|Collection|DexieTable|WhereClause|DBCoreTable)$/;
const deletes = new Set(['delete', 'clear', 'bulkDelete', 'deleteObjectStore', 'deleteDatabase']);

/**
 * Local rows and bytes leave through one guarded door, `release`, which knows what is not yet
 * received and backed up. A second door is how offline-first applications lose work.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const deviceDeletes = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			door: "'{{method}}' on the device's copy: rows and bytes leave only through src/lib/local/release.ts."
		}
	},
	create(context) {
		const services = /** @type {import('@typescript-eslint/parser').ParserServices} */ (
			context.sourceCode.parserServices
		);
		if (!services?.program) throw new Error('device-deletes needs type information.');
		const checker = services.program.getTypeChecker();

		/** @param {import('typescript').Type} type @returns {boolean} */
		const isDexie = (type) => {
			if (type.isUnionOrIntersection()) return type.types.some(isDexie);
			const symbol = type.getSymbol();
			if (symbol === undefined) return false;
			if (dexieTypes.test(symbol.name) || symbol.name.startsWith('IDB')) return true;
			return (type.getBaseTypes?.() ?? []).some(isDexie);
		};
		return {
			CallExpression(node) {
				const { callee } = node;
				if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
				const method = callee.property.name;
				if (!deletes.has(method)) return;
				const object = /** @type {import('@typescript-eslint/utils').TSESTree.Node} */ (
					/** @type {unknown} */ (callee.object)
				);
				const type = checker.getTypeAtLocation(services.esTreeNodeToTSNodeMap.get(object));
				const fromStatic = callee.object.type === 'Identifier' && callee.object.name === 'Dexie';
				if (fromStatic || isDexie(checker.getApparentType(type)) || isDexie(type))
					context.report({ node, messageId: 'door', data: { method } });
			}
		};
	}
};

/**
 * `../` stays inside one subject tree: from `src/lib/commands/visit/x.ts` it reaches
 * `commands/`, never out of it. Everything further is written `#lib/…`.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const insideTree = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			outside: "'{{from}}' leaves {{tree}}. Across folders write #lib/…, #cli/… or #demo/…."
		}
	},
	create(context) {
		const path = context.filename.replaceAll('\\', '/');
		const match = /^.*\/((?:src\/lib\/[^/]+|src\/[^/]+|tests))\/([^?]*)$/.exec(path);
		if (match === null) return {};
		const [, tree = '', rest = ''] = match;
		const depth = rest.split('/').length - 1;
		/** @param {import('estree').Node | null | undefined} source */
		const check = (source) => {
			if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
			const from = source.value;
			// a stylesheet belongs to no layer
			if (!from.startsWith('.') || /\.s?css$/.test(from)) return;
			let level = depth;
			for (const part of from.split('/')) {
				if (part === '..') level -= 1;
				else if (part !== '.') break;
			}
			if (level < 0) context.report({ node: source, messageId: 'outside', data: { from, tree } });
		};
		return {
			ImportDeclaration: (node) => check(node.source),
			ExportNamedDeclaration: (node) => check(node.source),
			ExportAllDeclaration: (node) => check(node.source),
			ImportExpression: (node) => check(node.source)
		};
	}
};

/** @type {import('eslint').ESLint.Plugin} */
export default { rules: { 'device-deletes': deviceDeletes, 'inside-tree': insideTree } };
