import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { sitesToPlan } from '../cases/plan.ts';
import { generateTown } from '../town.ts';
import { Random } from '../town/random.ts';
import { poolFiles } from './pool.ts';

const town = generateTown('demo');
const filesOf = (seed: string) => {
	const random = new Random(seed);
	const planned = sitesToPlan(town, random.fork('plans'));
	return { planned, files: poolFiles(town, planned, random.fork('pool')) };
};
const { planned, files } = filesOf('a');
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const fileNamed = (key: string) => {
	const file = files.find((one) => one.key === key);
	if (file === undefined) throw new Error(`There is no ${key} in the pool.`);
	return file;
};

describe('the pool of documents', { timeout: 60_000 }, () => {
	it('has about two hundred files, each named once', () => {
		expect(files.length).toBeGreaterThan(180);
		expect(files.length).toBeLessThan(230);
		expect(new Set(files.map(({ key }) => key)).size).toBe(files.length);
		expect(planned).toHaveLength(104);
	});

	it.each([
		`site-plans/${planned[0]?.id ?? 0}`,
		'elevations/terrace-loft-dormer',
		'design-statement/semi',
		'close/1'
	])('%s is the same bytes every time it is made', async (key) => {
		const [one, other] = await Promise.all([fileNamed(key).make(), fileNamed(key).make()]);
		expect(hash(one.bytes)).toBe(hash(other.bytes));
	});

	it('has plans of two pages that name the address, as PDF', async () => {
		const { bytes } = await fileNamed(`site-plans/${planned[0]?.id ?? 0}`).make();
		const text = bytes.toString('latin1');
		expect(text.startsWith('%PDF-1.7')).toBe(true);
		expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2);
	});

	it('has photographs that a camera might have taken, as JPEG', async () => {
		const { bytes, thumbnail, width, height } = await fileNamed('street/terrace-1').make();
		const facts = await sharp(bytes).metadata();
		expect(facts).toMatchObject({ format: 'jpeg', width, height });
		expect(width).toBeGreaterThanOrEqual(1_200);
		expect(bytes.byteLength).toBeGreaterThan(100_000);
		expect((await sharp(thumbnail ?? Buffer.alloc(0)).metadata()).width).toBe(480);
	});
});
