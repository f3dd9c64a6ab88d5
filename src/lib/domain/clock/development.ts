import type { CaseFacts } from '../workflow/case-facts.ts';
import { majorTypes } from '../workflow/development-type.ts';

/** What decides how long the council has, as recorded of the development; null: nobody has said. */
export interface Development {
	eia: boolean | null;
	major: boolean | null;
	publicService: boolean | null;
}

/** Read from what is recorded at validation, so that nobody says it a second time for the clocks. */
export function developmentOf(
	facts: Pick<CaseFacts, 'eia' | 'developmentType'> | undefined
): Development {
	const type = facts?.developmentType ?? null;
	const eia = facts?.eia ?? null;
	return {
		eia: eia === null ? null : eia.outcome === 'required',
		major: type === null ? null : majorTypes.includes(type),
		publicService: type === null ? null : type === 'Q07'
	};
}
