import type { Sought } from './documents-held.ts';

/**
 * Where a required document may be found: the tags of submissions that are it, and those of
 * documents which commonly hold it among other things. National references; a council's own
 * reference is sought by its name.
 */
// prettier-ignore
const known: Readonly<Record<string, { tags: string; within?: string; words?: RegExp }>> = {
	'acoustic-report': { tags: 'noiseAssessment', within: 'planningStatement', words: /acoustic|noise/i },
	'affordable-housing-statement': { tags: 'affordableHousingStatement', within: 'planningStatement viabilityAppraisal', words: /affordable/i },
	'air-quality-assessment': { tags: 'emissionsMitigationAndMonitoringScheme', within: 'environmentalImpactAssessment transportAssessment', words: /air.?quality/i },
	'arboriculturist-report': { tags: 'arboriculturistReport treesReport treeSurvey treeConditionReport', within: 'ecologyReport treePlan', words: /tree|arboric/i },
	'archaeological-assessment': { tags: '', within: 'heritageStatement', words: /archaeolog/i },
	'biodiversity-survey-report': { tags: 'ecologyReport biodiversityNetGainInformation', within: 'environmentalImpactAssessment', words: /biodivers|ecolog|species|bat.?survey/i },
	'bng-metric': { tags: 'biodiversityNetGainInformation', within: 'ecologyReport', words: /metric|bng|net.?gain/i },
	'cil-form': { tags: '', words: /\bcil\b|infrastructure.?levy/i },
	'condition-of-trees': { tags: 'treeConditionReport arboriculturistReport treesReport', words: /tree/i },
	'construction-management-plan': { tags: 'methodStatement', within: 'transportAssessment', words: /construction|cemp/i },
	'daylight-sunlight-assessment': { tags: 'sunlightAndDaylightReport', within: 'designAndAccessStatement', words: /daylight|sunlight/i },
	'design-and-access-statement': { tags: 'designAndAccessStatement', within: 'planningStatement heritageStatement', words: /design.{0,5}access|\bdas\b/i },
	'ecology-assessment': { tags: 'ecologyReport', within: 'environmentalImpactAssessment biodiversityNetGainInformation', words: /ecolog|species|bat.?survey/i },
	'energy-statement': { tags: 'energyStatement', within: 'sustainabilityStatement', words: /energy/i },
	'environmental-statement': { tags: 'environmentalImpactAssessment', words: /environmental.?(statement|impact)/i },
	'fire-statement': { tags: 'fireSafetyReport', within: 'designAndAccessStatement', words: /fire/i },
	'flood-risk-assessment': { tags: 'floodRiskAssessment', within: 'hydrologicalAssessment hydrologyReport waterEnvironmentAssessment', words: /flood|drainage|\bfra\b/i },
	'habitat-baseline': { tags: 'biodiversityNetGainInformation', within: 'ecologyReport', words: /habitat|baseline/i },
	'heritage-impact-assessment': { tags: 'heritageStatement', within: 'designAndAccessStatement planningStatement', words: /heritage/i },
	'heritage-statement': { tags: 'heritageStatement', within: 'designAndAccessStatement planningStatement', words: /heritage/i },
	'land-contamination-assessment': { tags: 'landContaminationAssessment contaminationReport boreholeOrTrialPitAnalysis', words: /contaminat|ground.?investigation/i },
	'landscaping-plan': { tags: 'landscapeStrategy', within: 'sitePlan.proposed designAndAccessStatement', words: /landscap|planting/i },
	'lighting-assessment': { tags: 'lightingAssessment', words: /light/i },
	'noise-assessment': { tags: 'noiseAssessment', within: 'environmentalImpactAssessment', words: /noise|acoustic/i },
	photos: { tags: 'photographs.existing photographs.proposed', within: 'heritageStatement designAndAccessStatement', words: /photo/i },
	'planning-statement': { tags: 'planningStatement', within: 'designAndAccessStatement', words: /planning.?statement/i },
	'proposed-habitat-plan': { tags: 'biodiversityNetGainInformation', within: 'ecologyReport landscapeStrategy', words: /habitat/i },
	'schedule-of-works': { tags: '', within: 'heritageStatement methodStatement designAndAccessStatement', words: /schedule.?of.?works/i },
	sci: { tags: 'statementOfCommunityInvolvement', within: 'planningStatement', words: /community|consultation/i },
	'sustainable-drainage-strategy': { tags: 'foulDrainageAssessment', within: 'floodRiskAssessment hydrologicalAssessment hydrologyReport', words: /drainage|suds/i },
	'structural-damage': { tags: 'conditionSurvey', words: /structur/i },
	'subsidence-report': { tags: 'subsidenceReport', words: /subsid/i },
	'sustainability-statement': { tags: 'sustainabilityStatement', within: 'energyStatement designAndAccessStatement', words: /sustainab/i },
	'transport-assessment': { tags: 'transportAssessment', within: 'planningStatement travelPlan', words: /transport|traffic/i },
	'travel-plan': { tags: 'travelPlan', within: 'transportAssessment', words: /travel/i },
	'viability-appraisal': { tags: 'viabilityAppraisal', within: 'affordableHousingStatement', words: /viabil/i },
	'waste-management-plan': { tags: 'wasteAndRecyclingStrategy wasteStorageDetails recycleWasteStorageDetails', within: 'designAndAccessStatement', words: /waste|refuse|recycl/i },
	'location-plan': { tags: 'locationPlan', within: 'sitePlan.existing sitePlan.proposed', words: /location/i },
	'site-plan': { tags: 'sitePlan.proposed sitePlan.existing', words: /site.?(lay.?out|plan)|block.?plan/i },
	'elevation-existing': { tags: 'elevations.existing', words: /elevation/i },
	'elevation-proposed': { tags: 'elevations.proposed', words: /elevation/i },
	'floor-plan-existing': { tags: 'floorPlan.existing', within: 'unitPlan.existing usePlan.existing', words: /floor/i },
	'floor-plan-proposed': { tags: 'floorPlan.proposed', within: 'unitPlan.proposed usePlan.proposed', words: /floor/i },
	'roof-plan-existing': { tags: 'roofPlan.existing', words: /roof/i },
	'roof-plan-proposed': { tags: 'roofPlan.proposed', words: /roof/i },
	'section-existing': { tags: 'sections.existing internalSections', words: /section/i },
	'section-proposed': { tags: 'sections.proposed internalSections', words: /section/i },
	'sketch-plan': { tags: 'sketchPlan treePlan treeAndHedgeLocation', within: 'sitePlan.existing sitePlan.proposed locationPlan', words: /sketch|tree.?plan/i }
};

const list = (tags = ''): string[] => tags.split(' ').filter((tag) => tag !== '');

export function soughtFor(reference: string, name: string): Sought {
	const one = known[reference];
	if (one === undefined) return { tags: [], words: new RegExp(asWords(name), 'i') };
	const { tags, within, words } = one;
	return { tags: list(tags), within: list(within), words: words ?? new RegExp(asWords(name), 'i') };
}

/** A name as a pattern that also meets it with other characters between its words. */
const asWords = (name: string): string =>
	name
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '')
		.join('[^a-z0-9]*') || '(?!)';
