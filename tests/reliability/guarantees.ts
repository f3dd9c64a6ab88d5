import { globSync, readFileSync } from 'node:fs';

/** One of the sixteen promises of docs/guarantees.md. */
export interface Guarantee {
	/** 1 to 16 */
	number: number;
	title: string;
	/** files whose tests the page names as its proof; none: the page says that it is not proven yet */
	provenIn: string[];
	unproven: boolean;
}

export const guaranteesPage = 'docs/guarantees.md';

/** The sixteen, in order, as the page has them. */
export function readGuarantees(text = readFileSync(guaranteesPage, 'utf8')): Guarantee[] {
	return text
		.split(/^## (?=\d+\. )/m)
		.slice(1)
		.map((section): Guarantee => {
			const [, number = '', title = ''] = /^(\d+)\. (.*)$/m.exec(section) ?? [];
			const name = nameOf(Number(number));
			return {
				number: Number(number),
				title,
				provenIn: [...section.matchAll(/`(guarantee-\d\d)` in \[[^\]]*\]\(\.\.\/([^)]+)\)/g)].map(
					([, named, file]) => (named === name ? (file ?? '') : `${file} as ${named}`)
				),
				unproven: section.includes('**Not proven yet.**')
			};
		});
}

export const nameOf = (number: number): string => `guarantee-${String(number).padStart(2, '0')}`;

/** A test whose title begins with the name of a guarantee. */
export interface NamedTest {
	number: number;
	file: string;
	title: string;
}

/** Every test of this checkout that is named after a guarantee. */
export function namedTests(): NamedTest[] {
	const files = globSync(['tests/**/*.{test,spec}.ts', 'src/**/*.test.ts']).sort();
	return files.flatMap((file) =>
		[
			...readFileSync(file, 'utf8').matchAll(
				/\btest(?:\.\w+)*(?:\(\[[^\]]*\]\))?\(\s*(['"`])guarantee-(\d\d) (.*?)\1/gs
			)
		].map(([, , number, title]) => ({ number: Number(number), file, title: title ?? '' }))
	);
}
