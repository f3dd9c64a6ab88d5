import type { RegisterConnection } from './open-register.ts';

/**
 * Statements of functions that are given the register: prepared at the first call on a connection,
 * and used again on every later one. Preparing takes longer than running.
 */
export function preparedOnce<T>(
	prepare: (connection: RegisterConnection) => T
): (connection: RegisterConnection) => T {
	const made = new WeakMap<RegisterConnection, T>();
	return (connection) => {
		const known = made.get(connection);
		if (known !== undefined) return known;
		const fresh = prepare(connection);
		made.set(connection, fresh);
		return fresh;
	};
}
