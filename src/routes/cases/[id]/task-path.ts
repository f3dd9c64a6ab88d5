import { resolve } from '$app/paths';
import type { Task } from '#lib/domain/workflow/tasks.ts';

/** Where a task of a case is worked on. */
export function taskPath(id: string, task: Task): string {
	switch (task.done.by) {
		case 'visits':
			return resolve('/cases/[id]/visits', { id });
		case 'validity':
			return resolve('/cases/[id]/validate/decision', { id });
		case 'recommendation':
		case 'sign-off':
		case 'decision':
			return `${resolve('/cases/[id]', { id })}#acts`;
		default:
			return task.stage === 'validate'
				? resolve('/cases/[id]/validate/[task]', { id, task: task.slug })
				: resolve('/cases/[id]/tasks/[task]', { id, task: task.slug });
	}
}
