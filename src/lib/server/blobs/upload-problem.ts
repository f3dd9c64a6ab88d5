/** An upload that cannot go on: a status and a sentence, in the shape that tus answers with. */
export class UploadProblem extends Error {
	readonly status_code: number;
	readonly body: string;

	constructor(status: number, sentence: string) {
		super(sentence);
		this.status_code = status;
		this.body = sentence;
	}
}

export const noSuchUpload = new UploadProblem(404, 'There is no such upload. Begin it again.');

export const diskFull = new UploadProblem(
	507,
	'The register’s disk is full, so this could not be taken in. What had arrived is kept, and so is the original where it was made. Sending goes on by itself when there is room; tell the person who runs the server.'
);

/** No room left on the disk (or in this user's share of it), said by the file system or by SQLite. */
export const isDiskFull = (error: unknown): boolean =>
	['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes((error as { code?: string } | null)?.code ?? '');
