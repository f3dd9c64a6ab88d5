import type { FactName } from './case-facts.ts';
import type { Stage } from './stages.ts';
import type { TaskSubject } from './task-subject.ts';
import type { TypeRange } from './type-range.ts';

/** Facts that have a task of their own; what the fee is reckoned from is recorded with the fee. */
export type TaskFact = Exclude<FactName, 'feeBasis'>;

/**
 * How it is known that a task is done: by a fact that is recorded, by what a person found, by the
 * visits, or by where the case stands.
 */
export type DoneBy =
	| { by: 'fact'; fact: TaskFact }
	| { by: 'finding'; subject?: TaskSubject }
	/** as the rules come out, with what people said of them */
	| { by: 'checks' }
	| { by: 'visits' }
	| { by: 'validity' }
	| { by: 'recommendation' }
	| { by: 'sign-off' }
	| { by: 'decision' };

export interface Task {
	/** names the task in addresses and records: never changed once used */
	slug: string;
	stage: Stage;
	words: string;
	/** what is looked at, in a sentence */
	hint: string;
	types: TypeRange;
	done: DoneBy;
	/** a page of the case where the work itself is done, beside the task's own */
	page?: 'documents' | 'map' | 'visits';
	/** only while the case stands so */
	when?: 'invalid';
	/** may be left undone */
	optional?: true;
}

const all: TypeRange = {};
const finding = (subject?: TaskSubject): DoneBy =>
	subject === undefined ? { by: 'finding' } : { by: 'finding', subject };
const fact = (name: TaskFact): DoneBy => ({ by: 'fact', fact: name });

/** Applications that come with an ownership certificate (DMPO 2015 articles 13 and 14; the 1990 Regulations for listed buildings). */
const certified: TypeRange = {
	families: ['planning-permission'],
	to: ['listed', 'amendment.minorMaterial', 'onshoreExtractionOilAndGas'],
	except: ['pp.pip', 'onshoreExtractionOilAndGas.review']
};
const development: TypeRange = {
	families: [
		'planning-permission',
		'prior-approval',
		'lawful-development',
		'consent',
		'after-permission',
		'oil-and-gas'
	]
};
const notAdvice: TypeRange = { except: ['preApp'] };
const opinions = ['environmentalImpact.screening', 'environmentalImpact.scoping'];
/** Certificates say what is lawful: nobody is consulted, and conditions are for what is permitted. */
const judged: TypeRange = {
	except: ['ldc', 'notifyCompletion', 'complianceConfirmation', ...opinions]
};
const conditional: TypeRange = {
	families: ['planning-permission', 'prior-approval', 'consent', 'after-permission', 'oil-and-gas'],
	except: ['notifyCompletion', 'complianceConfirmation', 'wtt.notice', 'amendment.nonMaterial']
};

/**
 * Every task of every type, in the order of the screens. A new task is a line here; a type that
 * needs it is a code in its range. What is written of a task is kept under its slug.
 */
// prettier-ignore
export const tasks: readonly Task[] = [
	// check and validate
	{ slug: 'documents', stage: 'validate', words: 'Review the documents', hint: 'Each opens, is what its tag says, and can be read.', types: all, done: finding('documents'), page: 'documents' },
	{ slug: 'checks', stage: 'validate', words: 'Check against the requirements', hint: 'What the application must have, rule by rule, with the basis of each.', types: all, done: { by: 'checks' } },
	{ slug: 'redaction', stage: 'validate', words: 'Redact documents', hint: 'Signatures, telephone numbers and e-mail addresses are taken out before anything is published.', types: notAdvice, done: finding('documents'), page: 'documents', optional: true },
	{ slug: 'boundary', stage: 'validate', words: 'Check the red line', hint: 'It is round all the land needed, closed, and reaches the highway.', types: all, done: finding('boundary'), page: 'map' },
	{ slug: 'constraints', stage: 'validate', words: 'Check the constraints', hint: 'The designations that the site meets are complete and right.', types: all, done: finding('constraints'), page: 'map' },
	{ slug: 'description', stage: 'validate', words: 'Check the description', hint: 'It says what is proposed, clearly, and matches the plans.', types: all, done: finding('description') },
	{ slug: 'services', stage: 'validate', words: 'Check the services asked for', hint: 'Written advice, a meeting, a visit to the site.', types: { to: ['preApp'] }, done: finding() },
	{ slug: 'fee', stage: 'validate', words: 'Check the fee', hint: 'What is due, what was paid, and what is claimed as an exemption.', types: all, done: finding() },
	{ slug: 'legislation', stage: 'validate', words: 'Check the legislation', hint: 'The class or section under which it is made is the right one.', types: { families: ['prior-approval', 'lawful-development'] }, done: finding('type') },
	{ slug: 'tree-works', stage: 'validate', words: 'Check the trees and the works', hint: 'Each tree is numbered on a plan, with its species and what is to be done to it.', types: { to: ['wtt', 'hedgerowRemovalNotice'] }, done: finding('documents'), page: 'documents' },
	{ slug: 'development-type', stage: 'validate', words: 'Record the development type', hint: 'What it counts as in the statutory returns PS1 and PS2.', types: notAdvice, done: fact('developmentType') },
	{ slug: 'council-interest', stage: 'validate', words: 'Record regulation 3 or 4', hint: 'The council’s own development, or development of its land.', types: { ...certified, to: [...(certified.to ?? []), 'advertConsent'] }, done: fact('councilInterest') },
	{ slug: 'ownership', stage: 'validate', words: 'Check the ownership certificate', hint: 'The certificate, and the notices that it rests on.', types: certified, done: fact('ownership') },
	{ slug: 'agricultural-holdings', stage: 'validate', words: 'Check agricultural holdings', hint: 'Whether agricultural tenants were given notice.', types: { ...certified, except: [...(certified.except ?? []), 'listed'] }, done: fact('agriculture') },
	{ slug: 'eia', stage: 'validate', words: 'Check for environmental impact assessment', hint: 'Schedule 1, Schedule 2, or neither; and what was decided.', types: development, done: fact('eia') },
	{ slug: 'cil', stage: 'validate', words: 'Confirm the community infrastructure levy', hint: 'Whether the development is liable, and what relief is claimed.', types: { ...development, except: ['wtt', 'hedgerowRemovalNotice', 'advertConsent'] }, done: fact('cil') },
	{ slug: 'biodiversity', stage: 'validate', words: 'Check biodiversity net gain', hint: 'An exemption, or the value before development, its metric and its dates.', types: { families: ['planning-permission'], to: ['amendment.minorMaterial', 'onshoreExtractionOilAndGas.pp'], except: ['pp.pip'] }, done: fact('biodiversity') },
	{ slug: 'other-matters', stage: 'validate', words: 'Anything else that is missing', hint: 'What no other task covers, with its basis.', types: all, done: finding(), optional: true },
	{ slug: 'letter', stage: 'validate', words: 'Tell the applicant what is missing', hint: 'One letter with all the reasons. BoPS does not write it yet: record here when and how it went.', types: notAdvice, done: finding('validity'), when: 'invalid' },
	{ slug: 'decision', stage: 'validate', words: 'Decide whether it is valid', hint: 'Valid from which day, or invalid for which reasons.', types: all, done: { by: 'validity' } },
	// consultees, neighbours and publicity
	{ slug: 'consultees', stage: 'consult', words: 'Consult consultees', hint: 'Who must be asked because of the type, the site and its constraints.', types: judged, done: finding('constraints') },
	{ slug: 'neighbours', stage: 'consult', words: 'Notify neighbours', hint: 'Who adjoins the site, and when they were told.', types: { ...judged, except: [...(judged.except ?? []), 'preApp', 'advertConsent', 'approval.conditions', 'amendment.nonMaterial', 'obligation'] }, done: finding() },
	{ slug: 'site-notice', stage: 'consult', words: 'Put up the site notice', hint: 'Where and when it was displayed, with a photograph from a visit.', types: { ...judged, except: [...(judged.except ?? []), 'preApp', 'approval.conditions', 'amendment.nonMaterial', 'obligation'] }, done: finding(), page: 'visits' },
	{ slug: 'press-notice', stage: 'consult', words: 'Publish the press notice', hint: 'Major development, listed buildings, conservation areas, departures.', types: { families: ['planning-permission', 'oil-and-gas'], to: ['listed', 'amendment.minorMaterial', 'environmentalImpact'], except: opinions }, done: finding(), optional: true },
	{ slug: 'owners-of-trees', stage: 'consult', words: 'Tell the owners of the trees', hint: 'Where somebody else than the applicant owns them.', types: { to: ['wtt'] }, done: finding() },
	// check and assess
	{ slug: 'site-visit', stage: 'assess', words: 'Visit the site', hint: 'Photographs, measurements and what was seen.', types: { except: ['notifyCompletion', ...opinions] }, done: { by: 'visits' }, page: 'visits' },
	{ slug: 'meeting', stage: 'assess', words: 'Meet the applicant', hint: 'When, with whom, and what was said.', types: { to: ['preApp'] }, done: finding(), optional: true },
	{ slug: 'details', stage: 'assess', words: 'Check that the details agree', hint: 'Description, documents, measurements and map say the same.', types: all, done: finding('documents') },
	{ slug: 'site-history', stage: 'assess', words: 'Check the site history', hint: 'Earlier applications and what became of them.', types: all, done: finding() },
	{ slug: 'permitted-development', stage: 'assess', words: 'Check permitted development rights', hint: 'Whether they have been removed by a condition or a direction.', types: { families: ['prior-approval', 'lawful-development'], to: ['pp.full.householder'] }, done: finding() },
	{ slug: 'is-development', stage: 'assess', words: 'Decide whether it is development', hint: 'Section 55 of the Town and Country Planning Act 1990.', types: { to: ['ldc'], except: ['ldc.listedBuildingWorks'] }, done: finding() },
	{ slug: 'immunity', stage: 'assess', words: 'Assess the evidence of immunity', hint: 'Four or ten years without a gap, evidence by evidence.', types: { to: ['ldc.existing', 'ldc.breachOfCondition'] }, done: finding('documents') },
	{ slug: 'classes', stage: 'assess', words: 'Assess against the permitted development classes', hint: 'Each paragraph of the class: complies or not.', types: { families: ['prior-approval', 'lawful-development'] }, done: finding('type') },
	{ slug: 'prior-matters', stage: 'assess', words: 'Assess the matters for prior approval', hint: 'Only those that the class names.', types: { families: ['prior-approval'] }, done: finding() },
	{ slug: 'considerations', stage: 'assess', words: 'Assess against policies', hint: 'Each consideration with its policy and its conclusion.', types: { families: ['planning-permission', 'consent', 'after-permission', 'oil-and-gas', 'advice', 'environmental-impact'], except: ['notifyCompletion', 'complianceConfirmation'] }, done: finding() },
	{ slug: 'heritage', stage: 'assess', words: 'Assess the effect on the listed building', hint: 'Its special interest, the harm, and what weighs against it.', types: { to: ['listed', 'pp.full.householder.listed', 'pp.full.minor.listed', 'ldc.listedBuildingWorks'] }, done: finding() },
	{ slug: 'statement', stage: 'assess', words: 'Examine the environmental statement', hint: 'Whether it is complete, and what it shows.', types: { to: ['environmentalImpact'], except: opinions }, done: finding('documents'), page: 'documents' },
	{ slug: 'opinion', stage: 'assess', words: 'Write the opinion', hint: 'The screening or scoping opinion, with its reasons.', types: { to: opinions }, done: finding() },
	{ slug: 'representations', stage: 'assess', words: 'Sum up what was said', hint: 'What consultees and neighbours wrote, and the answer to it.', types: judged, done: finding() },
	{ slug: 'conditions', stage: 'assess', words: 'Add conditions', hint: 'Each necessary, and agreed where it must be met before work begins.', types: conditional, done: finding(), optional: true },
	{ slug: 'heads-of-terms', stage: 'assess', words: 'Agree heads of terms', hint: 'For an obligation under section 106.', types: { families: ['planning-permission', 'oil-and-gas'], to: ['obligation', 'preApp'], except: ['pp.full.householder'] }, done: finding(), optional: true },
	{ slug: 'informatives', stage: 'assess', words: 'Add informatives', hint: 'Notes to the applicant that bind nobody.', types: notAdvice, done: finding(), optional: true },
	{ slug: 'recommendation', stage: 'assess', words: 'Recommend a decision', hint: 'Under “Move the case on” on this page.', types: all, done: { by: 'recommendation' } },
	// review and decision
	{ slug: 'sign-off', stage: 'review', words: 'Sign off the recommendation', hint: 'By somebody else than whoever made it.', types: all, done: { by: 'sign-off' } },
	{ slug: 'determination', stage: 'decide', words: 'Determine', hint: 'Under “Move the case on” on this page; it needs the register.', types: notAdvice, done: { by: 'decision' } }
];

const bySlug = new Map(tasks.map((task) => [task.slug, task]));

/** A task by its slug; undefined for one that this version does not know. */
export const taskOf = (slug: string): Task | undefined => bySlug.get(slug);
