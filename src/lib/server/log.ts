import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

/** What the log keeps of a fault: where it happened and of what sort. */
interface PlainFault {
	type: string;
	code?: string;
	message: string;
	/** the frames; they name files and lines of ours */
	stack: string;
}

/**
 * Lines of JSON, one for each request. People's names, addresses and words stay out of it: faults
 * are logged by their sort and place, because some carry what they failed on in their message.
 */
export const makeLog = (level: string, destination?: DestinationStream): Logger =>
	pino(
		{
			level,
			base: null,
			timestamp: stdTimeFunctions.isoTime,
			serializers: { err: (error: unknown) => plainFault(error) }
		},
		destination
	);

function plainFault(error: unknown): PlainFault {
	if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
	const { name, message, stack = '' } = error;
	// a failed query holds its values, and what wrapped it says less than the fault itself
	if (message.startsWith('Failed query:') && error.cause instanceof Error)
		return plainFault(error.cause);
	const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
	return {
		type: name,
		...(code === undefined ? {} : { code }),
		// "… is not valid JSON" quotes what was sent
		message: error instanceof SyntaxError ? '' : (message.split('\nparams:', 1)[0] ?? ''),
		stack: stack
			.split('\n')
			.filter((line) => line.startsWith('    at '))
			.slice(0, 12)
			.join('\n')
	};
}
