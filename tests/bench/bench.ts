import type { Server } from '../e2e/support/server.ts';
import type { FloorServer } from './floor.ts';
import type { Pictures } from './pictures.ts';
import type { BenchCouncil } from './register.ts';
import type { Measure } from './report.ts';

/** What the measures of one size of register work with. */
export interface Bench {
	/** a folder for the profiles of this size */
	folder: string;
	size: number;
	council: BenchCouncil;
	/** not running */
	server: Server;
	floor: FloorServer;
	/** how many visits are recorded and sent */
	visits: number;
	pictures: Pictures;
	say(what: string): void;
	add(measure: Measure): void;
}
