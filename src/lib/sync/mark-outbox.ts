import type { Device } from '#lib/local/device.ts';
import { leavingCases } from '#lib/local/release.ts';
import type { OutboxRow } from '#lib/local/tables.ts';
import type { Page } from './seal-page.ts';

/* What a page that was pulled says of this device's own commands; all inside the page's transaction. */

/** Takes out of the replay what the records of this page hold (S15). */
export async function markArrived(device: Device, page: Page): Promise<void> {
	const { db } = device;
	const arrived = new Set(page.commands);
	// the record says that a team leader declined it, not that it was done
	for (const { kind, record } of page.records)
		if (kind === 'event' && record.type === 'capture-declined') arrived.delete(record.command);
	const whole = new Set(page.snapshots);
	const reached = page.cursor.bootstrap === null ? page.cursor.seq : 0;
	const pending = () => db.outbox.where('state').anyOf('queued', 'answered', 'trouble');
	if ((await pending().count()) === 0) return;
	const leaving = await leavingCases(db);
	await pending().modify((row) => {
		if (row.state === 'queued') {
			if (arrived.has(row.id)) row.arrived = 1;
			else if (whole.has(row.caseId)) row.arrived = 0;
		} else if (arrived.has(row.id)) row.state = 'done';
		else if (row.state !== 'answered' || leaving.has(row.caseId)) return;
		else if ((row.seq ?? Infinity) <= reached) row.state = 'done';
	});
}

/**
 * A team leader has decided on what the register had set aside. Its author hears of it whoever
 * has the case by now, and what was put aside before it was declined comes back to them once.
 */
export async function keepDecisions(
	device: Device,
	page: Page,
	sealed: readonly unknown[]
): Promise<void> {
	const { outbox } = device.db;
	if (page.decisions.length === 0) return;
	const leaving = await leavingCases(device.db);
	for (const [n, { command, state }] of page.decisions.entries())
		await outbox.where({ id: command }).modify((row) => {
			if (row.outcome !== null && row.outcome !== 'quarantined') return;
			row.decision = state;
			row.decided = sealed[n];
			// no record of a case that is leaving comes any more: its words stay on screen till it goes
			if (state === 'accepted' && row.state === 'trouble')
				row.state = leaving.has(row.caseId) ? 'answered' : 'done';
			if (state === 'declined' && row.state === 'done') {
				row.state = 'trouble';
				row.dismissed = 0;
			}
		});
}

/** What a verified backup holds is safe twice; from then the days until release count. */
export async function markArchived(device: Device, page: Page): Promise<void> {
	const { db } = device;
	const { archivedSeq } = page;
	const now = Date.parse(page.serverTime);
	const safe = (row: Pick<OutboxRow, 'seq' | 'archived' | 'archivedAt'>) => {
		if ((row.seq ?? Infinity) > archivedSeq) return;
		row.archived = 1;
		row.archivedAt ??= now;
	};
	await db.outbox.where('state').notEqual('queued').modify(safe);
	await db.uploads.where({ state: 'received' }).modify(safe);
}
