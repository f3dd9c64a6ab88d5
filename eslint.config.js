import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import bops from './eslint.rules.js';
import svelteConfig from './svelte.config.js';

/**
 * Who may import whom. `may` names folders of src/lib; a folder may always import from itself.
 * `types` are modules of which only types may be imported. `pure` folders get time, ids,
 * random numbers and networks as arguments.
 *
 * @typedef {object} Folder
 * @property {string} name
 * @property {string[]} files
 * @property {string[]} [ignores]
 * @property {string[]} may
 * @property {string[]} [types]
 * @property {boolean} [pure]
 * @property {string[]} [packages] when given, the only packages it may import
 */
const everythingButServer = ['domain', 'commands', 'local', 'sync', 'map', 'ui'];
const serverSide = ['server', 'commands', 'domain'];

/** @type {Folder[]} */
const importTable = [
	{
		name: 'domain',
		files: ['src/lib/domain/**'],
		may: [],
		pure: true,
		packages: ['zod', '@turf/area', 'yaml']
	},
	{
		name: 'commands',
		files: ['src/lib/commands/**'],
		may: ['domain'],
		pure: true,
		packages: ['zod']
	},
	{ name: 'local', files: ['src/lib/local/**'], may: ['commands', 'domain'] },
	{ name: 'server', files: ['src/lib/server/**'], may: ['commands', 'domain'] },
	{
		name: 'sync',
		files: ['src/lib/sync/**'],
		may: ['local', 'commands', 'domain'],
		types: ['server/router.ts']
	},
	{ name: 'ui', files: ['src/lib/ui/**'], may: [] },
	{ name: 'map', files: ['src/lib/map/**'], may: ['ui', 'domain'] },
	{
		name: 'pages',
		files: ['src/routes/**'],
		ignores: ['src/routes/(public)/**', 'src/routes/**/+server.ts', 'src/routes/api/**'],
		may: everythingButServer,
		types: ['server/router.ts']
	},
	{
		name: 'routes/(public)',
		files: ['src/routes/(public)/**'],
		may: [...serverSide, 'ui']
	},
	{
		name: 'routes/api, +server.ts, hooks',
		files: ['src/routes/**/+server.ts', 'src/routes/api/**/*.ts', 'src/hooks.server.ts'],
		may: serverSide
	},
	{ name: 'cli', files: ['src/cli/**'], may: serverSide },
	{ name: 'demo', files: ['src/demo/**'], may: serverSide },
	{ name: 'service-worker', files: ['src/service-worker/**'], may: [] }
];

/** Tests reach wherever they need to. */
const tests = ['**/*.test.ts', 'tests/**'];

/** The one place that opens a database, so that no connection escapes its pragmas. */
const opener = 'src/lib/server/register/open-register.ts';

const noSqlite = [
	{
		regex: '^better-sqlite3$',
		message: `Only ${opener} opens SQLite.`,
		allowTypeImports: true
	}
];
const noNewDatabase = {
	selector: 'NewExpression[callee.name="Database"]',
	message: `Only ${opener} opens SQLite.`
};

/** @param {string[]} paths as a regular expression's alternatives */
const oneOf = (paths) => paths.map((path) => path.replaceAll('.', '\\.')).join('|');

/** Patterns are regular expressions: in gitignore patterns a leading # starts a comment, and nothing is forbidden. */
const patternsOf = (/** @type {Folder} */ folder) => {
	const libs = [
		...folder.may,
		...(importTable.some((one) => one.name === folder.name && one.files[0]?.startsWith('src/lib/'))
			? [folder.name]
			: [])
	].map((name) => `${name}/`);
	const exact = (folder.types ?? []).map((path) => `${path}$`);
	const allowed = oneOf([...libs, ...exact]);
	const may = folder.may.length === 0 ? 'nothing else of ours' : folder.may.join(', ');
	return [
		{
			regex: allowed === '' ? '^#lib/' : `^#lib/(?!${allowed})`,
			message: `${folder.name} may import ${may}.`
		},
		...(folder.types ?? []).map((path) => ({
			regex: `^#lib/${path.replaceAll('.', '\\.')}$`,
			message: `Of ${path}, only types.`,
			allowTypeImports: true
		})),
		{
			regex:
				folder.name === 'cli' || folder.name === 'demo'
					? `^#(?!lib/|${folder.name}/)`
					: '^#(?!lib/)',
			message: `${folder.name} may not import the command line or the demo.`
		},
		{ regex: '^\\$lib', message: 'Write #lib/… with the file extension.' },
		...(folder.packages === undefined
			? []
			: [
					{
						regex: `^(?!\\.|#|(?:${oneOf(folder.packages)})(?:/|$))`,
						message: `${folder.name} may use no package but ${folder.packages.join(', ')}.`
					}
				]),
		...(folder.name === 'server' || folder.name === 'cli' || folder.name === 'demo'
			? [
					{
						regex: '^\\$(app|env)',
						message: 'This code also runs without SvelteKit (command line, workers).'
					}
				]
			: [])
	];
};

/** Dynamic imports are not seen by no-restricted-imports: the same table, as syntax. */
const dynamicImports = (/** @type {Folder} */ folder) =>
	patternsOf(folder).map(({ regex, message }) => ({
		selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\u002F')}/]`,
		message
	}));

/** @type {import('eslint').Linter.RulesRecord} */
const impure = {
	'no-restricted-globals': [
		'error',
		...[
			'fetch',
			'indexedDB',
			'localStorage',
			'process',
			'navigator',
			'setTimeout',
			'setInterval',
			'crypto',
			'performance'
		].map((name) => ({ name, message: 'Pure code: pass it as an argument.' }))
	],
	'no-restricted-properties': [
		'error',
		{ object: 'Date', property: 'now', message: 'Pure code: the time is an argument.' },
		{ object: 'Math', property: 'random', message: 'Pure code: chance is an argument.' },
		{ object: 'Temporal', property: 'Now', message: 'Pure code: the time is an argument.' },
		{ property: 'randomUUID', message: 'Pure code: ids are arguments.' }
	]
};
const impureSyntax = [
	{
		selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
		message: 'Pure code: the time is an argument.'
	},
	{ selector: 'CallExpression[callee.name="Date"]', message: 'Pure code: the time is an argument.' }
];

/** WebKit loses Blobs kept in IndexedDB; bytes are stored as ArrayBuffer. */
const blobSyntax = [
	{
		selector: 'NewExpression[callee.name=/^(Blob|File)$/]',
		message: 'Bytes are kept as ArrayBuffer, never as Blob.'
	},
	{
		selector: 'TSTypeReference > Identifier[name=/^(Blob|File)$/]',
		message: 'Bytes are kept as ArrayBuffer, never as Blob.'
	}
];

/** @type {import('eslint').Linter.Config[]} */
const folders = importTable.map((folder) => ({
	name: `bops/${folder.name}`,
	files: folder.files,
	ignores: [...(folder.ignores ?? []), ...tests, opener],
	rules: {
		'@typescript-eslint/no-restricted-imports': [
			'error',
			{ patterns: [...patternsOf(folder), ...noSqlite] }
		],
		'no-restricted-syntax': [
			'error',
			noNewDatabase,
			...dynamicImports(folder),
			...(folder.pure ? impureSyntax : []),
			...(folder.name === 'local' ? blobSyntax : [])
		],
		...(folder.pure ? impure : {})
	}
}));

export default defineConfig(
	{
		ignores: [
			'.svelte-kit/**',
			'build/**',
			'node_modules/**',
			'drizzle/**',
			'static/**',
			'data/**',
			'test-results/**',
			'playwright-report/**',
			'tests/fixtures/**'
		]
	},
	js.configs.recommended,
	...ts.configs.recommendedTypeChecked,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		plugins: { bops },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] }
		},
		rules: {
			// `== null` says "null or undefined", which is what it is used for
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-console': 'error',
			'no-undef': 'off', // TypeScript knows better
			'bops/inside-tree': 'error',
			'no-restricted-syntax': ['error', noNewDatabase],
			'@typescript-eslint/no-restricted-imports': ['error', { patterns: noSqlite }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' }
			],
			// seams are async from the first day, whether or not today's side of them awaits
			'@typescript-eslint/require-await': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// records are read whole and replaced whole; a Map inside a computation needs no tracking
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	{
		files: ['**/*.svelte'],
		rules: {
			'svelte/button-has-type': 'error',
			// each council has a host name of its own: there is no base path to resolve against
			'svelte/no-navigation-without-resolve': 'off',
			// {' '} says that a space matters
			'svelte/no-useless-mustaches': 'off'
		}
	},
	{
		// in a component the parser knows few types, and calls the rest any; svelte-check knows them all
		files: ['**/*.svelte'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{
		files: ['src/lib/**', 'src/routes/**'],
		ignores: ['src/lib/local/release.ts', 'src/lib/server/**', ...tests],
		rules: { 'bops/device-deletes': 'error' }
	},
	{
		files: ['src/cli/**', 'src/demo/**', 'tests/**', '*.mjs'],
		rules: { 'no-console': 'off' }
	},
	{ files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
	...folders,
	{
		files: [opener],
		rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-restricted-imports': 'off' }
	}
);
