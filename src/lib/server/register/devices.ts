import type Database from 'better-sqlite3';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Officer } from '#lib/domain/officer.ts';
import type { RegisterConnection } from './open-register.ts';
import { officer as officerTable } from './record/schema.ts';
import { device as deviceTable } from './schema.ts';

export type Device = typeof deviceTable.$inferSelect;

type Arrived = Record<'id' | 'missing' | 'lastSeen', string> &
	Pick<Device, 'lastDeviceSeq' | 'restartedAt'>;

/** Which browsers the officers use, and what of each one's gap-free count has arrived. */
export class Devices {
	readonly #orm: RegisterConnection['orm'];
	readonly #byId: { get(values: { id: string }): Device | undefined };
	readonly #arrived: Database.Statement<[Arrived]>;

	constructor({ orm, sqlite }: RegisterConnection) {
		this.#orm = orm;
		this.#byId = orm
			.select()
			.from(deviceTable)
			.where(eq(deviceTable.id, sql.placeholder('id')))
			.prepare();
		this.#arrived = sqlite.prepare(
			`update device set missing = @missing, last_device_seq = @lastDeviceSeq,
			restarted_at = @restartedAt, last_seen = @lastSeen where id = @id`
		);
	}

	get(id: string): Device | undefined {
		return this.#byId.get({ id });
	}

	/** Null when the device belongs to somebody else. */
	enrol(id: string, officer: Officer, at: string): Device | null {
		const known = this.get(id);
		if (known !== undefined) return known.officerId === officer.id ? known : null;
		const made = {
			id,
			officerId: officer.id,
			letter: this.#freeLetter(officer.initials),
			firstSeen: at,
			lastSeen: at,
			lastDeviceSeq: 0,
			missing: [],
			restartedAt: null
		};
		this.#orm.insert(deviceTable).values(made).run();
		return made;
	}

	/** Photo numbers are initials, letter and count: no two devices of the same initials share a letter. */
	#freeLetter(initials: string): string {
		const taken = new Set(
			this.#orm
				.select({ letter: deviceTable.letter })
				.from(deviceTable)
				.where(
					inArray(
						deviceTable.officerId,
						this.#orm
							.select({ id: officerTable.id })
							.from(officerTable)
							.where(eq(officerTable.initials, initials))
					)
				)
				.all()
				.map((row) => row.letter)
		);
		for (let i = 0; ; i += 1) {
			const letter = i === 0 ? '' : lettersOf(i);
			if (!taken.has(letter)) return letter;
		}
	}

	/** Notes that command number `deviceSeq` of this device is here, and which before it are not. */
	arrived(device: Device, deviceSeq: number, at: string): void {
		let { missing, lastDeviceSeq, restartedAt } = device;
		if (deviceSeq > lastDeviceSeq) {
			if (deviceSeq > lastDeviceSeq + 1)
				missing = [...missing, [lastDeviceSeq + 1, deviceSeq - 1] as [number, number]].slice(-100);
			lastDeviceSeq = deviceSeq;
		} else {
			const filled = withoutNumber(missing, deviceSeq);
			// below the last one and not missing: the browser lost its storage and counts from 1 again
			if (filled === null) restartedAt = at;
			else missing = filled;
		}
		this.#arrived.run({
			id: device.id,
			missing: JSON.stringify(missing),
			lastDeviceSeq,
			restartedAt,
			lastSeen: at
		});
	}

	all(): Device[] {
		return this.#orm.select().from(deviceTable).orderBy(asc(deviceTable.firstSeen)).all();
	}

	of(officerId: string): Device[] {
		return this.#orm
			.select()
			.from(deviceTable)
			.where(eq(deviceTable.officerId, officerId))
			.orderBy(asc(deviceTable.firstSeen))
			.all();
	}
}

/** 1 → B, 2 → C … 25 → Z, 26 → AA */
function lettersOf(i: number): string {
	let letters = '';
	for (let rest = i + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
		letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
	return letters;
}

function withoutNumber(ranges: [number, number][], n: number): [number, number][] | null {
	const at = ranges.findIndex(([from, to]) => from <= n && n <= to);
	const range = ranges[at];
	if (range === undefined) return null;
	const [from, to] = range;
	const rest: [number, number][] = [];
	if (from < n) rest.push([from, n - 1]);
	if (n < to) rest.push([n + 1, to]);
	return ranges.toSpliced(at, 1, ...rest);
}
