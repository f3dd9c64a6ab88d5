import type { TypeRange } from '#lib/domain/workflow/type-range.ts';

/** For which types of application a rule is: the groups that the law makes. */

export const every: TypeRange = {};
const opinions = [
	'environmentalImpact',
	'notifyCompletion',
	'complianceConfirmation',
	'obligation'
];
/** Everything that is an application or a notice under the planning Acts, advice apart. */
export const formal: TypeRange = { except: ['preApp', ...opinions] };
/** Applications for planning permission (DMPO 2015 articles 5 to 7). */
export const permission: TypeRange = {
	families: ['planning-permission'],
	to: ['onshoreExtractionOilAndGas.pp'],
	except: ['pp.pip']
};
/** With an ownership certificate: article 14, and for listed buildings the 1990 Regulations. */
export const certified: TypeRange = {
	families: ['planning-permission'],
	to: ['listed', 'amendment.minorMaterial', 'onshoreExtractionOilAndGas.pp'],
	except: ['pp.pip']
};
export const agricultural: TypeRange = { ...certified, except: ['pp.pip', 'listed'] };
export const householder: TypeRange = { to: ['pp.full.householder'] };
export const listedConsent: TypeRange = {
	to: ['listed', 'pp.full.householder.listed', 'pp.full.minor.listed']
};
export const lawful: TypeRange = { to: ['ldc'] };
export const priorApproval: TypeRange = { families: ['prior-approval'] };
export const treeWorks: TypeRange = { to: ['wtt'] };
export const adverts: TypeRange = { to: ['advertConsent', 'pp.full.advertConsent'] };
/** With a red line of the site. */
export const bounded: TypeRange = { except: [...opinions, 'amendment.nonMaterial'] };
/** With a plan that identifies the land. */
export const planned: TypeRange = {
	...formal,
	except: ['preApp', ...opinions, 'amendment', 'approval.conditions']
};
/** With a block plan: the types of the national requirement `site-plan`. */
export const blockPlanned: TypeRange = {
	families: ['planning-permission'],
	to: [
		'approval.reservedMatters',
		'listed',
		'ldc.existing',
		'ldc.listedBuildingWorks',
		'pa.part1.classAA'
	],
	except: ['pp.pip']
};
/** With drawings of what is built. */
export const drawn: TypeRange = {
	families: ['planning-permission'],
	to: ['listed', 'approval.reservedMatters'],
	except: ['pp.pip', 'pp.outline', 'pp.mineralExtraction']
};
export const paid: TypeRange = {
	...formal,
	except: ['preApp', ...opinions, 'listed', 'wtt', 'hedgerowRemovalNotice', 'pp.full.demolition']
};
