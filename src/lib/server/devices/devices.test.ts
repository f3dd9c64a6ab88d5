import { expect, test } from 'vitest';
import { caseOf, jo, robin, TestDevice, withOfficers } from '../register/fixtures.ts';
import { Register, type AlarmFacts } from '../register/register.ts';
import { audit } from '../register/schema.ts';

const told: AlarmFacts[] = [];
const newRegister = () =>
	withOfficers(Register.open(':memory:', { onAlarm: (facts) => told.push(facts) }));

test('a bare high cursor raises one alarm until somebody has looked, and changes nothing else', () => {
	const register = newRegister();
	const device = new TestDevice(register, jo);
	device.answer(device.note(caseOf(register, jo), 'x'));
	const [epoch, head] = [register.epoch, register.head()];
	const claim = () =>
		register.pull(jo, {
			device: device.id,
			cursor: { epoch, seq: head + 1_000, bootstrap: null }
		});
	expect([claim(), claim()]).toEqual([{ epochChanged: epoch }, { epochChanged: epoch }]);
	expect([register.epoch, register.head()]).toEqual([epoch, head]);
	const { open, total } = register.alarms();
	expect(open).toMatchObject([
		{ what: 'cursor-above-head', device: device.id, claimed: head + 1_000, head, times: 2 }
	]);
	expect(total).toBe(2);
	expect(told).toHaveLength(1);
	expect(register.seenAlarm(open[0]?.id ?? 0, robin.id)).toBe(true);
	expect(register.seenAlarm(open[0]?.id ?? 0, robin.id)).toBe(false);
	expect(register.alarms().open).toEqual([]);
	const said = register.connection.orm.select().from(audit).all();
	expect(said.filter(({ what }) => what === 'cursor-above-head')).toHaveLength(1);
	expect(said.filter(({ what }) => what === 'alarm-seen')).toHaveLength(1);
	claim();
	expect(register.alarms().open).toHaveLength(1);
	register.close();
});

test('a device is heard only by its own officer, and what it says is kept as it said it', () => {
	const register = newRegister();
	const device = new TestDevice(register, jo);
	device.answer(device.note(caseOf(register, jo), 'x'));
	const cursor = { epoch: null, seq: 0, bootstrap: null };
	const report = {
		app: '2026.11',
		unsent: 2,
		oldestUnsent: '2026-03-03T09:00:00.000Z',
		numbered: 3,
		waiting: [[2, 3]] as [number, number][],
		online: []
	};
	register.pull(robin, { device: device.id, cursor, report });
	expect(register.deviceReports()).toEqual([]);
	register.pull(jo, { device: device.id, cursor, report });
	expect(register.deviceReports()).toMatchObject([{ deviceId: device.id, ...report }]);
	register.pull(jo, { device: device.id, cursor, report: { ...report, unsent: 0, waiting: [] } });
	expect(register.deviceReports()).toMatchObject([{ unsent: 0, waiting: [], numbered: 3 }]);
	register.close();
});
