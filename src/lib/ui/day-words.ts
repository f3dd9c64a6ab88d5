const day = new Intl.DateTimeFormat('en-GB', {
	day: 'numeric',
	month: 'long',
	year: 'numeric',
	timeZone: 'Europe/London'
});
const weekday = new Intl.DateTimeFormat('en-GB', {
	weekday: 'long',
	day: 'numeric',
	month: 'long',
	timeZone: 'Europe/London'
});
const time = new Intl.DateTimeFormat('en-GB', {
	hour: '2-digit',
	minute: '2-digit',
	hour12: false,
	timeZone: 'Europe/London'
});

/** `2026-03-03` → `3 March 2026`. */
export const dayWords = (isoDate: string) => day.format(new Date(`${isoDate}T12:00:00Z`));

/** `2026-03-03` → `Tuesday 3 March`. */
export const weekdayWords = (isoDate: string) => weekday.format(new Date(`${isoDate}T12:00:00Z`));

/** An instant → `3 March 2026 at 14:05`, London time. */
export const instantWords = (isoInstant: string) => {
	const instant = new Date(isoInstant);
	return `${day.format(instant)} at ${time.format(instant)}`;
};

/** Bytes → `4.1 MB`, decimal units as file managers show them. */
export function bytesWords(bytes: number): string {
	if (bytes < 1000) return `${String(bytes)} bytes`;
	if (bytes < 1_000_000) return `${String(Math.round(bytes / 1000))} kB`;
	if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
	return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}
