import { z } from 'zod';
import { calendarDate } from '../primitives.ts';
import { feeHeadNames, type Band } from './fee-table.ts';

const pounds = z.number().min(0).max(1_000_000).multipleOf(0.01);
const band = z.strictObject({
	upTo: z.int().positive().nullable(),
	base: pounds,
	each: pounds,
	over: z.int().min(0)
});

/**
 * A fee or charge of one council, in force from a day of its own: it takes the place of the national
 * figure. `pounds` for one sum; `bands` for a scale, the last with `upTo: null`.
 */
const councilFee = z
	.strictObject({
		head: z.enum(feeHeadNames),
		from: calendarDate,
		pounds: pounds.optional(),
		bands: z.array(band).min(1).max(20).optional(),
		most: pounds.nullable().default(null),
		source: z.string().min(1).max(500)
	})
	.superRefine(({ pounds: sum, bands }, context) => {
		const problem = (message: string) => context.addIssue({ code: 'custom', message });
		if ((sum === undefined) === (bands === undefined))
			problem('Give either pounds, for one sum, or bands, for a scale.');
		if (bands !== undefined && bands.at(-1)?.upTo !== null)
			problem('The last band has to go on without an end: "upTo": null.');
	});
export const councilFees = z.array(councilFee).max(500);
export type CouncilFees = z.infer<typeof councilFees>;

/** A council's fee as the reckoning takes it. */
export interface CouncilRate {
	head: CouncilFees[number]['head'];
	from: string;
	bands: readonly Band[];
	most: number | null;
	source: string;
}

export const councilRates = (fees: CouncilFees): CouncilRate[] =>
	fees.map(({ head, from, pounds: sum, bands, most, source }) => ({
		head,
		from,
		bands: (bands ?? [{ upTo: null, base: sum ?? 0, each: 0, over: 0 }]).map((one) => ({
			...one,
			standing: 'published' as const
		})),
		most,
		source
	}));
