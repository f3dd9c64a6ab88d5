import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeInstallation, keyFile, openInstallation, type Installation } from './installation.ts';
import { caseOf, jo } from './register/fixtures.ts';

// files are flushed to a real disk
vi.setConfig({ testTimeout: 30_000 });

let dataDir: string;
let installation: Installation;
const southwark = { code: 'SWK', name: 'Southwark', host: 'planning.southwark.example' };
const camden = { code: 'CMD', name: 'Camden', host: 'planning.camden.example' };

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'bops-installation-'));
	installation = openInstallation(dataDir);
});
afterEach(() => {
	installation.close();
	rmSync(dataDir, { recursive: true });
});

describe('councils', () => {
	test('one council answers to its host, and to this machine’s own names', () => {
		const { code } = installation.addCouncil(southwark);
		for (const host of [
			'planning.southwark.example',
			'PLANNING.southwark.example:8443',
			'localhost:3000',
			'127.0.0.1',
			'[::1]:3000'
		])
			expect(installation.councilForHost(host)?.code, host).toBe(code);
		expect(installation.councilForHost('planning.camden.example')).toBeUndefined();
	});

	test('of several councils each answers only to its own host', () => {
		installation.addCouncil(southwark);
		installation.addCouncil(camden);
		expect(installation.councilForHost('planning.camden.example')?.name).toBe('Camden');
		expect(installation.councilForHost('localhost')).toBeUndefined();
		expect(installation.councils().map((council) => council.code)).toEqual(['CMD', 'SWK']);
	});

	test('a council added by another process is found', () => {
		const other = openInstallation(dataDir);
		other.addCouncil(southwark);
		expect(installation.council('swk')?.name).toBe('Southwark');
		closeInstallation(other);
	});

	test('is opened again as it was, in the same epoch', () => {
		const { register } = installation.addCouncil(southwark);
		register.putOfficer(jo);
		const caseId = caseOf(register, jo);
		const { epoch } = register;
		installation.close();
		installation = openInstallation(dataDir);
		const again = installation.council('SWK')?.register;
		expect(again?.epoch).toBe(epoch);
		expect(again?.caseFile(caseId).case?.assignedTo).toBe(jo.id);
	});

	test.each([
		[{ ...southwark, code: 'Swk' }, /capital letters/],
		[{ ...southwark, code: '../x' }, /capital letters/],
		[{ ...southwark, name: ' ' }, /needs a name/],
		[{ ...southwark, host: 'https://x.example' }, /without https/],
		[{ ...southwark, code: 'LBS' }, /belongs to Southwark already/],
		[southwark, /a council SWK already/]
	])('%j is not added', (details, words) => {
		installation.addCouncil(southwark);
		expect(() => installation.addCouncil(details)).toThrow(words);
		expect(installation.councils()).toHaveLength(1);
	});
});

describe('files', () => {
	const mode = (...path: string[]) => statSync(join(dataDir, ...path)).mode & 0o777;

	test('nobody else on the machine can read a register, a key or a blob', () => {
		const { register } = installation.addCouncil(southwark);
		register.putOfficer(jo);
		for (const file of ['register.sqlite', 'register.sqlite-wal', 'epoch.json', 'council.json'])
			expect(mode('SWK', file), file).toBe(0o600);
		expect(mode('keys', 'SWK.key')).toBe(0o600);
		for (const folder of ['SWK', 'SWK/blobs', 'keys']) expect(mode(folder), folder).toBe(0o700);
	});

	test('a missing or open key stops the start with a sentence, and no new key is made', () => {
		installation.addCouncil(southwark);
		installation.close();
		const file = keyFile(dataDir, 'SWK');
		chmodSync(file, 0o644);
		expect(() => openInstallation(dataDir)).toThrow(/chmod 600/);
		const key = readFileSync(file);
		rmSync(file);
		expect(() => openInstallation(dataDir)).toThrow(/Put it back from its second copy/);
		writeFileSync(file, key, { mode: 0o600 });
		installation = openInstallation(dataDir);
		expect(installation.councils()).toHaveLength(1);
	});
});
