import type { PayloadRow } from './payloads.ts';
import type { ReadPayload } from './read-payload.ts';

/** The row of a payload that has just come; what becomes of it is not known yet. */
export function newRow(
	id: string,
	read: ReadPayload,
	bytes: Uint8Array,
	arrival: { sender: string; now: Date }
): PayloadRow {
	return {
		id,
		state: 'repair',
		sender: arrival.sender,
		...named(read.payload),
		sha256: read.sha256,
		contentSha256: read.contentSha256,
		size: bytes.byteLength,
		receivedAt: arrival.now.toISOString(),
		caseId: null,
		mends: null,
		decidedBy: null,
		decidedAt: null,
		reason: null,
		retiredBy: null,
		retiredAt: null,
		retiredReason: null,
		bytes: Buffer.from(bytes)
	};
}

/** What a payload says of itself, read without trusting any of it. */
export function named(payload: unknown): { sourceId: string | null; organisation: string | null } {
	const metadata = own(payload, 'metadata');
	return {
		sourceId: shortText(own(metadata, 'id'), 200),
		organisation: shortText(own(metadata, 'organisation'), 100)
	};
}

const own = (value: unknown, key: string): unknown =>
	typeof value === 'object' && value !== null && Object.hasOwn(value, key)
		? (value as Record<string, unknown>)[key]
		: undefined;

const shortText = (value: unknown, longest: number): string | null => {
	const text = typeof value === 'string' ? value.trim() : '';
	return text === '' ? null : text.slice(0, longest);
};
