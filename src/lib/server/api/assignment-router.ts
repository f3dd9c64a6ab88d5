import { z } from 'zod';
import { envelope, type Answer } from '#lib/commands/envelope.ts';
import { inProgress } from '#lib/domain/case-status.ts';
import type { Register } from '#lib/server/register/register.ts';
import { searchRegister } from '#lib/server/register/search.ts';
import { allowedTo, router } from './procedure.ts';
import { searchInput } from './search-input.ts';

/** Cases given out in one bulk act. */
const mostAtOnce = 200;

/** What an officer has on their desk. */
export interface Workload {
	officerId: string;
	/** cases assigned to them that have not ended */
	cases: number;
	/** visits of theirs that are planned or under way */
	visits: number;
}

/** Giving cases to officers: needs the register, because two team leaders may be at it. */
export const assignmentRouter = router({
	/** cases in progress, those of nobody unless asked otherwise, and what everybody has already */
	queue: allowedTo('assign-case')
		.input(
			searchInput
				.extend({
					query: searchInput.shape.query.default(''),
					status: searchInput.shape.status.default([]),
					type: searchInput.shape.type.default([]),
					assignedTo: searchInput.shape.assignedTo.default('nobody')
				})
				.prefault({})
		)
		.query(async ({ ctx: { council }, input }) => ({
			...(await searchRegister(council.register, {
				...input,
				status: input.status.length === 0 ? inProgress : input.status
			})),
			workload: workload(council.register)
		})),

	/** one command a case, each with an answer of its own */
	assign: allowedTo('assign-case')
		.input(
			z.strictObject({
				commands: z
					.array(
						envelope.refine(({ name }) => name === 'assign-case', 'only assigning is done here')
					)
					.min(1)
					.max(mostAtOnce)
			})
		)
		.mutation(({ ctx, input }): Answer[] =>
			ctx.council.register.performEnvelopes(ctx.officer, input.commands)
		)
});

function workload(register: Register): Workload[] {
	return register.connection.sqlite
		.prepare<[{ inProgress: string }], Workload>(
			`select o.id as officerId,
				(select count(*) from planning_case where assigned_to = o.id
					and status in (select value from json_each(@inProgress))) as cases,
				(select count(*) from visit where officer_id = o.id
					and state in ('planned', 'started')) as visits
			from officer o where o.active order by o.name`
		)
		.all({ inProgress: JSON.stringify(inProgress) });
}
