const parts = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'Europe/London',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit'
});

/** The London calendar day of an instant, as an ISO date: the day that counts in planning law. */
export function londonDay(instant: string): string {
	const part = new Map(
		parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value])
	);
	return `${part.get('year')}-${part.get('month')}-${part.get('day')}`;
}
