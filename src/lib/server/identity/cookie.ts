/** `__Host-`: only over https (or localhost), only this host, whole site; a sibling host cannot set it. */
export const sessionCookie = '__Host-bops';

/**
 * No script reads it, no other site's form or picture carries it.
 * Chromium and Firefox accept a Secure cookie on http://localhost.
 */
export const sessionCookieAttributes = {
	path: '/',
	httpOnly: true,
	secure: true,
	sameSite: 'lax'
} as const;

/** Whether a browser at this address would keep a Secure cookie: https, or this very machine. */
export function keepsSecureCookies(url: URL): boolean {
	return (
		url.protocol === 'https:' ||
		url.hostname === 'localhost' ||
		url.hostname.endsWith('.localhost') ||
		url.hostname === '127.0.0.1' ||
		url.hostname === '[::1]'
	);
}
