import type { NotUnlocked } from '#lib/local/unlock.ts';

/** Why a PIN that was given here changed nothing, for under its field. */
export function wrongPinWords(no: NotUnlocked): string {
	if (no.is !== 'wrong') return 'This tablet has been locked meanwhile. Nothing was changed';
	return no.left === 1
		? 'This is not your PIN. After one more wrong PIN this tablet locks and you have to sign in'
		: `This is not your PIN. You can try ${String(no.left)} more times before this tablet locks and you have to sign in`;
}
