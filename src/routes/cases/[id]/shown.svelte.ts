import { getContext, setContext } from 'svelte';
import type { ShownCase } from '#lib/local/shown-case.ts';
import type { PlanningCase } from '#lib/domain/planning-case.ts';

/** The case that the screens below `/cases/[id]` are about; always the present state, never a copy. */
export interface CaseOnScreen {
	readonly shown: ShownCase;
	readonly case: PlanningCase;
}

const key = Symbol('case on screen');

export const setCase = (onScreen: CaseOnScreen) => setContext(key, onScreen);
export const getCase = (): CaseOnScreen => getContext(key);
