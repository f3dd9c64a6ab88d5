import { z } from 'zod';
import { id, writers } from './primitives.ts';

export const personRole = z.enum(['applicant', 'agent', 'owner', 'site-contact']);
export type PersonRole = z.infer<typeof personRole>;

/** A postal address as given; an address "same as site" is resolved by the mapper and says so. */
export const postalAddress = z.strictObject({
	lines: z.array(z.string()),
	town: z.string().nullable(),
	county: z.string().nullable(),
	postcode: z.string().nullable(),
	country: z.string().nullable(),
	sameAsSite: z.boolean()
});
export type PostalAddress = z.infer<typeof postalAddress>;

/** Somebody named on the application. Every contact detail may be missing: paper has no e-mail. */
export const person = z.strictObject({
	id,
	caseId: id,
	role: personRole,
	name: z.string(),
	organisation: z.string().nullable(),
	email: z.string().nullable(),
	phone: z.string().nullable(),
	address: postalAddress.nullable(),
	/** anything else the submission said of them (interest, notice date and reason, contact's role) */
	detail: z.record(z.string(), z.string()),
	writers
});
export type Person = z.infer<typeof person>;
