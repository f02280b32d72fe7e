import {findSegment, type Roster, type Segment, segmentsOfType} from "../../config/roster.ts";
import {areas} from "../areas.ts";

/** Where people of the police work, with the strength that it has at full size. */
export interface Unit {
  /** Unique: `division 12`, `office PSB`. */
  readonly name: string;
  readonly office: string;
  /** Codes of the roster; null where the unit belongs to none. */
  readonly bureau: string | null;
  readonly area: string | null;
  readonly division: string | null;
  readonly csp_site: string | null;
  readonly sworn: number;
  readonly civilian: number;
  /** Part of its strength at every size: every command has its captain. */
  readonly captains: number;
}

type Strength = readonly [sworn: number, civilian: number];

/** Divisions that are no Area's, by their code; others have `usualStrength`. */
const strengths: Readonly<Record<string, Strength>> = {
  metropolitan: [400, 15],
  gang_and_narcotics: [300, 20],
  robbery_homicide: [120, 15],
  major_crimes: [150, 20],
  detective_support_and_vice: [140, 20],
  juvenile: [130, 20],
  custody_services: [130, 200],
  lax_field_services: [120, 10],
  security_services: [60, 150],
  forensic_science: [20, 200],
  technical_investigation: [40, 180]
};

const usualStrength: Strength = [110, 15];

/** Divisions that serve the whole department and not its operations. */
const support = new Set(["custody_services", "forensic_science", "technical_investigation", "security_services"]);

/** Staff that belongs to no division of the roster. */
const offices: Readonly<Record<string, Strength>> = {
  COS: [250, 250],
  OSS: [500, 400],
  OCPP: [200, 120],
  ITB: [60, 130],
  PSB: [220, 60]
};

/** The unit that recruits belong to while they are at the academy. */
export const academy = "office OSS";

/** All units of the police, from the roster's bureaus, divisions and sites. */
export function unitsOf(roster: Roster): Unit[] {
  const nowhere = {bureau: null, area: null, division: null, csp_site: null};
  const staff = Object.entries(offices).map(
    ([office, [sworn, civilian]]): Unit => ({
      name: `office ${office}`,
      office,
      ...nowhere,
      sworn,
      civilian,
      captains: 3
    })
  );
  const bureaus = segmentsOfType(roster, "bureau").map(
    ({code}): Unit => ({
      name: `bureau ${code}`,
      office: "OO",
      ...nowhere,
      bureau: code,
      sworn: 45,
      civilian: 10,
      captains: 1
    })
  );
  const sites = segmentsOfType(roster, "csp_site").map(
    ({code}): Unit => ({
      name: `site ${code}`,
      office: "CSPB",
      ...nowhere,
      csp_site: code,
      sworn: 10,
      civilian: 0,
      captains: 0
    })
  );
  return [
    ...segmentsOfType(roster, "division").map((division) => divisionUnit(roster, division)),
    ...bureaus,
    ...staff,
    ...sites
  ];
}

function divisionUnit(roster: Roster, division: Segment): Unit {
  const {code, parent} = division;
  const above = parent === null ? null : findSegment(roster, parent);
  const unit = {name: `division ${code}`, division: code, csp_site: null};
  if (above?.type === "area") {
    const violent = areas.find(({number}) => String(number) === above.code)?.violent ?? 0;
    const bureau = above.parent?.code ?? null;
    return {
      ...unit,
      office: "OO",
      bureau,
      area: above.code,
      sworn: 125 + Math.round(2.2 * violent),
      civilian: 33,
      captains: 2
    };
  }
  const [sworn, civilian] = above?.type === "bureau" ? [125, 12] : (strengths[code] ?? usualStrength);
  const office = above?.type === "bureau" ? "OO" : support.has(code) ? "OSS" : "OSO";
  return {
    ...unit,
    office,
    bureau: above?.type === "bureau" ? above.code : null,
    area: null,
    sworn,
    civilian,
    captains: 1
  };
}
