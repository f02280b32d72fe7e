import type {Course} from "./course.ts";
import {type Person, standingOn} from "./workforce.ts";

const commandRanks = ["captain", "commander", "deputy_chief", "assistant_chief", "chief"];

const sworn = ({class: kind}: Person) => kind === "sworn";
const civilian = ({class: kind}: Person) => kind === "civilian";
const employed = (person: Person) => sworn(person) || civilian(person);
const inArea = ({unit}: Person) => unit !== null && unit.area !== null;
const inDivision = (person: Person, ...codes: string[]) => codes.includes(person.unit?.division ?? "");
const command = (person: Person) => sworn(person) && person.ranks.some(({name}) => commandRanks.includes(name));
const line = (person: Person) =>
  sworn(person) && person.ranks.every(({name}) => name === "police_officer" || name === "detective");
const patrol = (person: Person) => line(person) && inArea(person);
const ofRank = (person: Person, ...ranks: string[]) => ranks.includes(standingOn(person.ranks, "2024-06-30") ?? "");

type Given = Omit<Course, "code" | "name" | "discipline">;

/** Lessons in a room for whom it is told, on days spread evenly. */
const lesson = {format: "classroom", hours: 8, part: 1, assigned: "spread", within: 60, ever: 0.97} as const;
const online = {...lesson, format: "online", hours: 2} as const;
const reality: Omit<Given, "from"> = {
  ...lesson,
  ...{format: "virtual_reality", hours: 4, part: 0.1, within: 30},
  to: "2025-06-30",
  isFor: patrol
};
const always = "2030-12-31";
const wholePlan = "2025-06-30";

const inRooms: Readonly<Record<string, Given>> = {
  // Long begun, and nearly there; the second to the last person, the first not.
  "ICS-400 emergency_management": {...lesson, hours: 32, from: "2018-01-08", to: "2024-04-30", isFor: command},
  "CIM-RSM emergency_management": {...lesson, hours: 24, from: "2020-02-03", to: "2024-05-10", isFor: command, ever: 1},
  "MGT-314 emergency_management": {...lesson, hours: 28, from: "2020-09-01", to: "2024-08-30", isFor: command},
  "ABLE peer_intervention": {...lesson, from: "2023-07-10", to: "2025-05-30", isFor: line, within: 90, ever: 0.985},
  "ARIDE traffic": {
    ...lesson,
    ...{hours: 16, from: "2018-01-08", to: "2025-12-31", part: 0.3, assigned: "growing", isFor: patrol, ever: 0.92}
  },
  "MHIT-40 crisis": {
    ...lesson,
    ...{hours: 40, from: "2017-01-09", to: always, part: 0.45, isFor: sworn, within: 400, ever: 0.95},
    assigned: "first field day"
  },
  "DE-ESC use_of_force": {
    ...lesson,
    ...{from: "2022-01-03", to: always, isFor: sworn, within: 340, ever: 0.965, assigned: "each year"}
  },
  "ISO-17025 forensics": {
    ...lesson,
    ...{from: "2023-09-05", to: "2023-09-05", part: 0.4, assigned: "all", within: 160, ever: 1},
    isFor: (person) => civilian(person) && inDivision(person, "forensic_science", "technical_investigation")
  },
  "CSP-PATROL community_policing": {...lesson, from: "2024-01-16", to: wholePlan, part: 0.15, isFor: patrol},
  "LEAD-ALT diversion": {...lesson, hours: 4, from: "2023-02-01", to: wholePlan, part: 0.07, isFor: patrol}
};

const onScreens: Readonly<Record<string, Given>> = {
  "BIAS procedural_justice": {
    ...online,
    from: "2017-02-01",
    to: always,
    assigned: "all",
    isFor: employed,
    within: 2900
  },
  "DHC-APP homelessness": {
    ...online,
    ...{
      hours: 1,
      from: "2023-10-02",
      to: "2023-10-02",
      part: 0.5,
      assigned: "all",
      isFor: patrol,
      within: 230,
      ever: 0.99
    }
  },
  "PSR-BIAS procedural_justice": {
    ...online,
    ...{from: "2023-10-16", to: "2023-10-16", part: 0.6, assigned: "all", within: 300, ever: 1},
    isFor: (person) => civilian(person) && person.unit?.name === "office OSS"
  },
  "MENTOR careers": {
    ...online,
    from: "2024-09-03",
    to: "2024-11-30",
    part: 0.01,
    isFor: employed,
    within: 200,
    ever: 1
  },
  "DEI-RATER equity": {
    ...online,
    ...{from: "2024-08-05", to: "2024-10-30", part: 0.14, within: 150, ever: 1},
    isFor: (person) => ofRank(person, "lieutenant", "captain")
  },
  "DEI-SUPV equity": {
    ...online,
    ...{from: "2024-10-07", to: "2024-12-20", within: 200, ever: 0.99},
    isFor: (person) => ofRank(person, "sergeant", "lieutenant")
  },
  "CSP-INTRO community_policing": {...online, from: "2023-11-01", to: wholePlan, part: 0.3, isFor: sworn, ever: 0.9},
  "RIPA stop_data": {
    ...online,
    ...{from: "2022-07-05", to: wholePlan, part: 0.5, ever: 0.95},
    isFor: (person) => inArea(person) && (command(person) || (civilian(person) && person.order < 0.3))
  },
  // A course more every half year.
  "VR-DEESC use_of_force": {...reality, from: "2022-07-11"},
  "VR-CRISIS crisis": {...reality, from: "2023-01-16"},
  "VR-PURSUIT driving": {...reality, from: "2023-08-14"},
  "VR-TRAFFIC traffic": {...reality, from: "2024-02-05"},
  "VR-ACTIVE tactics": {...reality, from: "2024-08-12"}
};

const names: Readonly<Record<string, string>> = {
  "ICS-400": "Incident Command System 300 and 400",
  "CIM-RSM": "Critical Incident Management (POST)",
  "MGT-314": "Enhanced All-Hazards Incident Management (TEEX)",
  ABLE: "Active Bystandership for Law Enforcement",
  ARIDE: "Advanced Roadside Impaired Driving Enforcement",
  "MHIT-40": "Mental Health Intervention Training",
  "DE-ESC": "De-escalation, yearly",
  BIAS: "Implicit bias",
  "DHC-APP": "The homeless coordinator's app",
  "ISO-17025": "Accreditation of forensic laboratories",
  "PSR-BIAS": "Implicit bias in calls",
  MENTOR: "Being a mentor",
  "DEI-RATER": "Fair promotional ratings",
  "DEI-SUPV": "Fair evaluations",
  "CSP-INTRO": "Introduction to the Community Safety Partnership",
  "CSP-PATROL": "The Community Safety Partnership for patrol",
  "LEAD-ALT": "Alternatives to incarceration",
  RIPA: "Stop data and what it shows",
  "VR-DEESC": "De-escalation in virtual reality",
  "VR-CRISIS": "Crisis calls in virtual reality",
  "VR-PURSUIT": "Pursuits in virtual reality",
  "VR-TRAFFIC": "Traffic stops in virtual reality",
  "VR-ACTIVE": "Active shooters in virtual reality"
};

/** What the learning system offers; codes are those that sources/lms-completions.yaml asks for. */
export const courses: readonly Course[] = Object.entries({...inRooms, ...onScreens}).map(([key, given]) => {
  const [code = "", discipline = ""] = key.split(" ");
  return {code, discipline, name: names[code] ?? code, ...given};
});
