import { expect, test } from 'vitest';
import { fileSubmission } from '#lib/server/intake/file-submission.ts';
import { payloadBytes } from '#lib/server/intake/queue.ts';
import { Register } from '#lib/server/register/register.ts';
import { sampleFiles, samplesSkipped } from '../samples.ts';

const now = new Date('2026-03-03T14:05:00.000Z');

test.skipIf(samplesSkipped)(
	'each of the eight sample submissions becomes one case, once, and is kept byte for byte',
	() => {
		const register = Register.open(':memory:', { clock: () => now });
		const files = sampleFiles('odp', 'application').map(({ name, text }) => ({
			name,
			bytes: Buffer.from(text)
		}));
		const file = (bytes: Uint8Array) =>
			fileSubmission(register, bytes, {
				sender: 'import',
				council: 'LBH',
				whateverItNames: true,
				now
			});
		expect(files).toHaveLength(8);
		const first = files.map(({ bytes }) => file(bytes));
		expect(first.map(({ state }) => state)).toEqual(Array(8).fill('created'));
		expect(new Set(first.map(({ reference }) => reference)).size).toBe(8);
		for (const [index, { bytes }] of files.entries()) {
			const filed = first[index];
			if (filed === undefined) throw new Error('no answer');
			expect(payloadBytes(register, filed.payloadId)?.equals(bytes)).toBe(true);
			const { files: named } = JSON.parse(bytes.toString()) as { files: unknown[] };
			expect(filed.documentsMissing).toBe(named.length);
			const made = register.caseFile(filed.caseId ?? '');
			expect(made.case?.boundary).not.toBeNull();
			expect(made.all('person').length).toBeGreaterThan(0);
		}
		const again = files.map(({ bytes }) => file(bytes));
		expect(again.map(({ state }) => state)).toEqual(Array(8).fill('existing'));
		expect(again.map(({ reference }) => reference)).toEqual(
			first.map(({ reference }) => reference)
		);
		register.close();
	}
);
