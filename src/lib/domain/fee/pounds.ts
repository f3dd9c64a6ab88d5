const wholePounds = new Intl.NumberFormat('en-GB', {
	style: 'currency',
	currency: 'GBP',
	minimumFractionDigits: 0,
	maximumFractionDigits: 0
});
const exact = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** Pence as officers read them: `£548`, or `£259.50`. */
export const pounds = (pence: number): string =>
	(pence % 100 === 0 ? wholePounds : exact).format(pence / 100);

/** Reads an amount as a person types it: `548`, `£1,043`, `259.50`. What is wrong comes back as a sentence. */
export function readPounds(typed: string): { pence: number } | { wrong: string } {
	const text = typed.replaceAll(/[£,\s]/g, '');
	if (text === '') return { wrong: 'Enter an amount in pounds, such as 548 or 259.50.' };
	if (/^[-−–]/.test(text))
		return { wrong: `An amount cannot be less than nothing, and ${typed.trim()} is.` };
	if (!/^\d{1,8}(\.\d{1,2})?$/.test(text))
		return { wrong: `“${typed.trim()}” is not an amount in pounds, such as 548 or 259.50.` };
	const [whole = '', part = ''] = text.split('.');
	return { pence: Number(whole) * 100 + Number(part.padEnd(2, '0')) };
}
