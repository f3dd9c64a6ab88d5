/**
 * What every answer says, whoever makes it: page, API, built file. Pages bring a stricter
 * Content-Security-Policy with hashes of their own scripts; a script file needs one of its own,
 * because a worker obeys the policy its file came with.
 */
const always: Record<string, string> = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'x-frame-options': 'DENY',
	// the heading at the shutter needs the three motion sensors in Chromium
	'permissions-policy':
		'camera=(self), geolocation=(self), accelerometer=(self), gyroscope=(self), ' +
		'magnetometer=(self), screen-wake-lock=(self), fullscreen=(self), microphone=(), ' +
		'payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=()'
};

const noFraming = "frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

const scriptPolicy =
	"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
	"img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/** Answers that show a person's work: no copy may stay in a browser's or a proxy's cache. */
const nothingStays = (path: string): boolean => path.startsWith('/api/');

/**
 * The headers an answer gets unless its route said otherwise.
 * @param https whether the officer's browser reached us by https (ourselves or the proxy in front)
 */
export function answerHeaders(path: string, https: boolean): Record<string, string> {
	return {
		...always,
		'content-security-policy': /\.m?js$/.test(path) ? scriptPolicy : noFraming,
		...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
		...(nothingStays(path) ? { 'cache-control': 'no-store' } : {})
	};
}
