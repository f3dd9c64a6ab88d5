import { afterEach, expect, test } from 'vitest';
import { computed } from '#lib/domain/clock/bank-holidays.ts';
import { settingOf } from '#lib/domain/council-settings.ts';
import { plainCodec } from '#lib/local/codec.ts';
import { forgetView, keepView, mostViews, savedViews } from '#lib/local/saved-views.ts';
import { Council } from './council.ts';
import { Chance } from './random.ts';
import { Tablet } from './tablet.ts';
import { jo, uuid } from './town.ts';
import { fair, Wire } from './wire.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
	for (const end of ends.splice(0).reverse()) await end();
});

async function aTablet() {
	const council = new Council();
	ends.push(() => council.close());
	let ids = 0;
	const tablet = new Tablet({
		name: 'JB',
		officer: jo,
		council,
		wire: new Wire(council, jo, new Chance(5), fair),
		codec: plainCodec,
		newId: () => uuid(302, ++ids)
	});
	await tablet.openTab();
	ends.push(() => tablet.closeTabs());
	return { council, tablet };
}

test('a list of bank holidays reaches a tablet that holds no case, and a newer one replaces it', async () => {
	const { council, tablet } = await aTablet();
	const held = async () =>
		settingOf((await tablet.device.remembered('settings')) ?? [], 'bank-holidays')?.version;
	const set = (version: string) =>
		council.register.setSetting(
			'bank-holidays',
			{
				version,
				source: 'GOV.UK',
				from: 2027,
				to: 2027,
				days: [...computed(2027)].map(([on, name]) => ({ on, name }))
			},
			'system'
		);
	await tablet.tab.round.words();
	expect(await held()).toBeUndefined();
	set('2026-11-01');
	await tablet.tab.round.words();
	expect(await held()).toBe('2026-11-01');
	set('2026-12-01');
	await tablet.tab.round.words();
	expect(await held()).toBe('2026-12-01');
	await tablet.tab.round.words();
	expect(await held()).toBe('2026-12-01');
});

test('an officer’s filters stay on the tablet, each under its name, and none is thrown out for another', async () => {
	const { tablet } = await aTablet();
	const { device } = tablet;
	const view = (name: string, near = 'week') => ({
		name,
		show: 'mine',
		near,
		order: 'time-left',
		typed: ''
	});
	for (let n = 0; n < mostViews; n++)
		expect(await keepView(device, view(`filter ${n}`))).toBe(true);
	expect(await keepView(device, view('one too many'))).toBe(false);
	expect(await keepView(device, view('filter 3', 'overdue'))).toBe(true);
	expect(await savedViews(device)).toHaveLength(mostViews);
	expect((await savedViews(device)).at(-1)).toEqual(view('filter 3', 'overdue'));
	await forgetView(device, 'filter 3');
	expect((await savedViews(device)).some(({ name }) => name === 'filter 3')).toBe(false);
});
