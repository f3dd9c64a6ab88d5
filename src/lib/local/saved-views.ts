import { z } from 'zod';
import type { Device } from './device.ts';

/** A filter of My work that an officer has named; the words are open, so that another version reads them. */
const savedView = z.object({
	name: z.string().min(1).max(60),
	show: z.string(),
	near: z.string(),
	order: z.string(),
	typed: z.string().max(200)
});
export type SavedView = z.infer<typeof savedView>;

/** More would be a list of lists. */
export const mostViews = 20;

const aad = 'saved-views';

/** The officer's filters on this device, by name; sealed, because what was searched for may name people. */
export async function savedViews(device: Device): Promise<SavedView[]> {
	const kept = await device.remembered('savedViews');
	return kept === undefined
		? []
		: z.array(savedView).parse(await device.codec.open(kept.body, aad));
}

/** Keeps a filter; one of the same name is replaced. False when there are as many as may be. */
export async function keepView(device: Device, view: SavedView): Promise<boolean> {
	const others = (await savedViews(device)).filter(({ name }) => name !== view.name);
	if (others.length >= mostViews) return false;
	await write(device, [...others, view]);
	return true;
}

export async function forgetView(device: Device, name: string): Promise<void> {
	await write(
		device,
		(await savedViews(device)).filter((one) => one.name !== name)
	);
}

async function write(device: Device, views: readonly SavedView[]): Promise<void> {
	const body = await device.codec.seal(views, aad);
	await device.writing(device.remember('savedViews', { body }));
}
