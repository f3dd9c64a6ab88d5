/** The register's stream of "there is news". Only the tab that carries keeps one. */
export interface Nudges {
	close(): void;
}

export interface Heard {
	/** the register has something new */
	news: () => void;
	/** the register has ended the session */
	signedOut: () => void;
	/** the stream broke: the register may be gone */
	lost: () => void;
}

export type ListenForNews = (heard: Heard) => Nudges;

export const listenForNews: ListenForNews = ({ news, signedOut, lost }) => {
	const stream = new EventSource('/api/events');
	stream.addEventListener('nudge', news);
	// while the stream was away there may have been news
	stream.addEventListener('open', news);
	stream.addEventListener('signed-out', signedOut);
	stream.addEventListener('error', lost);
	return { close: () => stream.close() };
};
