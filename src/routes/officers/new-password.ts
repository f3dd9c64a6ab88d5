/** Letters and digits that nobody confuses when reading them aloud: 32, so that five bits choose one evenly. */
const signs = 'abcdefghijkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 5;

/** A password of 100 random bits, in groups that can be read out: `k3vqm-…`. */
export function newPassword(): string {
	const chosen = crypto.getRandomValues(new Uint8Array(groups * groupLength));
	const letters = [...chosen].map((byte) => signs[byte % signs.length]).join('');
	return (letters.match(/.{5}/g) ?? []).join('-');
}
