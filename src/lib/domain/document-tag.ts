/** What a document is, by its tag. Codes are those of submissions; an unknown tag is kept as it came. */
export const documentTagGroups = {
	drawings:
		'elevations.existing elevations.proposed floorPlan.existing floorPlan.proposed internalElevations internalSections locationPlan otherDrawing roofPlan.existing roofPlan.proposed sections.existing sections.proposed sitePlan.existing sitePlan.proposed sketchPlan streetScene treePlan unitPlan.existing unitPlan.proposed usePlan.existing usePlan.proposed'.split(
			' '
		),
	evidence:
		'bankStatement buildingControlCertificate constructionInvoice councilTaxBill otherEvidence photographs.existing photographs.proposed statutoryDeclaration tenancyAgreement tenancyInvoice utilitiesStatement utilityBill'.split(
			' '
		),
	supporting:
		'accessRoadsRightsOfWayDetails affordableHousingStatement arboriculturistReport basementImpactStatement bioaerosolAssessment biodiversityNetGainInformation birdstrikeRiskManagementPlan boreholeOrTrialPitAnalysis conditionSurvey contaminationReport crimePreventionStrategy designAndAccessStatement disabilityExemptionEvidence ecologyReport emissionsMitigationAndMonitoringScheme energyStatement environmentalImpactAssessment externalMaterialsDetails fireSafetyReport floodRiskAssessment foulDrainageAssessment geodiversityAssessment hedgerowsInformation hedgerowsInformation.plantingDate heritageStatement hydrologicalAssessment hydrologyReport internal.appeal internal.appealDecision internal.pressNotice internal.siteNotice internal.siteVisit joinersReport joinerySections landContaminationAssessment landscapeAndVisualImpactAssessment landscapeStrategy lightingAssessment litterVerminAndBirdControlDetails methodStatement mineralsAndWasteAssessment necessaryInformation newDwellingsSchedule noiseAssessment openSpaceAssessment otherDocument otherSupporting parkingPlan planningStatement recycleWasteStorageDetails relevantInformation residentialUnitsDetails statementOfCommunityInvolvement storageTreatmentAndWasteDisposalDetails subsidenceReport sunlightAndDaylightReport sustainabilityStatement technicalEvidence technicalSpecification townCentreImpactAssessment townCentreSequentialAssessment transportAssessment travelPlan treeAndHedgeLocation treeAndHedgeRemovedOrPruned treeCanopyCalculator treeConditionReport treesReport treeSurvey ventilationStatement viabilityAppraisal visualisations wasteAndRecyclingStrategy wasteStorageDetails waterEnvironmentAssessment'.split(
			' '
		)
} as const;
export type DocumentTagGroup = keyof typeof documentTagGroups;

/** Where the words are not simply the code taken apart. */
const special: ReadonlyMap<string, string> = new Map([
	['accessRoadsRightsOfWayDetails', 'Access, roads and rights of way details'],
	['bioaerosolAssessment', 'Bio-aerosol assessment'],
	['biodiversityNetGainInformation', 'Biodiversity net gain (BNG) information'],
	['crimePreventionStrategy', 'Crime prevention strategy'],
	['disabilityExemptionEvidence', 'Evidence for the disability fee exemption'],
	['emissionsMitigationAndMonitoringScheme', 'Scheme to mitigate and monitor emissions'],
	['environmentalImpactAssessment', 'Environmental impact assessment (EIA)'],
	['floodRiskAssessment', 'Flood risk assessment (FRA)'],
	['hedgerowsInformation', 'Hedgerows to be removed'],
	['hedgerowsInformation.plantingDate', 'Evidence of when a hedgerow was planted'],
	['internal.appeal', 'Appeal (internal)'],
	['internal.appealDecision', 'Appeal decision (internal)'],
	['internal.pressNotice', 'Press notice (internal)'],
	['internal.siteNotice', 'Site notice (internal)'],
	['internal.siteVisit', 'Site visit (internal)'],
	['joinersReport', 'Joiner’s report'],
	['landscapeAndVisualImpactAssessment', 'Landscape and visual impact assessment (LVIA)'],
	['litterVerminAndBirdControlDetails', 'Litter, vermin and bird control details'],
	['necessaryInformation', 'Information the council considers necessary'],
	['otherDocument', 'Other document'],
	['relevantInformation', 'Information the applicant considers relevant'],
	['storageTreatmentAndWasteDisposalDetails', 'Storage, treatment and waste disposal details'],
	['treeAndHedgeLocation', 'Location of trees and hedges'],
	['treeAndHedgeRemovedOrPruned', 'Trees and hedges removed or pruned']
]);

const groups: ReadonlyMap<string, DocumentTagGroup> = new Map(
	Object.entries(documentTagGroups).flatMap(([group, tags]) =>
		tags.map((tag) => [tag, group as DocumentTagGroup])
	)
);

export const documentTags: readonly string[] = [...groups.keys()];

/** Which group a tag is of; null for a tag nobody here knows. */
export const documentTagGroup = (tag: string): DocumentTagGroup | null => groups.get(tag) ?? null;

/** `sitePlan.proposed` → `Site plan, proposed`; a tag nobody here knows, as it came. */
export function documentTagWords(tag: string): string {
	if (!groups.has(tag)) return tag;
	const words = special.get(tag);
	if (words !== undefined) return words;
	const taken = tag
		.replace(/\.(existing|proposed)$/, ', $1')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase();
	return taken.charAt(0).toUpperCase() + taken.slice(1);
}
