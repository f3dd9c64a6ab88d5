import { CalendarFeeds } from '../calendar/calendar-feeds.ts';
import { allowedTo, router } from './procedure.ts';

/** An officer's own calendar address; the secret is told once. */
export const calendarRouter = router({
	state: allowedTo('see-cases').query(({ ctx }) => ({
		feed: new CalendarFeeds(ctx.council.register).of(ctx.officer.id)
	})),

	/** makes an earlier address worthless */
	create: allowedTo('see-cases').mutation(({ ctx }) => ({
		token: new CalendarFeeds(ctx.council.register).create(ctx.officer.id, ctx.now())
	})),

	revoke: allowedTo('see-cases').mutation(({ ctx }) => ({
		revoked: new CalendarFeeds(ctx.council.register).revoke(ctx.officer.id, ctx.now())
	}))
});
