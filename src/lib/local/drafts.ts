import type { Device } from './device.ts';
import { forgetDraft } from './release.ts';

/**
 * Keeps words as they are typed, before they are a command. `key` names record and field. The
 * case they are about stays on this device until they are finished.
 */
export async function keepDraft(
	device: Device,
	key: string,
	text: string,
	caseId: string
): Promise<void> {
	// nothing is left of the words, so nothing waits for them
	if (text === '') return forgetDraft(device, key);
	const body = await device.codec.seal(text, `drafts/${key}`);
	await device.run(() => device.db.drafts.put({ key, caseId, body }));
}

/** Words that were typed and not finished; undefined when there are none. */
export async function draft(device: Device, key: string): Promise<string | undefined> {
	const row = await device.run(() => device.db.drafts.get(key));
	return row === undefined
		? undefined
		: ((await device.codec.open(row.body, `drafts/${key}`)) as string);
}

/** The words have become a command, or their author threw them away. */
export const dropDraft = (device: Device, key: string): Promise<void> => forgetDraft(device, key);
