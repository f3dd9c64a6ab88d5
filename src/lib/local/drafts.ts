import type { Device } from './device.ts';
import { forgetDraft } from './release.ts';
import { forgetShadow, keepShadow, shadowOf } from './shadow.ts';

/**
 * Keeps words as they are typed, before they are a command. `key` names record and field. The
 * case they are about stays on this device until they are finished.
 */
export const keepDraft = (
	device: Device,
	key: string,
	text: string,
	caseId: string
): Promise<void> => device.writing(keep(device, key, text, caseId));

async function keep(device: Device, key: string, text: string, caseId: string): Promise<void> {
	try {
		// nothing is left of the words, so nothing waits for them
		if (text === '') await forgetDraft(device, key);
		else {
			const body = await device.codec.seal(text, `drafts/${key}`);
			await device.run(() => device.db.drafts.put({ key, caseId, body }));
		}
	} catch (error) {
		// a page that is reloaded because its storage has died finds them there
		keepShadow(device, key, text);
		throw error;
	}
	forgetShadow(device, key);
}

/** Words that were typed and not finished; undefined when there are none. */
export async function draft(device: Device, key: string): Promise<string | undefined> {
	const unsaved = shadowOf(device, key);
	if (unsaved !== null) return unsaved === '' ? undefined : unsaved;
	const row = await device.run(() => device.db.drafts.get(key));
	return row === undefined
		? undefined
		: ((await device.codec.open(row.body, `drafts/${key}`)) as string);
}

/** The words have become a command, or their author threw them away. */
export async function dropDraft(device: Device, key: string): Promise<void> {
	forgetShadow(device, key);
	await forgetDraft(device, key);
}
