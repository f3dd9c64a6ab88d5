import type { PullAnswer, PulledRecord } from '#lib/commands/protocol.ts';
import { recordSchemas } from '#lib/domain/records.ts';
import type { Device } from '#lib/local/device.ts';
import { sealDecision } from '#lib/local/outbox.ts';
import { recordName } from '#lib/local/shown-case.ts';
import type { RecordRow } from '#lib/local/tables.ts';

/** An answer to a pull that brings something. */
export type Page = Exclude<PullAnswer, { epochChanged: string }>;

/** What of a page lies on the device, under the officer's key. */
export interface SealedPage {
	known: RecordRow[];
	/** records that this version cannot read: kept as they came (S9) */
	unknown: RecordRow[];
	/** what team leaders decided, in the page's order */
	decisions: unknown[];
	officers: Awaited<ReturnType<Device['sealOfficers']>> | null;
}

/** Reads the records of a page and seals them. Not inside a transaction. */
export async function sealPage(device: Device, page: Page): Promise<SealedPage> {
	const epoch = page.cursor.epoch ?? '';
	const [rows, decisions, officers] = await Promise.all([
		Promise.all(page.records.map((one) => sealRecord(device, one, epoch))),
		Promise.all(page.decisions.map((one) => sealDecision(device, one))),
		page.officers === null ? null : device.sealOfficers(page.officers)
	]);
	return {
		known: rows.filter(({ readable }) => readable).map(({ row }) => row),
		unknown: rows.filter(({ readable }) => !readable).map(({ row }) => row),
		decisions,
		officers
	};
}

async function sealRecord(
	device: Device,
	{ kind, record, seq }: PulledRecord,
	epoch: string
): Promise<{ readable: boolean; row: RecordRow }> {
	const key = `${kind}:${record.id}`;
	const schema = Object.hasOwn(recordSchemas, kind) ? recordSchemas[kind] : undefined;
	const readable = schema?.safeParse(record).success === true;
	const body = await device.codec.seal(record, recordName(key));
	return { readable, row: { key, kind, caseId: record.caseId, seq, epoch, body } };
}
