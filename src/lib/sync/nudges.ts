/** The register's stream of "there is news". Only the tab that carries keeps one. */
export interface Nudges {
	close(): void;
}

/**
 * @param news called when the register has something new
 * @param signedOut called when the register has ended the session
 */
export type ListenForNews = (news: () => void, signedOut: () => void) => Nudges;

export const listenForNews: ListenForNews = (news, signedOut) => {
	const stream = new EventSource('/api/events');
	stream.addEventListener('nudge', news);
	// while the stream was away there may have been news
	stream.addEventListener('open', news);
	stream.addEventListener('signed-out', signedOut);
	return { close: () => stream.close() };
};
