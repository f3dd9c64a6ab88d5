import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What goes wrong on one connection. `up` is from the tablet to the register, `down` is back. */
export type Fault =
	| { kind: 'none' }
	/** exactly so many bytes pass in that direction, then both ends are told that the other is gone */
	| { kind: 'cut'; direction: Direction; bytes: number }
	/** so many bytes pass, then nothing more does, and nobody is told */
	| { kind: 'half-open'; direction: Direction; bytes: number }
	/** milliseconds before anything passes */
	| { kind: 'delay'; milliseconds: number }
	| { kind: 'slow'; bytesPerSecond: number }
	/** everything sent up arrives a second time, over a connection of its own whose answer nobody hears */
	| { kind: 'duplicate' }
	/** a hotel's sign-in page answers instead */
	| { kind: 'portal' };
export type Direction = 'up' | 'down';

const portalPage = '<!doctype html><title>Welcome</title><p>Sign in to use this network.</p>';
const portalAnswer =
	'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n' +
	`content-length: ${portalPage.length}\r\n\r\n${portalPage}`;

/** The bytes that go one way; they stop, or are held up, as the fault says. */
class Way {
	readonly #to: Socket;
	readonly #fault: Fault;
	readonly #direction: Direction;
	readonly #ended: () => void;
	#turn: Promise<void> = Promise.resolve();
	/** bytes that passed */
	passed = 0;

	/** @param ended told when the last byte that may pass has passed */
	constructor(to: Socket, direction: Direction, fault: Fault, ended: () => void) {
		this.#to = to;
		this.#direction = direction;
		this.#fault = fault;
		this.#ended = ended;
	}

	give(bytes: Buffer): void {
		this.#turn = this.#turn.then(() => this.#pass(bytes)).catch(() => undefined);
	}

	end(): void {
		this.#turn = this.#turn.then(() => void this.#to.end()).catch(() => undefined);
	}

	async #pass(bytes: Buffer): Promise<void> {
		const fault = this.#fault;
		if (fault.kind === 'delay' && this.passed === 0) await wait(fault.milliseconds);
		if ((fault.kind === 'cut' || fault.kind === 'half-open') && fault.direction === this.#direction)
			return this.#passUpTo(fault.bytes, bytes);
		if (fault.kind === 'slow')
			await wait(Math.ceil((bytes.byteLength * 1000) / fault.bytesPerSecond));
		await this.#write(bytes);
	}

	async #passUpTo(limit: number, bytes: Buffer): Promise<void> {
		const left = limit - this.passed;
		if (left > 0) await this.#write(bytes.subarray(0, left));
		if (this.passed >= limit) this.#ended();
	}

	async #write(bytes: Buffer): Promise<void> {
		this.passed += bytes.byteLength;
		if (this.#to.destroyed) return;
		// called with the fault, too, when the other end has gone meanwhile
		const taken = new Promise<void>((resolve) => this.#to.write(bytes, () => resolve()));
		await taken;
	}
}

/** Stands between tablets and the register, and does to each connection what it is told to. */
export class FaultProxy {
	readonly #target: number;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	#next: (connection: number) => Fault = () => ({ kind: 'none' });
	/** connections so far */
	connections = 0;
	/** connections that were cut */
	cuts = 0;
	/** bytes that came from tablets, and from the register, on all connections */
	up = 0;
	down = 0;
	/** tells that a line has died */
	#onDead: (() => void)[] = [];

	private constructor(target: number) {
		this.#target = target;
		this.#server = createServer((socket) => this.#meet(socket));
	}

	/** @param target port of the real server on this machine */
	static async before(target: number): Promise<FaultProxy> {
		const proxy = new FaultProxy(target);
		proxy.#server.listen(0, '127.0.0.1');
		await once(proxy.#server, 'listening');
		return proxy;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	/** Decides for each connection from here on. */
	does(next: Fault | ((connection: number) => Fault)): void {
		this.#next = typeof next === 'function' ? next : () => next;
	}

	/** Resolves when the next line that is to die has let its last byte pass. */
	stuck(): Promise<void> {
		return new Promise((resolve) => this.#onDead.push(resolve));
	}

	/** Ends every connection there is, as when the network changes. */
	dropAll(): void {
		for (const socket of this.#sockets) socket.resetAndDestroy();
	}

	async close(): Promise<void> {
		const closed = once(this.#server, 'close');
		this.#server.close();
		this.dropAll();
		await closed;
	}

	#meet(tablet: Socket): void {
		const fault = this.#next(this.connections++);
		this.#watch(tablet);
		if (fault.kind === 'portal') {
			tablet.once('data', () => tablet.end(portalAnswer));
			return;
		}
		const register = this.#watch(connect(this.#target, '127.0.0.1'));
		let over = false;
		const ended = () => {
			if (over) return;
			over = true;
			if (fault.kind === 'half-open') {
				for (const told of this.#onDead.splice(0)) told();
				return;
			}
			this.cuts += 1;
			tablet.resetAndDestroy();
			// what was passed on arrives there; only then is the other end gone
			register.destroySoon();
		};
		const up = new Way(register, 'up', fault, ended);
		const down = new Way(tablet, 'down', fault, ended);
		const twice = fault.kind === 'duplicate' ? this.#second() : null;
		tablet.on('data', (bytes: Buffer) => {
			this.up += bytes.byteLength;
			up.give(bytes);
			twice?.write(bytes);
		});
		register.on('data', (bytes: Buffer) => {
			this.down += bytes.byteLength;
			down.give(bytes);
		});
		tablet.on('end', () => {
			up.end();
			twice?.end();
		});
		register.on('end', () => down.end());
		tablet.on('close', () => register.destroySoon());
		register.on('close', () => {
			if (fault.kind !== 'half-open') tablet.destroySoon();
		});
	}

	#second(): Socket {
		const second = this.#watch(connect(this.#target, '127.0.0.1'));
		second.resume();
		return second;
	}

	#watch(socket: Socket): Socket {
		this.#sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => this.#sockets.delete(socket));
		return socket;
	}
}
