import {fromDay, toDay} from "../../calendar/iso-date.ts";
import type {Chance} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {type Happening, happenings, momentOf, type Rate} from "./happenings.ts";
import {changeExtracts, type RowInTime} from "./rows-in-time.ts";

const header = [
  "call_id",
  "received_at",
  "program",
  "call_type",
  "station",
  "team_size",
  "arrived_at",
  "police_backup_flag",
  "backup_reason",
  "follow_up_flag",
  "service_accepted"
];

interface Program extends Rate {
  readonly program: string;
  readonly callTypes: readonly string[];
  /** Share of the calls that needed the police after all. */
  readonly backup: number;
  readonly followedUp: number;
  readonly team: readonly number[];
}

/** By the letter that begins their calls' numbers. */
const programs: Readonly<Record<string, Program>> = {
  // Assumed: some 25 calls a day in the districts that it serves.
  C: {
    program: "circle",
    halves: [7600, 8400, 9300, 9600],
    callTypes: ["welfare_check", "welfare_check", "encampment", "loitering", "dispute"],
    backup: 0.012,
    followedUp: 0.2,
    team: [2, 2, 3]
  },
  // Assumed: five vans with a call a day each.
  T: {
    program: "ttp",
    halves: [1250, 1500, 1750, 1800],
    callTypes: ["mental_health_crisis", "mental_health_crisis", "welfare_check"],
    backup: 0.06,
    followedUp: 0.12,
    team: [2, 2, 3]
  },
  // It was said of the first year that more than 6,700 calls were handled, and fewer than 4.1% needed the police.
  U: {
    program: "umcr",
    since: "2024-03-12",
    halves: [6850],
    callTypes: ["welfare_check", "welfare_check", "public_intoxication", "indecent_exposure", "mental_health_crisis"],
    backup: 0.038,
    followedUp: 0.3,
    team: [2, 2, 2, 2, 3]
  }
};

const stations = ["TTV 1", "TTV 2", "TTV 3", "TTV 4", "TTV 5"] as const;

/** The programs' calls; a visit afterwards stands in the row only when it was made. */
export const unarmedResponseCalls: ExtractMaker = (world) =>
  changeExtracts(
    {
      source: "unarmed-response-calls",
      header,
      rows: function* (to) {
        for (const [letter, program] of Object.entries(programs)) {
          const chance = world.chance(`unarmed-response-calls ${letter}`);
          for (const one of happenings(chance, program, to)) yield call(chance, program, letter, one);
        }
      }
    },
    world.through
  );

function call(chance: Chance, program: Program, letter: string, {number, date, id}: Happening): RowInTime {
  const received = momentOf(chance, date);
  const callType = chance.one(program.callTypes);
  const station = chance.one(stations);
  const team = chance.one(program.team);
  const arrived = minutesLater(received, chance.between(6, 55));
  const backup = chance.happens(program.backup);
  const reason = chance.one(["insisted_on_officer", "weapon_found", "other"]);
  const [followedUp, visited] = [chance.happens(program.followedUp), number + chance.between(2, 25)];
  const accepted = chance.one(["none", "none", "shelter", "treatment", "benefits"]);
  const [tested, noticed] = [chance.happens(0.001), number + chance.between(10, 40)];
  return {
    day: number,
    told: [number, ...(followedUp ? [visited] : []), ...(tested ? [noticed] : [])],
    cells: (asOf) => [
      `${letter}${id}`,
      received,
      program.program,
      tested && noticed <= asOf ? "test_call" : callType,
      program.program === "ttp" ? station : null,
      team,
      arrived,
      backup,
      backup ? reason : null,
      followedUp && visited <= asOf,
      accepted
    ]
  };
}

/** minutesLater("2024-03-01 23:50", 15) //=> "2024-03-02 00:05" */
function minutesLater(moment: string, minutes: number): string {
  const [date = "", time = ""] = moment.split(" ");
  const all = +time.slice(0, 2) * 60 + +time.slice(3) + minutes;
  const clock = `${String(Math.floor((all % 1440) / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
  return `${fromDay(toDay(date) + Math.floor(all / 1440))} ${clock}`;
}
