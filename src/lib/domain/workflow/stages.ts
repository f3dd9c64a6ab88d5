/** The stages of a case, in the order in which they are worked through. */
export const stageWords = {
	validate: 'Check and validate',
	consult: 'Consultees, neighbours and publicity',
	assess: 'Check and assess',
	review: 'Review the recommendation',
	decide: 'Publish the decision'
} as const;
export type Stage = keyof typeof stageWords;
export const stages = Object.keys(stageWords) as Stage[];
