/** The calendar day so many days after another: `2026-02-28`, 1 → `2026-03-01`. */
export function dayAfter(day: string, days: number): string {
	const at = new Date(`${day}T12:00:00Z`);
	at.setUTCDate(at.getUTCDate() + days);
	return at.toISOString().slice(0, 10);
}
