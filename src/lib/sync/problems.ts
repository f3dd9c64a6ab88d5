import { Unreachable } from '#lib/commands/protocol.ts';

/** The register answered that it failed, or will not take this now. Nothing happened; ask again later. */
export class RegisterFault extends Error {
	override name = 'RegisterFault';
	/** HTTP status */
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** What was sent is larger than the register, or something on the way, takes in one go. */
export class TooLarge extends Error {
	override name = 'TooLarge';
}

/** The bytes that arrived were not those that were sent. The register threw them away and asks for them again. */
export class BytesDamaged extends Error {
	override name = 'BytesDamaged';
}

/** The line died on the way, after some of the bytes had arrived: worth trying again soon. */
export class CutShort extends Unreachable {
	override name = 'CutShort';
}
