import { z } from 'zod';
import { caseStatus } from '#lib/domain/case-status.ts';
import { id } from '#lib/domain/primitives.ts';
import type { SearchQuery } from '#lib/server/register/search.ts';

/** A question to the whole register, as a page may put it. */
export const searchInput = z.strictObject({
	query: z.string().max(500),
	status: z.array(caseStatus).max(caseStatus.options.length),
	type: z.array(z.string().max(100)).max(150),
	assignedTo: z.union([id, z.literal('nobody')]).nullable(),
	gaps: z.boolean().default(false),
	sort: z
		.strictObject({
			by: z.enum(['received', 'reference', 'address', 'status', 'relevance']),
			descending: z.boolean()
		})
		.default({ by: 'received', descending: true }),
	page: z.number().int().min(1).max(100_000).default(1),
	pageSize: z.number().int().min(1).max(100).default(25)
}) satisfies z.ZodType<SearchQuery>;
