import type { CaseDocument } from '#lib/domain/case-document.ts';
import { advice, dmpoArticle } from '../basis.ts';
import { doesNotApply, look, met, notMet, type Rule } from '../check.ts';
import { asEvidence } from '../documents-held.ts';
import { every } from '../ranges.ts';

/** Bytes; what the Planning Portal takes of one file. */
const largest = 30 * 1024 * 1024;
/** May carry a program, or hide what it holds. */
const active = /\.(docm|xlsm|pptm|exe|js|vbs|bat|cmd|msi|html?|svg|zip|7z|rar)$/i;

/** V24, V48 and V50: the files themselves, and the one letter at the end. */
export const fileRules: readonly Rule[] = [
	{
		id: 'V24',
		title: 'Every file has arrived, opens, and is there once',
		section: 'drawings',
		appliesTo: every,
		basis: advice('A file that cannot be opened cannot be considered'),
		outcome: 'warn',
		remedy: 'Send the file again.',
		test({ held }) {
			const { documents } = held;
			if (documents.length === 0) return { ...notMet('There are no documents.'), outcome: 'warn' };
			const wrong = [
				...told(
					documents.filter(({ size }) => size === 0),
					'empty'
				),
				...told(
					documents.filter(({ size }) => (size ?? 0) > largest),
					'larger than 30 MB'
				),
				...told(
					documents.filter(({ fetchProblem }) => fetchProblem !== null),
					'could not be fetched'
				),
				...told(twice(documents), 'the same as another file, to the byte')
			];
			const absent = documents.filter(
				({ sha256, fetchProblem }) => sha256 === null && fetchProblem === null
			);
			if (wrong.length > 0)
				return notMet(
					`${wrong.map(({ document, why }) => `${document.name}: ${why}`).join('. ')}.`,
					...asEvidence(wrong.map(({ document }) => document))
				);
			return absent.length > 0
				? {
						...notMet(
							`The contents of ${absent.length} of ${documents.length} files have not arrived yet.`,
							...asEvidence(absent)
						),
						outcome: 'advice'
					}
				: met('Every file has arrived, has contents and is there once.', ...asEvidence(documents));
		}
	},
	{
		id: 'V48',
		title: 'No file carries a program',
		section: 'drawings',
		appliesTo: every,
		basis: advice('Security: such a file is neither opened here nor published'),
		outcome: 'warn',
		remedy: 'Send it as a PDF, PNG or JPEG.',
		test({ held }) {
			const suspect = held.documents.filter(
				({ name, mime }) => active.test(name) || /(javascript|html|zip|msdownload)/.test(mime ?? '')
			);
			return suspect.length === 0
				? met('All files are of kinds that carry no program.')
				: look('These may carry a program, or hide what they hold.', ...asEvidence(suspect));
		}
	},
	{
		id: 'V50',
		title: 'The applicant is told everything at once',
		section: 'after',
		appliesTo: every,
		basis: dmpoArticle('11 and 12'),
		outcome: 'advice',
		remedy:
			'One letter: every reason with its basis, what to send, by when, and how to dispute it under article 12.',
		test({ soFar }) {
			const failing = soFar.filter(({ outcome }) => outcome === 'fail').length;
			const asking = soFar.filter(({ outcome }) => outcome === 'ask').length;
			if (failing === 0) return doesNotApply();
			return notMet(
				`${failing === 1 ? 'One reason stands' : `${failing} reasons stand`} against it.${
					asking === 0
						? ''
						: ` ${asking === 1 ? 'One check is' : `${asking} checks are`} still to be looked at: finish before writing, so that one letter holds everything.`
				}`
			);
		}
	}
];

const told = (documents: readonly CaseDocument[], why: string) =>
	documents.map((document) => ({ document, why }));

function twice(documents: readonly CaseDocument[]): CaseDocument[] {
	const seen = new Set<string>();
	return documents.filter(({ sha256 }) => {
		if (sha256 === null) return false;
		if (seen.has(sha256)) return true;
		seen.add(sha256);
		return false;
	});
}
