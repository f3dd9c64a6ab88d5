import type { Logger } from 'pino';
import type { Officer } from '#lib/domain/officer.ts';
import type { OpenSession } from '#lib/server/identity/sessions.ts';
import type { Council } from '#lib/server/installation.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** names the request in the server's log */
			id?: string;
		}
		interface Locals {
			requestId: string;
			/** writes this request's id with every line; give it no personal data */
			log: Logger;
			/** the council the host name belongs to; /health and /metrics, which ask for none, must not read it */
			council: Council;
			/** null: nobody is signed in; always null on bearer routes */
			officer: Officer | null;
			session: OpenSession | null;
		}
	}
}
