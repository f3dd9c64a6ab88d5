import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { verifiedBackups, type KeptBackup } from '../backup/manifest.ts';
import { restoreCouncil } from '../backup/restore-council.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { openInstallation, type Council, type Installation } from '../installation.ts';
import { jo, robin, TestDevice, withOfficers } from '../register/fixtures.ts';
import { DeviceLocks, type Ordered } from './device-locks.ts';
import { orderFileName, readOrders } from './order-file.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let installation: Installation;
let council: Council;
let at = Date.parse('2026-03-03T09:00:00.000Z');
let lost: TestDevice;

const dataDir = () => join(folder, 'data');
const target = () => join(folder, 'backups');
const file = () => join(dataDir(), 'LBH', orderFileName);
const locks = () => new DeviceLocks(council.register);
const order = (standing: Ordered, device = lost.id) =>
	locks().set(device, standing, robin.id, new Date((at += 60_000)));

function start(): void {
	installation = openInstallation(dataDir());
	council = installation.council('LBH') as Council;
}
async function backedUp(): Promise<KeptBackup> {
	const progress = () => undefined;
	await takeBackup(council, {
		target: target(),
		everyFile: false,
		now: () => new Date(),
		progress
	});
	return verifiedBackups(target(), 'LBH')[0] as KeptBackup;
}
async function restored(backup: KeptBackup): Promise<void> {
	installation.close();
	await restoreCouncil(backup, {
		...{ dataDir: dataDir(), target: target(), now: () => new Date(), progress: () => undefined },
		...{ serverIsStopped: false, acceptMissing: false }
	});
	start();
}

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'bops-orders-'));
	installation = openInstallation(dataDir());
	council = installation.addCouncil({ code: 'LBH', name: 'Lambeth', host: 'localhost' });
	withOfficers(council.register);
	lost = new TestDevice(council.register, jo);
	council.register.registerDevice(jo, lost.id);
});
afterEach(() => {
	installation.close();
	rmSync(folder, { recursive: true, force: true });
});

test('a tablet that was locked or ordered to be wiped after the backup stays so when it is restored', async () => {
	const before = await backedUp();
	const other = new TestDevice(council.register, jo);
	// the backup has never heard of this one
	council.register.registerDevice(jo, other.id);
	order('locked');
	order('wipe', other.id);
	locks().did(other.id, 'met', new Date(at + 1));
	await restored(before);
	expect(locks().standing(lost.id)).toBe('locked');
	expect(locks().standing(other.id)).toBe('wipe');
	expect(
		locks()
			.of(other.id)
			?.steps.map(({ what }) => what)
	).toEqual(['wipe-ordered', 'met']);
	expect(council.register.ownerOf(other.id)).toBe(jo.id);
});

test('a tablet that was unlocked after the backup is not locked again', async () => {
	order('locked');
	const before = await backedUp();
	order('good');
	await restored(before);
	expect(locks().standing(lost.id)).toBe('good');
});

test('on another machine the orders come back from beside the newest backup', async () => {
	const old = await backedUp();
	order('wipe');
	await backedUp();
	installation.close();
	rmSync(join(dataDir(), 'LBH'), { recursive: true });
	await restored(old);
	expect(locks().standing(lost.id)).toBe('wipe');
	expect(readOrders(file()).orders).toHaveLength(1);
});

test('an order that the power cut off before the register had it is in force when it opens', () => {
	order('locked');
	const orders = readOrders(file()).orders.map((one) => ({
		...one,
		standing: 'wipe',
		changedAt: new Date((at += 60_000)).toISOString()
	}));
	installation.close();
	writeFileSync(file(), JSON.stringify(orders));
	start();
	expect(locks().standing(lost.id)).toBe('wipe');
});

test('a file of orders that cannot be read is named, and nothing is restored over it', async () => {
	order('locked');
	const before = await backedUp();
	writeFileSync(file(), '[{"device":');
	expect(readOrders(file()).problem).toContain('cannot be read');
	await expect(restored(before)).rejects.toThrow('cannot be read');
	start();
	expect(locks().standing(lost.id)).toBe('locked');
});
