/**
 * How much room is kept for photographs before a visit. The size is what the cameras of tablets
 * make: a photograph of 12 megapixels is 3 to 6 MB as JPEG; a larger one takes the room of two.
 */
export const photographRoom = {
	/** for one photograph */
	bytes: 6 * 1024 * 1024,
	/** how many an officer may ask room for; the first is offered */
	choices: [20, 10, 40, 60]
} as const;
