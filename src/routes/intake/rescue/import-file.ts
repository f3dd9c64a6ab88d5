import {
	readBegin,
	readItems,
	RescueFileProblem,
	type Begin,
	type TakenIn
} from '#lib/commands/rescue-file.ts';
import { handIn } from '#lib/sync/hand-in.ts';
import { NotTaken, sendTo } from '#lib/sync/send-pieces.ts';
import { sentenceFor, Told } from '../../sentence-for.ts';

/** A rescue file while it is taken in, and when it has been. */
export interface Import {
	file: string;
	/** null when the file could not be read at all */
	begin: Begin | null;
	taken: TakenIn[];
	/** why it stopped before its end, as a sentence; null when it did not */
	stopped: string | null;
	done: boolean;
}

const ourFault =
	'The rest was not taken in, because of a fault in this app. Nothing is lost: keep the file, reload the page and choose it again.';

/** Takes a chosen file in, a piece at a time, and tells how far it has come. */
export async function importFile(
	file: Pick<Blob, 'slice' | 'size'> & { name: string },
	tell: (now: Import) => void
): Promise<void> {
	const now: Import = { file: file.name, begin: null, taken: [], stopped: null, done: false };
	const read = async (from: number, to: number) => {
		try {
			return new Uint8Array(await file.slice(from, to).arrayBuffer());
		} catch {
			throw new Told('The file cannot be read from its disk any more. Choose it again.');
		}
	};
	try {
		const { begin, at } = await readBegin(read, file.size);
		now.begin = begin;
		tell({ ...now });
		for await (const one of handIn(
			begin,
			readItems(read, at, file.size),
			sendTo('/api/rescue', {})
		)) {
			now.taken = [...now.taken, one];
			tell({ ...now });
		}
	} catch (error) {
		now.stopped =
			error instanceof RescueFileProblem || error instanceof NotTaken
				? error.message
				: sentenceFor(error, ourFault);
	}
	tell({ ...now, done: true });
}
