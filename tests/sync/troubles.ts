import type { Officer } from '#lib/domain/officer.ts';
import { DeviceProblem } from '#lib/local/healing.ts';
import { shownCase } from '#lib/local/shown-case.ts';
import { confirmWaitingBytes, receiptOf } from '#lib/server/blobs/received.ts';

import type { FaultKind } from './fault-kinds.ts';
import { Broken } from './oracle.ts';
import type { Simulation } from './simulation.ts';
import type { Tab, Tablet } from './tablet.ts';
import { jo, ria, sam } from './town.ts';

interface Kind {
	/** how often, beside the other things that happen */
	weight: number;
	/** null: counted where it strikes, or no trouble at all */
	kind: FaultKind | null;
	/** @returns whether it happened */
	act(run: Simulation, tablet: Tablet, tab: Tab): boolean | Promise<boolean>;
}

const hour = 3_600_000;
const day = 24 * hour;
const year = 365 * day;
/** British summer time began in this night, UTC */
const summerTime = Date.parse('2026-03-29T00:55:00.000Z');

const carryOn = (run: Simulation, tablet: Tablet, tab: Tab) => run.tolerate(run.carry(tablet, tab));

const others: Officer['roles'][] = [[], ['technician']];

/** Everything that happens to tablets, register and people between acts and carrying. */
export const troubles = {
	assign: {
		weight: 4,
		kind: 'case reassigned',
		act({ chance, council, cases }) {
			const to = chance.of([jo.id, sam.id, sam.id, jo.id, null]) ?? null;
			council.assign(1 + chance.below(cases), to, ria.id);
			return true;
		}
	},
	desk: {
		weight: 4,
		kind: null,
		// the desk changes something on a good line, while the tablets are out
		async act(run) {
			const desk = run.tablets.at(-1) as Tablet;
			await run.do('edit', desk, desk.tab);
			await carryOn(run, desk, desk.tab);
			return true;
		}
	},
	decide: {
		weight: 3,
		kind: 'team leader decides',
		act({ chance, council: { register } }) {
			const waiting = register.quarantined('waiting').sort((a, b) => a.seq - b.seq);
			const one = chance.of(waiting);
			if (one === undefined) return false;
			if (chance.happens(0.7)) {
				register.acceptQuarantined(one.id, ria);
				confirmWaitingBytes(register);
			} else register.declineQuarantined(one.id, ria, 'Not needed');
			return true;
		}
	},
	restart: {
		weight: 2,
		kind: 'browser restarted',
		async act(_run, tablet) {
			await tablet.restart();
			return true;
		}
	},
	crash: {
		weight: 2,
		kind: 'browser died while saving',
		// nothing was promised; what is there is whole
		async act(run, tablet, tab) {
			const before = new Set(await tab.device.db.outbox.toCollection().primaryKeys());
			const { moods } = tablet.storage;
			if (moods !== null) moods.dies = { after: run.chance.below(14), tab: null };
			const saving = run.work.something('photo', tablet, tab.device).catch(() => null);
			if (moods === null)
				for (let turns = run.chance.below(12); turns > 0; turns--)
					await new Promise((resolve) => setImmediate(resolve));
			else await saving;
			const died = moods === null || moods.dies === null;
			tablet.die();
			const fact = await saving;
			await tablet.openTab();
			if (fact !== null) run.keep(fact);
			const rows = await tablet.device.db.outbox.toArray();
			const captures = await tablet.device.db.captures.toArray();
			for (const row of rows)
				if (!before.has(row.id) && captures.filter((one) => one.commandId === row.id).length !== 2)
					throw new Broken('S2 words were saved without their bytes');
			return died;
		}
	},
	secondTab: {
		weight: 3,
		kind: 'second tab',
		async act(_run, tablet) {
			if (tablet.tabs.length > 1) return false;
			await tablet.openTab();
			return true;
		}
	},
	bothTabs: {
		weight: 3,
		kind: 'both tabs carry',
		async act(run, tablet) {
			await Promise.all(tablet.tabs.map((one) => carryOn(run, tablet, one)));
			return tablet.tabs.length > 1;
		}
	},
	tabKilled: {
		weight: 2,
		kind: 'carrying tab killed',
		async act(run, tablet) {
			const { moods } = tablet.storage;
			if (moods === null) return false;
			if (tablet.tabs.length < 2) await tablet.openTab();
			const [first, ...rest] = tablet.tabs as [Tab, Tab];
			moods.dies = { after: run.chance.below(120), tab: first.device.db };
			await carryOn(run, tablet, first);
			const killed = moods.dies === null;
			moods.dies = null;
			first.device.close();
			tablet.tabs = rest;
			await carryOn(run, tablet, tablet.tab);
			return killed;
		}
	},
	session: {
		weight: 2,
		kind: null,
		act(_run, { wire }) {
			wire.signedIn = !wire.signedIn;
			return true;
		}
	},
	clockByMinutes: {
		weight: 1,
		kind: 'clock off by minutes',
		act({ chance }, tablet) {
			tablet.skew = (chance.below(21) - 10) * 60_000;
			return tablet.skew !== 0;
		}
	},
	clockByYear: {
		weight: 0.6,
		kind: 'clock off by a year',
		act({ chance }, tablet) {
			tablet.skew = chance.happens(0.5) ? year : -year;
			return true;
		}
	},
	clockBack: {
		weight: 1,
		kind: 'clock set back on site',
		async act(run, tablet, tab) {
			await run.do('note', tablet, tab);
			tablet.skew -= (1 + run.chance.below(48)) * hour;
			await run.do('note', tablet, tab);
			return true;
		}
	},
	summerTime: {
		weight: 0.5,
		kind: 'clocks change at night',
		async act(run, tablet, tab) {
			if (run.council.now > summerTime) return false;
			run.council.now = summerTime;
			await run.do('note', tablet, tab);
			run.council.now += 10 * 60_000;
			await run.do('note', tablet, tab);
			return true;
		}
	},
	backup: {
		weight: 1.2,
		kind: 'backup made',
		act({ chance, council }) {
			council.backup(chance.happens(0.6));
			return true;
		}
	},
	tellArchived: {
		weight: 1,
		kind: 'backup told late',
		act: ({ council }) => council.tellArchived()
	},
	late: {
		weight: 4,
		kind: null,
		act({ chance, council }) {
			const [one] = council.late.splice(chance.below(council.late.length), 1);
			if (one === undefined) return false;
			council.register.push(one.officer, one.sent);
			return true;
		}
	},
	registerFull: {
		weight: 1,
		kind: null,
		async act(run, tablet, tab) {
			run.council.full(true);
			try {
				await carryOn(run, tablet, tab);
			} finally {
				run.council.full(false);
			}
			return true;
		}
	},
	registerRestart: {
		weight: 1,
		kind: 'register restarted',
		act({ council }) {
			if (!council.restarts) return false;
			council.restart();
			return true;
		}
	},
	newKey: {
		weight: 0.5,
		kind: 'receipt key changed',
		act({ council }) {
			if (!council.restarts) return false;
			council.restart(true);
			return true;
		}
	},
	epochFileLost: {
		weight: 0.3,
		kind: 'epoch file lost',
		act({ council }) {
			if (!council.restarts) return false;
			council.loseEpochFile();
			return true;
		}
	},
	revoke: {
		weight: 1,
		kind: 'officer revoked',
		act({ chance, council: { register } }) {
			const officer = chance.happens(0.5) ? jo : sam;
			const revoked = (register.officers().get(officer.id)?.roles ?? []) !== officer.roles;
			const back = revoked && chance.happens(0.6);
			register.putOfficer(back ? officer : { ...officer, roles: chance.of(others) ?? [] });
			return !back;
		}
	},
	tabletFull: {
		weight: 1,
		kind: 'tablet full',
		async act(run, tablet, tab) {
			const { moods } = tablet.storage;
			if (moods === null) return false;
			const before = await tab.device.db.outbox.count();
			moods.full = true;
			let said: unknown = null;
			try {
				const photo = await run.work.something('photo', tablet, tab.device);
				if (photo !== null) throw new Broken('S2 a photograph was called saved on a full tablet');
			} catch (error) {
				if (!(error instanceof DeviceProblem) || error.kind !== 'full') throw error;
				said = error;
			}
			if ((await tab.device.db.outbox.count()) !== before)
				throw new Broken('S2 words were saved without their bytes');
			const note = await run.do('note', tablet, tab);
			moods.full = false;
			if (said !== null && note === null && (await tab.device.db.held.count()) > 0)
				throw new Broken('S2 a full tablet did not save a note');
			return said !== null;
		}
	},
	storageDropped: {
		weight: 0.15,
		kind: 'storage dropped',
		async act(run, tablet, tab) {
			const { moods } = tablet.storage;
			if (moods === null) return false;
			moods.dropsAfter = run.chance.below(12);
			await run.do('note', tablet, tab);
			await run.do('photo', tablet, tab);
			const dropped = moods.dropsAfter === null;
			moods.dropsAfter = null;
			return dropped;
		}
	},
	evict: {
		weight: 0.8,
		kind: 'storage evicted',
		async act(run, tablet) {
			if (run.options.evicts !== true) return false;
			const { register } = run.council;
			const here = new Set(
				register.connection.sqlite.prepare<[], string>('select id from command_log').pluck().all()
			);
			// what only this tablet had is gone with it; the register keeps the rest
			run.facts = run.facts.filter((fact) => fact.tablet !== tablet.name || here.has(fact.id));
			for (const fact of run.facts) {
				if (fact.tablet !== tablet.name) continue;
				fact.evicted = true;
				fact.bytes = fact.bytes.filter(
					({ of, id, sha256 }) =>
						receiptOf(register, { caseId: fact.caseId, of, id }, sha256) !== null
				);
			}
			await tablet.evicted();
			return true;
		}
	},
	upgrade: {
		weight: 0.6,
		kind: 'old app upgraded',
		async act(run) {
			const old = run.tablets.find(({ outdated }) => outdated);
			if (old === undefined || (await old.device.db.unknown.count()) === 0) return false;
			old.outdated = false;
			await old.restart();
			return true;
		}
	},
	withdrawRace: {
		weight: 1.5,
		kind: 'edit of something withdrawn',
		async act(run, tablet, tab) {
			const desk = run.tablets.at(-1) as Tablet;
			const id = run.chance.of(await tab.device.db.held.toCollection().primaryKeys());
			if (id === undefined || tablet === desk) return false;
			const note = (await shownCase(tab.device, id))?.file
				.all('note')
				.find(({ withdrawn }) => withdrawn === null);
			if (note === undefined) return false;
			const withdrawn = await run.work.do(desk, desk.device, id, {
				name: 'withdraw-capture',
				payload: { kind: 'note', id: note.id, reason: 'Written twice' }
			});
			if (run.keep(withdrawn) === null) return false;
			await carryOn(run, desk, desk.tab);
			const base = note.writers['text'] ?? null;
			const edit = await run.work.do(tablet, tab.device, id, {
				name: 'edit-record',
				payload: { kind: 'note', id: note.id, fields: { text: { base, value: 'Better words' } } },
				seen: note.text
			});
			return run.keep(edit) !== null;
		}
	},
	daysPass: {
		weight: 0.5,
		kind: 'days pass',
		act({ chance, council }) {
			council.now += (1 + chance.below(15)) * day;
			return true;
		}
	}
} satisfies Record<string, Kind>;

export type Trouble = keyof typeof troubles;
