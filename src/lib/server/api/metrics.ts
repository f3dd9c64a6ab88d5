import type { Running } from '#lib/server/process.ts';

interface Metric {
	name: string;
	help: string;
	type: 'gauge' | 'counter';
	/** value by labels; no labels is '' */
	values: [labels: string, value: number][];
}

/** The state of the server in Prometheus' text format (version 0.0.4). No personal data. */
export function metrics({ installation, streams, startedAt }: Running): string {
	const memory = process.memoryUsage();
	const cpu = process.cpuUsage();
	const councils = installation.councils();
	const byCouncil = (value: (council: (typeof councils)[number]) => number): Metric['values'] =>
		councils.map((council) => [`{council="${council.code}"}`, value(council)]);
	return written([
		{
			name: 'process_start_time_seconds',
			help: 'When the server started, seconds since 1970.',
			type: 'gauge',
			values: [['', startedAt.getTime() / 1000]]
		},
		{
			name: 'process_resident_memory_bytes',
			help: 'Memory the server holds.',
			type: 'gauge',
			values: [['', memory.rss]]
		},
		{
			name: 'nodejs_heap_size_used_bytes',
			help: 'Heap in use.',
			type: 'gauge',
			values: [['', memory.heapUsed]]
		},
		{
			name: 'process_cpu_seconds_total',
			help: 'Processor time used.',
			type: 'counter',
			values: [['', (cpu.user + cpu.system) / 1_000_000]]
		},
		{
			name: 'bops_sequence_head',
			help: 'Last sequence number the register has given.',
			type: 'gauge',
			values: byCouncil((council) => council.register.head())
		},
		{
			name: 'bops_archived_sequence',
			help: 'Last sequence number that a verified backup holds.',
			type: 'gauge',
			values: byCouncil((council) => council.register.archivedSeq())
		},
		{
			name: 'bops_verified_backup_timestamp_seconds',
			help: 'When the newest verified backup was taken, seconds since 1970; 0: there is none.',
			type: 'gauge',
			values: byCouncil(({ register }) => {
				const { lastAt } = register.backupState();
				return lastAt === null ? 0 : Date.parse(lastAt) / 1000;
			})
		},
		{
			name: 'bops_high_cursor_alarms_total',
			help: 'How often a device claimed a number that the register has never given.',
			type: 'counter',
			values: byCouncil(({ register }) => register.alarms().total)
		},
		{
			name: 'bops_event_streams',
			help: 'Open event streams of officers’ devices.',
			type: 'gauge',
			values: byCouncil((council) => streams.count(council.code))
		}
	]);
}

const written = (all: Metric[]): string =>
	all
		.map(
			({ name, help, type, values }) =>
				`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n` +
				values.map(([labels, value]) => `${name}${labels} ${value}\n`).join('')
		)
		.join('');
