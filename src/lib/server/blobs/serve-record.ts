import { eq } from 'drizzle-orm';
import { may } from '#lib/domain/permissions.ts';
import type { Officer } from '#lib/domain/officer.ts';
import type { Council } from '../installation.ts';
import { problemAnswer } from '../api/problem-answers.ts';
import { bytesOf } from './council-bytes.ts';
import { octets } from './file-type.ts';
import { blob } from './schema.ts';
import { serveBytes } from './serve.ts';

/** Which bytes of which record are asked for. */
export interface Asked {
	of: 'original' | 'thumbnail' | 'document';
	/** photo or document id */
	id: string;
	caseId: string | null;
}

const endings: Record<string, string> = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp',
	'image/gif': 'gif',
	'image/avif': 'avif',
	'image/heic': 'heic'
};

/** Bytes are reached through a record of a case that the officer may see, never by their hash. */
export async function serveRecordBytes(
	request: Request,
	council: Council,
	officer: Officer | null,
	asked: Asked
): Promise<Response> {
	if (officer === null)
		return problemAnswer(
			401,
			'You are not signed in, or your session has ended. Sign in and try again.'
		);
	if (may(officer, 'see-cases', false) === 'no')
		return problemAnswer(403, 'Your role does not allow this.');
	if (asked.caseId === null)
		return problemAnswer(400, 'The address does not say which case this belongs to.');
	const found = find(council, { ...asked, caseId: asked.caseId });
	if (found === null) return problemAnswer(404, 'There is no such file on this case.');
	if (!found.received) return problemAnswer(404, 'The register has not received this file yet.');
	const kept = council.register.connection.orm
		.select()
		.from(blob)
		.where(eq(blob.sha256, found.sha256))
		.get();
	const mime = kept?.mime ?? octets;
	const name = found.name ?? `${found.stem}.${endings[mime] ?? 'bin'}`;
	return serveBytes(request, bytesOf(council).blobs, { sha256: found.sha256, mime, name });
}

function find(council: Council, { of, id, caseId }: Asked & { caseId: string }) {
	const file = council.register.caseFile(caseId);
	if (of === 'document') {
		const document = file.get('document', id);
		if (document === undefined) return null;
		return {
			sha256: document.sha256 ?? '',
			received: document.bytesReceivedAt !== null,
			name: document.name,
			stem: ''
		};
	}
	const photo = file.get('photo', id);
	if (photo === undefined) return null;
	const reference = file.case?.reference ?? 'photo';
	return of === 'original'
		? {
				sha256: photo.sha256,
				received: photo.originalReceivedAt !== null,
				name: null,
				stem: `${reference} ${photo.number}`
			}
		: {
				sha256: photo.thumbnailSha256 ?? '',
				received: photo.thumbnailReceivedAt !== null,
				name: null,
				stem: `${reference} ${photo.number} small`
			};
}
