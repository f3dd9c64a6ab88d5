import { z } from 'zod';
import { id } from '#lib/domain/primitives.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { defineCommand } from '../command.ts';
import { happened } from '../timeline.ts';

/** Gives a case to an officer, or to nobody. The case then enters that officer's devices. */
export const assignCase = defineCommand({
	name: 'assign-case',
	sort: 'act',
	permission: 'assign-case',
	offline: false,
	payload: z.strictObject({ officerId: id.nullable() }),
	run(file, { officerId }, context) {
		if (file.case === undefined) return refuse('case-unknown');
		const officer = officerId === null ? null : context.officers.get(officerId);
		if (officer === undefined || officer?.active === false) return refuse('officer-unknown');
		if (officer?.roles.every((role) => role === 'administrator') === true)
			return refuse('value-not-accepted', 'An administrator holds no cases.');
		if (file.case.assignedTo === officerId) return { changes: [] };
		return {
			changes: [
				{ kind: 'case', record: { ...file.case, assignedTo: officerId } },
				happened(context, 'case-assigned', { from: file.case.assignedTo, to: officerId })
			]
		};
	}
});
