import { afterNavigate } from '$app/navigation';
import { caseByReference } from '#lib/local/shown-case.ts';
import type { App } from '../app.svelte.ts';

/** Notes each case this officer opens, so that My work can tell what has changed since. Call while a component is made. */
export function noteLooks(app: App): void {
	afterNavigate(({ from, to }) => {
		for (const place of [from, to]) {
			const asked =
				place?.route.id?.startsWith('/cases/[id]') === true ? place.params?.['id'] : null;
			if (typeof asked === 'string') void note(app, asked);
		}
	});
}

/** Both on coming and on leaving: what came in while the case was on screen has been seen too. */
async function note(app: App, asked: string): Promise<void> {
	const [caseId, cursor] = await Promise.all([
		caseByReference(app.device, asked),
		app.device.remembered('cursor')
	]);
	if (caseId !== undefined && cursor !== undefined) app.lastLook.opened(caseId, cursor);
}
