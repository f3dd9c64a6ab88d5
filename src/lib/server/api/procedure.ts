import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { Officer } from '#lib/domain/officer.ts';
import { permissions, type Permission } from '#lib/domain/permissions.ts';
import { isRefusal, refusalSentence, refusalWords, type Refusal } from '#lib/domain/refusal.ts';
import type { Council } from '#lib/server/installation.ts';

/** What a procedure may look at besides its input. */
export interface ApiContext {
	council: Council;
	/** null when nobody is signed in */
	officer: Officer | null;
	/** when the session that asks began; null when nobody is signed in */
	signedInAt?: Date | null | undefined;
	/** names this request in the server's log */
	requestId: string;
	now: () => Date;
}

/** Who may call a procedure: anybody signed in, or the holders of one permission. */
export type Allowed = Permission | 'signed-in';

const t = initTRPC
	.context<ApiContext>()
	.meta<{ allowed: Allowed }>()
	.create({
		errorFormatter: ({ shape, error, path, ctx }) => ({
			...shape,
			message: sentence(error, ctx?.requestId),
			// no stack: where a fault is in our program is for the log, by its id
			data: {
				code: shape.data.code,
				httpStatus: shape.data.httpStatus,
				path,
				requestId: ctx?.requestId
			}
		})
	});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/**
 * The only way to define a procedure: it must say who may call it. Case by case rules
 * (own cases, two different people) are the commands' own and come on top.
 */
export function allowedTo(allowed: Allowed) {
	return t.procedure.meta({ allowed }).use(({ ctx, next }) => {
		const { officer } = ctx;
		if (officer?.active !== true)
			throw new TRPCError({ code: 'UNAUTHORIZED', message: signInFirst });
		if (allowed !== 'signed-in' && !officer.roles.some((role) => holds(allowed, role)))
			throw new TRPCError({ code: 'FORBIDDEN', message: refusalWords['not-permitted'] });
		return next({ ctx: { ...ctx, officer } });
	});
}

const holds = (permission: Permission, role: Officer['roles'][number]): boolean =>
	(permissions[permission].roles as readonly string[]).includes(role);

const signInFirst = 'You are not signed in, or your session has ended. Sign in and try again.';

/** An act's result, or its "no" as an answer the caller can show. */
export function done<T extends object>(result: T | Refusal | { notDone: string }): T {
	if ('notDone' in result) throw new TRPCError({ code: 'CONFLICT', message: result.notDone });
	if (isRefusal(result))
		throw new TRPCError({
			code: result.refused === 'not-permitted' ? 'FORBIDDEN' : 'CONFLICT',
			message: refusalSentence(result)
		});
	return result;
}

/** What the caller reads. What they sent wrongly is named; what we did wrongly is not. */
function sentence(error: TRPCError, requestId: string | undefined): string {
	if (error.cause instanceof ZodError) {
		const issue = error.cause.issues[0];
		return issue === undefined
			? 'What was sent could not be read.'
			: `What was sent could not be read: ${issue.path.join('.') || 'the whole'}: ${issue.message}.`;
	}
	if (error.code === 'INTERNAL_SERVER_ERROR')
		return (
			'The register failed while doing this. Nothing was changed by it, and what is on this ' +
			`tablet is kept. Try again; if it fails again, give your administrator this number: ${requestId ?? 'unknown'}.`
		);
	return error.message;
}
