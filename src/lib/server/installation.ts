import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { catchUpErasures } from './erasure/apply-erasures.ts';
import { dropErasedFiles } from './erasure/erase-records.ts';
import { replaceFile } from './register/epoch.ts';
import { ReceiptKeys } from './register/receipt.ts';
import { Register, type AlarmFacts } from './register/register.ts';
import { makeSealKey, sealFile } from './sealing/council-seal.ts';
import { catchUpOrders, orderFileName } from './sealing/order-file.ts';

export const councilFile = z.strictObject({
	code: z
		.string()
		.regex(/^[A-Z]{2,5}$/, 'The code of a council is two to five capital letters, such as SWK.'),
	name: z.string().trim().min(1, 'A council needs a name.').max(200, 'The name is too long.'),
	host: z
		.string()
		.regex(
			/^(?=.{1,253}(:|$))[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/,
			'The host is a name such as planning.example.gov.uk, in small letters, without https://.'
		)
});
export type CouncilDetails = z.infer<typeof councilFile>;

/** One council: its register and its folder. Councils of one installation share nothing. */
export interface Council extends CouncilDetails {
	/** `DATA_DIR/<code>`: `register.sqlite`, `epoch.json`, `audit-head.json`, `erasures.jsonl`, `device-orders.json`, `blobs/` */
	folder: string;
	register: Register;
}

/** Something an operator has to put right; the message says what and how. */
export class InstallationProblem extends Error {
	override name = 'InstallationProblem';
}

/** Names of this machine by which a one-council installation answers, whatever its host. */
const thisMachine = ['localhost', '127.0.0.1', '[::1]'];

const hostName = (host: string) => host.toLowerCase().replace(/:\d+$/, '');

export interface InstallationOptions {
	/** another than this machine's, to make a council with a past */
	clock?: () => Date;
	/** another way of making ids, for a council that can be made again the same */
	newId?: () => string;
	/** days that devices keep what is backed up; null: as the rules say */
	keepDays?: number | null;
	/** told of what an administrator should look into, for the log */
	onAlarm?: (council: string, facts: AlarmFacts) => void;
}

/** All councils under one data folder, each with its register open for writing. */
export class Installation {
	readonly dataDir: string;
	readonly #councils = new Map<string, Council>();
	readonly #options: InstallationOptions;

	constructor(dataDir: string, options: InstallationOptions) {
		this.#options = options;
		this.dataDir = resolve(dataDir);
		mkdirSync(this.dataDir, { recursive: true, mode: 0o700 });
		this.#look();
	}

	councils(): Council[] {
		return [...this.#councils.values()].sort((a, b) => a.code.localeCompare(b.code));
	}

	council(code: string): Council | undefined {
		const wanted = code.toUpperCase();
		if (!this.#councils.has(wanted)) this.#look();
		return this.#councils.get(wanted);
	}

	/** The council a Host header names, with or without its port. */
	councilForHost(host: string): Council | undefined {
		const known = this.#match(host);
		if (known !== undefined) return known;
		// the operator may have added a council while this process was running
		this.#look();
		return this.#match(host);
	}

	/** @throws InstallationProblem with every fault in words */
	addCouncil(details: CouncilDetails): Council {
		const read = councilFile.safeParse(details);
		if (!read.success)
			throw new InstallationProblem(read.error.issues.map((issue) => issue.message).join(' '));
		const { code, name, host } = read.data;
		this.#look();
		if (this.#councils.has(code))
			throw new InstallationProblem(`There is a council ${code} already. Nothing was changed.`);
		const other = this.councils().find((council) => council.host === host);
		if (other !== undefined)
			throw new InstallationProblem(
				`The host ${host} belongs to ${other.name} already. Nothing was changed.`
			);
		const folder = join(this.dataDir, code);
		mkdirSync(join(folder, 'blobs'), { recursive: true, mode: 0o700 });
		writeKey(this.dataDir, code);
		replaceFile(join(folder, 'council.json'), JSON.stringify({ code, name, host }));
		this.#open(code);
		return this.#councils.get(code) as Council;
	}

	close(): void {
		for (const council of this.#councils.values()) council.register.close();
		this.#councils.clear();
	}

	#match(host: string): Council | undefined {
		const councils = this.councils();
		const wanted = host.toLowerCase();
		const match =
			councils.find((council) => council.host === wanted) ??
			councils.find((council) => council.host === hostName(wanted));
		if (match !== undefined) return match;
		return councils.length === 1 && thisMachine.includes(hostName(wanted))
			? councils[0]
			: undefined;
	}

	#look(): void {
		for (const entry of readdirSync(this.dataDir, { withFileTypes: true }))
			if (
				entry.isDirectory() &&
				!this.#councils.has(entry.name) &&
				existsSync(join(this.dataDir, entry.name, 'council.json'))
			)
				this.#open(entry.name);
	}

	#open(code: string): void {
		const folder = join(this.dataDir, code);
		const details = councilFile.parse(
			JSON.parse(readFileSync(join(folder, 'council.json'), 'utf8'))
		);
		if (details.code !== code)
			throw new InstallationProblem(`${folder} says that it belongs to council ${details.code}.`);
		const register = Register.open(join(folder, 'register.sqlite'), {
			keys: readKeys(this.dataDir, code),
			clock: this.#options.clock ?? (() => new Date()),
			newId: this.#options.newId,
			keepDays: this.#options.keepDays ?? null,
			onAlarm: (facts) => this.#options.onAlarm?.(code, facts),
			epochFile: join(folder, 'epoch.json'),
			auditHeadFile: join(folder, 'audit-head.json'),
			erasureFile: join(folder, 'erasures.jsonl'),
			orderFile: join(folder, orderFileName)
		});
		catchUpErasures(register, new Date());
		dropErasedFiles(register, folder);
		catchUpOrders(register, new Date());
		// where tablets have sealed for one already, another would open nothing: it has to be put back
		if (register.devices().length === 0) makeSealKey(sealFile(this.dataDir, code));
		this.#councils.set(code, { ...details, folder, register });
	}
}

export const openInstallation = (
	dataDir: string,
	options: InstallationOptions = {}
): Installation => new Installation(dataDir, options);

export const closeInstallation = (installation: Installation): void => installation.close();

/** Where the receipt key of a council is: outside its folder, so that a backup of the one never holds the other. */
export const keyFile = (dataDir: string, code: string): string =>
	join(dataDir, 'keys', `${code}.key`);

/** One key a line, 32 bytes in hexadecimal; the first signs, the others still verify. */
export function readKeys(dataDir: string, code: string): ReceiptKeys {
	const file = keyFile(dataDir, code);
	if (!existsSync(file))
		throw new InstallationProblem(
			`The receipt key of council ${code} is missing (${file}). Put it back from its second copy. ` +
				`If it is lost for good, make a new one: openssl rand -hex 32 > ${file}; devices then send ` +
				'what they hold without the old receipts.'
		);
	const mode = statSync(file).mode & 0o077;
	if (mode !== 0)
		throw new InstallationProblem(
			`Other users of this machine can reach the receipt key ${file}. Run: chmod 600 ${file}`
		);
	const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
	if (lines.length === 0 || lines.some((line) => !/^[0-9a-f]{64,}$/.test(line)))
		throw new InstallationProblem(
			`The receipt key ${file} is not readable: each line has to be at least 64 hexadecimal digits.`
		);
	return new ReceiptKeys(lines.map((line) => Buffer.from(line, 'hex')));
}

function writeKey(dataDir: string, code: string): void {
	const file = keyFile(dataDir, code);
	mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
	if (!existsSync(file))
		writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
}
