import { feeOf } from '#lib/commands/case-fee.ts';
import type { CaseFile } from '#lib/commands/case-file.ts';
import type { BankHolidays } from '#lib/domain/clock/bank-holidays.ts';
import type { CouncilRate } from '#lib/domain/fee/council-fees.ts';
import { documentTagWords } from '#lib/domain/document-tag.ts';
import type { Task } from '#lib/domain/workflow/tasks.ts';

const count = (n: number, one: string, many = `${one}s`) => `${String(n)} ${n === 1 ? one : many}`;

/** What fees are reckoned with. */
export interface FeesBy {
	holidays: BankHolidays;
	councilRates: readonly CouncilRate[];
}

/**
 * What there is to look at for a task, in a line that can be judged on sight; null where a line
 * cannot show it, so that nobody says "right" to what they have not seen.
 */
export function evidenceLine(task: Task, file: CaseFile, fees: FeesBy): string | null {
	const { case: planningCase } = file;
	if (planningCase === undefined || task.done.by !== 'finding') return null;
	switch (task.slug) {
		case 'description':
			return planningCase.description.trim() === '' ? null : planningCase.description;
		case 'documents': {
			const documents = file.all('document');
			const missing = documents.filter(({ sha256 }) => sha256 === null).length;
			if (documents.length === 0) return null;
			const tags = [...new Set(documents.flatMap((one) => one.tags))].map(documentTagWords);
			return `${count(documents.length, 'document')}${missing > 0 ? `, ${String(missing)} without a file` : ''}: ${tags.join(', ') || 'none says what it is'}`;
		}
		case 'boundary':
			return planningCase.boundary === null
				? null
				: `A red line is drawn${planningCase.statedArea === null ? '' : `; the site is stated as ${planningCase.statedArea.toLocaleString('en-GB')} m²`}`;
		case 'constraints': {
			const met = file.all('constraint').filter(({ intersects }) => intersects);
			return met.length === 0
				? 'No constraint was found'
				: met.map(({ description }) => description).join(', ');
		}
		case 'fee':
			return feeOf(file, fees.holidays, fees.councilRates)?.comparison.sentence ?? null;
		default:
			return null;
	}
}

/** Whether the line shows something that may be found right as it stands. */
export const mayBeRight = (task: Task, file: CaseFile, fees: FeesBy): boolean =>
	evidenceLine(task, file, fees) !== null &&
	(task.slug !== 'fee' || feeOf(file, fees.holidays, fees.councilRates)?.comparison.is === 'right');
