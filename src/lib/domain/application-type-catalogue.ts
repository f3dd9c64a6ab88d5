import type { CategoryCode, DecisionSet, Family } from './application-type.ts';
import type { PeriodName } from './clock/periods.ts';

/**
 * The catalogue of application types as of 1 July 2026: 106 codes in use and 9 retired ones.
 * One table, so longer than our other files.
 *
 * Codes: the Open Digital Planning list as BOPS carries it (config/locales/odp.yml, MIT).
 * National codes in the last column: planning application data specification 0.2.4,
 * `planning-application-type` (Ministry of Housing, Communities and Local Government,
 * Open Government Licence v3.0). Descriptions are ours, in the words of the law where it has any.
 * Suffixes with `=` are those BOPS issues; every other one is proposed for the council to confirm.
 */

type Row = readonly [
	code: string,
	description: string,
	suffix: string,
	category: CategoryCode,
	period: PeriodName,
	decisions: DecisionSet,
	national?: string
];

// prettier-ignore
const permission: readonly Row[] = [
	['pp', 'Planning permission', 'PP', 'full', 'open8', 'permission'],
	['pp.full', 'Full planning permission', 'FUL', 'full', 'open8', 'permission', 'full'],
	['pp.full.advertConsent', 'Full planning permission and advertisement consent', 'FULADV', 'full', 'open8', 'permission'],
	['pp.full.demolition', 'Planning permission for demolition in a conservation area', 'DEM', 'conservation-area', 'nonMajor', 'permission', 'demolition-con-area'],
	['pp.full.fastTrack.affordable', 'Full planning permission, fast track for affordable housing', 'FTAH', 'full', 'open8', 'permission'],
	['pp.full.householder', 'Householder planning permission', '=HAPP', 'householder', 'householder', 'permission', 'hh'],
	['pp.full.householder.listed', 'Householder planning permission and listed building consent', 'HAPLB', 'householder', 'householder', 'permission'],
	['pp.full.householder.retro', 'Householder planning permission, retrospective', '=HAPR', 'householder', 'householder', 'permission'],
	['pp.full.major', 'Full planning permission, major development', 'MAJ', 'full', 'major', 'permission'],
	['pp.full.major.technicalDetails', 'Technical details consent, major development', 'TDMAJ', 'full', 'technicalMajor', 'permission', 'technical-details-consent'],
	['pp.full.major.technicalDetails.waste', 'Technical details consent, waste development', 'TDWAS', 'full', 'technicalMajor', 'permission'],
	['pp.full.major.waste', 'Full planning permission, waste development', 'MAJWAS', 'full', 'major', 'permission', 'waste-dev'],
	['pp.full.minor', 'Full planning permission, minor development', 'MIN', 'full', 'nonMajor', 'permission'],
	['pp.full.minor.listed', 'Full planning permission, minor development, and listed building consent', 'MINLB', 'full', 'nonMajor', 'permission'],
	['pp.full.minor.technicalDetails', 'Technical details consent, minor development', 'TDMIN', 'full', 'technicalMinor', 'permission'],
	['pp.mineralExtraction', 'Planning permission for mineral extraction', 'MINER', 'full', 'major', 'permission', 'mineral-extraction'],
	['pp.outline', 'Outline planning permission', 'OUT', 'outline', 'open8', 'permission', 'outline'],
	['pp.outline.all', 'Outline planning permission, all matters reserved', 'OUTA', 'outline', 'open8', 'permission', 'outline-all'],
	['pp.outline.some', 'Outline planning permission, some matters reserved', 'OUTS', 'outline', 'open8', 'permission', 'outline-some'],
	['pp.outline.minor', 'Outline planning permission, minor development', 'OUTMI', 'outline', 'nonMajor', 'permission'],
	['pp.outline.minor.all', 'Outline planning permission, minor development, all matters reserved', 'OUTMIA', 'outline', 'nonMajor', 'permission'],
	['pp.outline.minor.some', 'Outline planning permission, minor development, some matters reserved', 'OUTMIS', 'outline', 'nonMajor', 'permission'],
	['pp.outline.major', 'Outline planning permission, major development', 'OUTMA', 'outline', 'major', 'permission'],
	['pp.outline.major.all', 'Outline planning permission, major development, all matters reserved', 'OUTMAA', 'outline', 'major', 'permission'],
	['pp.outline.major.all.waste', 'Outline planning permission, waste development, all matters reserved', 'OUTWAA', 'outline', 'major', 'permission'],
	['pp.outline.major.some', 'Outline planning permission, major development, some matters reserved', 'OUTMAS', 'outline', 'major', 'permission'],
	['pp.outline.major.some.waste', 'Outline planning permission, waste development, some matters reserved', 'OUTWAS', 'outline', 'major', 'permission'],
	['pp.pip', 'Permission in principle', 'PIP', 'other', 'inPrinciple', 'permission', 'pip']
];

// prettier-ignore
const priorApproval: readonly Row[] = [
	['pa', 'Prior approval', 'PA', 'prior-approval', 'prior56', 'prior', 'prior-approval'],
	['pa.part1.classA', 'Prior approval: larger home extension (Part 1, Class A)', '=PA1A', 'prior-approval', 'larger', 'prior', 'pa-extension'],
	['pa.part1.classAA', 'Prior approval: additional storeys on a house (Part 1, Class AA)', 'PA1AA', 'prior-approval', 'part1AA', 'prior', 'pa-storey'],
	['pa.part3.classG', 'Prior approval: commercial to mixed use with flats (Part 3, Class G)', 'PA3G', 'prior-approval', 'part3', 'prior', 'cho-commercial-to-mixed'],
	['pa.part3.classM', 'Prior approval: takeaway or similar to homes (Part 3, Class M)', 'PA3M', 'prior-approval', 'part3', 'prior', 'cho-sui-to-dwh'],
	['pa.part3.classMA', 'Prior approval: commercial, business or service use to homes (Part 3, Class MA)', 'PA3MA', 'prior-approval', 'part3', 'prior', 'cho-commercial-to-dwh'],
	['pa.part3.classN', 'Prior approval: amusement arcade or casino to homes (Part 3, Class N)', 'PA3N', 'prior-approval', 'part3', 'prior', 'cho-amusements-to-dwh'],
	['pa.part3.classQ', 'Prior approval: agricultural building to homes (Part 3, Class Q)', 'PA3Q', 'prior-approval', 'part3', 'prior', 'cho-agri-to-dwh'],
	['pa.part3.classR', 'Prior approval: agricultural building to flexible commercial use (Part 3, Class R)', 'PA3R', 'prior-approval', 'part3', 'prior', 'cho-agri-to-flexcom'],
	['pa.part3.classS', 'Prior approval: agricultural building to state-funded school (Part 3, Class S)', 'PA3S', 'prior-approval', 'part3', 'prior', 'cho-agri-to-school'],
	['pa.part3.classT', 'Prior approval: commercial building to state-funded school (Part 3, Class T)', 'PA3T', 'prior-approval', 'part3', 'prior', 'cho-comm-to-school'],
	['pa.part3.classV', 'Prior approval: changes of use under a permission already granted (Part 3, Class V)', 'PA3V', 'prior-approval', 'part3', 'prior'],
	['pa.part4.classBB', 'Prior approval: movable structure (Part 4, Class BB)', 'PA4BB', 'prior-approval', 'prior56', 'prior', 'pa-movable-structure'],
	['pa.part4.classBC', 'Prior approval: temporary campsite (Part 4, Class BC)', 'PA4BC', 'prior-approval', 'prior56', 'prior'],
	['pa.part4.classCA', 'Prior approval: temporary school on vacant commercial land (Part 4, Class CA)', 'PA4CA', 'prior-approval', 'prior56', 'prior', 'pa-tmp-school-vacant-comm'],
	['pa.part4.classE', 'Prior approval: temporary use for film-making (Part 4, Class E)', 'PA4E', 'prior-approval', 'prior56', 'prior', 'pa-tmp-use-comm-film'],
	['pa.part6', 'Prior approval: agricultural and forestry development (Part 6)', 'PA6', 'prior-approval', 'notify28', 'prior', 'pa-build-agri-forest'],
	['pa.part6.classA', 'Prior approval: agricultural unit of 5 hectares or more (Part 6, Class A)', 'PA6A', 'prior-approval', 'notify28', 'prior'],
	['pa.part6.classB', 'Prior approval: agricultural unit of less than 5 hectares (Part 6, Class B)', 'PA6B', 'prior-approval', 'notify28', 'prior'],
	['pa.part6.classE', 'Prior approval: forestry development (Part 6, Class E)', 'PA6E', 'prior-approval', 'notify28', 'prior'],
	['pa.part7.classC', 'Prior approval: collection facility for a shop (Part 7, Class C)', 'PA7C', 'prior-approval', 'prior56', 'prior', 'pa-col-fac-shop'],
	['pa.part7.classM', 'Prior approval: school, college, university, prison or hospital building (Part 7, Class M)', 'PA7M', 'prior-approval', 'prior56', 'prior', 'pa-uni-building'],
	['pa.part9.classD', 'Prior approval: toll road facilities (Part 9, Class D)', 'PA9D', 'prior-approval', 'prior56', 'prior'],
	['pa.part11.classB', 'Prior approval: demolition of a building (Part 11, Class B)', 'PA11B', 'prior-approval', 'notify28', 'prior', 'pa-demo-building'],
	['pa.part14.classA', 'Prior approval: solar equipment on domestic premises (Part 14, Class A)', 'PA14A', 'prior-approval', 'prior56', 'prior', 'pa-solar-eq-dom'],
	['pa.part14.classB', 'Prior approval: stand-alone solar equipment on domestic premises (Part 14, Class B)', 'PA14B', 'prior-approval', 'prior56', 'prior', 'pa-sa-solar-dom'],
	['pa.part14.classJ', 'Prior approval: solar equipment on a non-domestic roof (Part 14, Class J)', 'PA14J', 'prior-approval', 'prior56', 'prior', 'pa-roof-solar-nondom'],
	['pa.part14.classK', 'Prior approval: stand-alone solar equipment on non-domestic premises (Part 14, Class K)', 'PA14K', 'prior-approval', 'prior56', 'prior', 'pa-sa-solar-nondom'],
	['pa.part14.classOA', 'Prior approval: solar canopy on non-domestic parking (Part 14, Class OA)', 'PA14OA', 'prior-approval', 'prior56', 'prior', 'pa-solar-nondom-park'],
	['pa.part16.classA', 'Prior approval: electronic communications (Part 16, Class A)', 'PA16A', 'prior-approval', 'prior56', 'prior', 'pa-ecomms-network'],
	['pa.part17', 'Prior approval: mining development (Part 17)', 'PA17', 'prior-approval', 'prior56', 'prior'],
	['pa.part17.classB', 'Prior approval: development ancillary to mining operations (Part 17, Class B)', 'PA17B', 'prior-approval', 'prior56', 'prior'],
	['pa.part17.classC', 'Prior approval: mining development for maintenance or safety (Part 17, Class C)', 'PA17C', 'prior-approval', 'prior56', 'prior'],
	['pa.part17.classG', 'Prior approval: coal mining development for maintenance or safety (Part 17, Class G)', 'PA17G', 'prior-approval', 'prior56', 'prior'],
	['pa.part18.classA', 'Prior approval: development under private Acts or orders (Part 18, Class A)', 'PA18A', 'prior-approval', 'prior56', 'prior'],
	['pa.part19.classTA', 'Prior approval: development on a closed defence site (Part 19, Class TA)', 'PA19TA', 'prior-approval', 'prior56', 'prior', 'pa-accom-defence'],
	['pa.part20.classA', 'Prior approval: new flats on detached blocks of flats (Part 20, Class A)', 'PA20A', 'prior-approval', 'part20', 'prior', 'pa-flats-de-blocks'],
	['pa.part20.classAA', 'Prior approval: new flats on detached commercial buildings (Part 20, Class AA)', 'PA20AA', 'prior-approval', 'part20', 'prior', 'pa-flats-de-comm'],
	['pa.part20.classAB', 'Prior approval: new flats on terraced commercial buildings (Part 20, Class AB)', 'PA20AB', 'prior-approval', 'part20', 'prior', 'pa-flats-terr-comm'],
	['pa.part20.classAC', 'Prior approval: new flats on terraced houses (Part 20, Class AC)', 'PA20AC', 'prior-approval', 'part20', 'prior', 'pa-flats-terr-dwh'],
	['pa.part20.classAD', 'Prior approval: new flats on detached houses (Part 20, Class AD)', 'PA20AD', 'prior-approval', 'part20', 'prior', 'pa-flats-de-dwh'],
	['pa.part20.classZA', 'Prior approval: demolish and rebuild as homes (Part 20, Class ZA)', 'PA20ZA', 'prior-approval', 'part20', 'prior', 'pa-demo-replace-dwh']
];

// prettier-ignore
const lawful: readonly Row[] = [
	['ldc', 'Lawful development certificate', 'LDC', 'certificate-of-lawfulness', 'certificate', 'permission', 'ldc'],
	['ldc.breachOfCondition', 'Lawful development certificate: not complying with a condition (section 191(1)(c))', 'LDCC', 'certificate-of-lawfulness', 'certificate', 'permission'],
	['ldc.existing', 'Lawful development certificate: existing use or works (section 191)', '=LDCE', 'certificate-of-lawfulness', 'certificate', 'permission', 'ldc-existing-use'],
	['ldc.listedBuildingWorks', 'Certificate of lawfulness: works to a listed building (section 26H)', 'LDCLB', 'certificate-of-lawfulness', 'other8', 'permission', 'ldc-proposed-work-lb'],
	['ldc.proposed', 'Lawful development certificate: proposed use or works (section 192)', '=LDCP', 'certificate-of-lawfulness', 'certificate', 'permission', 'ldc-prospective-use']
];

// prettier-ignore
const consents: readonly Row[] = [
	['advertConsent', 'Advertisement consent', 'ADV', 'advertisement', 'advertisement', 'permission', 'advertising'],
	['listed', 'Listed building consent', 'LBC', 'listed-building', 'listed', 'permission', 'lbc'],
	['hazardousSubstanceConsent', 'Hazardous substances consent', 'HAZ', 'other', 'other8', 'permission', 'haz-substance-consent'],
	['landDrainageConsent', 'Land drainage consent', 'LDRC', 'other', 'other8', 'permission', 'land-drainage-consent'],
	['wtt', 'Works to trees', 'WTT', 'tree-works', 'other8', 'permission'],
	['wtt.consent', 'Works to trees under a tree preservation order', 'TPO', 'tree-works', 'treeConsent', 'permission', 'consent-under-tpo'],
	['wtt.notice', 'Notice of works to trees in a conservation area (section 211)', 'TCA', 'tree-works', 'treeNotice', 'treeNotice', 'notice-trees-in-con-area'],
	['hedgerowRemovalNotice', 'Hedgerow removal notice', 'HRN', 'hedgerows', 'hedgerow', 'hedgerow', 'hedgerow-removal'],
	['rightsOfWayOrder', 'Rights of way order', 'ROW', 'other', 'none', 'order', 'footpath-diversion']
];

// prettier-ignore
const afterPermission: readonly Row[] = [
	['amendment', 'Amendment to a permission', 'AMD', 'other', 'other8', 'permission'],
	['amendment.minorMaterial', 'Removal or variation of a condition (section 73)', 'VAR', 'full', 'variation', 'permission', 's73'],
	['amendment.nonMaterial', 'Non-material amendment (section 96A)', 'NMA', 'non-material-amendment', 'nonMaterial', 'permission', 'non-material-amendment'],
	['approval', 'Approval after permission', 'APP', 'other', 'other8', 'permission'],
	['approval.conditions', 'Approval of details reserved by condition', 'DOC', 'other', 'conditions', 'permission', 'approval-condition'],
	['approval.reservedMatters', 'Approval of reserved matters', 'REM', 'reserved-matters', 'variation', 'permission', 'reserved-matters'],
	['complianceConfirmation', 'Confirmation that conditions have been complied with', 'CON', 'other', 'other8', 'confirmation'],
	['notifyCompletion', 'Notification of completion', 'NOC', 'other', 'none', 'noted'],
	['obligation', 'Planning obligation', 'S106', 'other', 'other8', 'permission'],
	['obligation.discharge', 'Discharge of a planning obligation (section 106A)', 'S106D', 'other', 'other8', 'permission'],
	['obligation.modify', 'Modification of a planning obligation (section 106A)', 'S106M', 'other', 'other8', 'permission', 'mod-discharge-s106']
];

// prettier-ignore
const environmental: readonly Row[] = [
	['environmentalImpact', 'Environmental impact assessment', 'EIA', 'other', 'eia', 'permission'],
	['environmentalImpact.scoping', 'Environmental impact assessment: scoping opinion', 'EIASCO', 'other', 'scoping', 'opinion'],
	['environmentalImpact.screening', 'Environmental impact assessment: screening opinion', 'EIASCR', 'other', 'screening', 'screening']
];

// prettier-ignore
const oilAndGas: readonly Row[] = [
	['onshoreExtractionOilAndGas', 'Onshore extraction of oil and gas', 'OG', 'other', 'minerals', 'permission', 'extraction-oil-gas'],
	['onshoreExtractionOilAndGas.other', 'Onshore extraction of oil and gas: other', 'OGO', 'other', 'minerals', 'permission'],
	['onshoreExtractionOilAndGas.pp.extension', 'Onshore extraction of oil and gas: extension of an existing site', 'OGE', 'full', 'major', 'permission'],
	['onshoreExtractionOilAndGas.pp.waste', 'Onshore extraction of oil and gas: waste development', 'OGWAS', 'full', 'major', 'permission'],
	['onshoreExtractionOilAndGas.pp.working', 'Onshore extraction of oil and gas: exploration, appraisal and production', 'OGW', 'full', 'major', 'permission'],
	['onshoreExtractionOilAndGas.review', 'Review of mineral permissions (ROMP)', 'ROMP', 'other', 'minerals', 'permission', 'romp'],
	['onshoreExtractionOilAndGas.variation', 'Onshore extraction of oil and gas: variation of conditions', 'OGV', 'other', 'minerals', 'permission']
];

// prettier-ignore
const advice: readonly Row[] = [
	['preApp', 'Pre-application advice', '=PRE', 'other', 'none', 'advice']
];

export const catalogue: readonly (readonly [Family, readonly Row[]])[] = [
	['planning-permission', permission],
	['prior-approval', priorApproval],
	['lawful-development', lawful],
	['consent', consents],
	['after-permission', afterPermission],
	['environmental-impact', environmental],
	['oil-and-gas', oilAndGas],
	['advice', advice]
];

/** Codes no longer offered that still arrive from importers, and the code that took over. */
// prettier-ignore
export const retired: readonly (readonly [
	code: string,
	description: string,
	suffix: string,
	successor: string
])[] = [
	['ldc.condition', 'Lawful development certificate: condition', 'LDCCO', 'ldc.breachOfCondition'],
	['ldc.existing.regularise', 'Lawful development certificate: regularise existing use or works', 'LDCER', 'ldc.existing'],
	['nonMaterialAmendment', 'Non-material amendment', 'NMAO', 'amendment.nonMaterial'],
	['pa.part3.classPA', 'Prior approval: light industrial to homes (Part 3, Class PA)', 'PA3PA', 'pa.part3.classMA'],
	['pip', 'Permission in principle', 'PIPO', 'pp.pip'],
	['pip.technicalDetails', 'Technical details consent', 'TDC', 'pp.full.minor.technicalDetails'],
	['pp.onshoreExtractionOilAndGas', 'Planning permission for onshore extraction of oil and gas', 'OGPP', 'onshoreExtractionOilAndGas.pp.working'],
	['pp.outline.allReserved', 'Outline planning permission, all matters reserved', 'OUTAR', 'pp.outline.all'],
	['pp.outline.reservedMatters', 'Reserved matters', 'OUTRM', 'approval.reservedMatters']
];
