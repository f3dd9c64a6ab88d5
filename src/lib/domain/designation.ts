/**
 * What may be designated at a site: the codes that submissions use (the Open Digital Planning
 * list of planning constraints), in words, and where there is one the planning.data.gov.uk
 * dataset and the code of the national designation codelist (Open Government Licence v3.0,
 * planning application data specification 0.2.4). Unknown codes are kept and shown as they came.
 */
interface Designation {
	code: string;
	words: string;
	dataset: string | null;
	/** code in the national `designation` codelist */
	national: string | null;
}

const rows: readonly (readonly [
	code: string,
	words: string,
	dataset?: string | undefined,
	national?: string
])[] = [
	['aerodrome', 'Aerodrome'],
	['aquifer', 'Aquifer'],
	['aquifer.principal', 'Principal aquifer'],
	['aquifer.secondary', 'Secondary aquifer'],
	['archaeologicalPriorityArea', 'Archaeological priority area', 'archaeological-priority-area'],
	['areasOfArchaeologicalPotential', 'Area of archaeological potential'],
	['articleFour', 'Article 4 direction area', 'article-4-direction-area'],
	['articleFour.caz', 'Central Activities Zone (CAZ)', 'central-activities-zone'],
	['battlefield', 'Historic battlefield', 'battlefield'],
	['brownfieldSite', 'Brownfield site', 'brownfield-site'],
	['buildingPreservationNotice', 'Building preservation notice'],
	['certificateOfImmunity', 'Certificate of immunity from listing'],
	['coastalChangeManagementArea', 'Coastal change management area'],
	['communityAsset', 'Asset of community value'],
	['communityAsset.nominated', 'Asset of community value, nominated'],
	['communityAsset.registered', 'Asset of community value, registered'],
	['designated', 'Designated land'],
	[
		'designated.AONB',
		'Area of Outstanding Natural Beauty (AONB)',
		'area-of-outstanding-natural-beauty',
		'area-outstanding-natural-beauty'
	],
	['designated.WHS', 'World Heritage Site', 'world-heritage-site', 'world-heritage-site'],
	[
		'designated.WHS.bufferZone',
		'World Heritage Site buffer zone',
		'world-heritage-site-buffer-zone'
	],
	['designated.conservationArea', 'Conservation area', 'conservation-area', 'conservation-area'],
	['designated.nationalPark', 'National Park', 'national-park', 'national-park'],
	['designated.nationalPark.broads', 'The Broads', 'national-park', 'the-broads'],
	['explosivesOrdnanceStorage', 'Explosives or ordnance storage'],
	['flood', 'Flood risk', 'flood-risk-zone'],
	['flood.criticalDrainage', 'Area with critical drainage problems'],
	['flood.local', 'Local flood site'],
	['flood.storageArea', 'Flood storage area'],
	['flood.stormSurge', 'Coastal storm surge flood risk area'],
	['flood.zoneOne', 'Flood zone 1 (low risk)'],
	['flood.zoneTwo', 'Flood zone 2 (medium risk)', 'flood-risk-zone'],
	['flood.zoneThree', 'Flood zone 3 (high risk)', 'flood-risk-zone'],
	['flood.zoneThree.a', 'Flood zone 3a (high risk)', 'flood-risk-zone'],
	['flood.zoneThree.b', 'Flood zone 3b (highest risk)', 'flood-risk-zone'],
	['greenBelt', 'Green belt', 'green-belt', 'green-belt'],
	['heritageCoast', 'Heritage coast'],
	['historicUndergroundWatercourse', 'Historic underground watercourse'],
	['irreplaceableHabitat', 'Irreplaceable habitat'],
	['landfill', 'Landfill'],
	['landfill.authorised', 'Authorised landfill site'],
	['landfill.historic', 'Historic landfill site'],
	['listed', 'Listed building', 'listed-building'],
	['listed.gradeOne', 'Listed building, Grade I', 'listed-building'],
	['listed.gradeTwo', 'Listed building, Grade II', 'listed-building'],
	['listed.gradeTwoStar', 'Listed building, Grade II*', 'listed-building'],
	['localLandscapeRegister', 'Designed landscape on the local register'],
	['locallyListed', 'Locally listed building'],
	['monument', 'Scheduled monument', 'scheduled-monument'],
	['nature.ASNW', 'Ancient semi-natural woodland', 'ancient-woodland'],
	['nature.RIGS', 'Regionally important geological or geomorphological site'],
	[
		'nature.SAC',
		'Special Area of Conservation (SAC)',
		'special-area-of-conservation',
		'special-area-conservation'
	],
	['nature.SAC.possible', 'Possible Special Area of Conservation (SAC)'],
	[
		'nature.SPA',
		'Special Protection Area (SPA)',
		'special-protection-area',
		'special-protection-area'
	],
	['nature.SPA.potential', 'Potential Special Protection Area (SPA)'],
	[
		'nature.SSSI',
		'Site of Special Scientific Interest (SSSI)',
		'site-of-special-scientific-interest',
		'site-special-scientific-interest'
	],
	['nature.localGeologicalSite', 'Local geological site'],
	['nature.localNatureReserve', 'Local nature reserve'],
	['nature.localPriorityHabitat', 'Local priority habitat'],
	['nature.localWildlifeSite', 'Local wildlife site'],
	['nature.priorityHabitat', 'Habitat of principal importance'],
	['nature.ramsarSite', 'Ramsar site', 'ramsar', 'special-protection-area'],
	['nature.ramsarSite.proposed', 'Proposed Ramsar site'],
	['nature.veteranTree', 'Veteran tree'],
	['registeredPark', 'Registered park or garden', 'park-and-garden'],
	['road.classified', 'Classified road'],
	['safeguardedLand', 'Safeguarded land'],
	['safetyHazardArea', 'Safety hazard area'],
	['sourceProtectionZone', 'Groundwater source protection zone'],
	['tpo', 'Tree preservation order (TPO) or zone', 'tree-preservation-zone'],
	['watercourse', 'Watercourse'],
	['watercourse.mainRiver', 'Main river'],
	['watercourse.other', 'Other watercourse']
];

export const designations: ReadonlyMap<string, Designation> = new Map(
	rows.map(([code, words, dataset, national]) => [
		code,
		{ code, words, dataset: dataset ?? null, national: national ?? null }
	])
);

/** A known designation, or undefined for a code that nobody here knows. */
export const designation = (code: string): Designation | undefined => designations.get(code);

/** What to call it on screen: our words, or the code as it came. */
export const designationWords = (code: string): string => designations.get(code)?.words ?? code;
