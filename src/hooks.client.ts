import type { HandleClientError } from '@sveltejs/kit';

/** What the error page says of a fault in the page itself. The fault goes to the browser's own error report. */
export const handleError: HandleClientError = ({ error, status }) => {
	if (status === 404) return { message: 'There is no page at this address.' };
	reportError(error);
	return {
		message:
			'This page failed while it was being shown. Nothing you recorded is lost: what is on this ' +
			'tablet stays there.'
	};
};
