import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Problem } from '#lib/domain/intake/odp.ts';
import { jsonProblem } from './json-problem.ts';

/** What can be told of a payload without making a case of it. */
export interface ReadPayload {
	/** of the bytes as they came */
	sha256: string;
	/** of the content, whatever its spacing and order of keys; null when that cannot be told */
	contentSha256: string | null;
	payload: unknown;
	problems: Problem[];
}

const sha256 = (content: Uint8Array | string): string =>
	createHash('sha256').update(content).digest('hex');

/** Reads bytes as UTF-8 and JSON; what stops it is told with its position. Never throws. */
export function readPayload(bytes: Uint8Array): ReadPayload {
	const unread = (problem: string): ReadPayload => ({
		sha256: sha256(bytes),
		contentSha256: null,
		payload: null,
		problems: [{ path: '$', problem }]
	});
	if (bytes.byteLength === 0) return unread('The file is empty.');
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return unread(`This is not UTF-8 text: it stops being so at byte ${validUntil(bytes) + 1}.`);
	}
	const structural = jsonProblem(text);
	if (structural !== null) return unread(structural);
	try {
		const payload: unknown = JSON.parse(text);
		return { sha256: sha256(bytes), contentSha256: contentHash(payload), payload, problems: [] };
	} catch (error) {
		return unread(`This is not JSON: ${withPosition(error, text)}.`);
	}
}

/** The parser tells where it stopped, except when it stopped because there was no more. */
function withPosition(error: unknown, text: string): string {
	const said = error instanceof Error ? error.message : String(error);
	return said.includes('position') ? said : `${said} after ${text.length} characters`;
}

/** Null for the few values of JSON that RFC 8785 has no text for, such as 1e999. */
function contentHash(payload: unknown): string | null {
	try {
		return sha256(canonicalize(payload) ?? '');
	} catch {
		return null;
	}
}

/** How many bytes from the start are good UTF-8. */
function validUntil(bytes: Uint8Array): number {
	let good = 0;
	let bad = bytes.byteLength;
	while (bad - good > 1) {
		const middle = (good + bad) >>> 1;
		try {
			new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
			good = middle;
		} catch {
			bad = middle;
		}
	}
	return good;
}
