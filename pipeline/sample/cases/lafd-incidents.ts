import {type Chance, weighted} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {type Happening, happenings, levelOf} from "./happenings.ts";
import {deliveredExtracts, type RowInTime, sinceHandedOver, wholeQuarters} from "./rows-in-time.ts";

const header = [
  "incident_id",
  "call_received_at",
  "dispatched_at",
  "arrived_at",
  "call_processing_seconds",
  "lafd_bureau",
  "station",
  "incident_type"
];

/** Half a million incidents a year; one in twenty is drawn, which leaves an average what it is. */
const levels = [500_000, 500_000, 505_000, 505_000];
const drawn = 1 / 20;

/** Mean seconds from the answer to the first dispatch, assumed; in the long run twelve fewer. */
const processing = [71, 68, 64, 61, 59];

/** One file to the end of 2023 and then one a quarter, never mended. */
export const lafdIncidents: ExtractMaker = (world) =>
  deliveredExtracts(
    {
      source: "lafd-incidents",
      header,
      rows: function* (to) {
        const chance = world.chance("lafd-incidents");
        const rate = {halves: levels.map((level) => level * drawn * world.scale)};
        for (const one of happenings(chance, rate, to)) yield incident(chance, one);
      }
    },
    sinceHandedOver(wholeQuarters(world.through)),
    ({to}) => to
  );

const bureaus: Readonly<Record<string, number>> = {Central: 30, South: 25, Valley: 30, West: 15};
const drawBureau = weighted(Object.keys(bureaus), (bureau) => bureaus[bureau]!);

function incident(chance: Chance, {number, date, id, ...day}: Happening): RowInTime {
  const bureau = drawBureau(chance);
  const station = chance.between(1, 114);
  const type = chance.happens(0.84) ? "ems" : chance.happens(0.3) ? "fire" : "other";
  const at = chance.between(0, 86_399 - 1800);
  // Few calls are quick and some take minutes: the sum of two draws, the second now and then a long one.
  const mean = levelOf(processing, day);
  const seconds = Math.round(
    mean * (0.4 + 0.8 * chance.share()) + (chance.happens(0.1) ? 4 * mean * chance.share() : 0)
  );
  const travel = chance.between(180, 900);
  return {
    day: number,
    told: [number],
    cells: () => [
      `L${id}`,
      `${date} ${clock(at)}`,
      `${date} ${clock(at + seconds)}`,
      `${date} ${clock(at + seconds + travel)}`,
      seconds,
      bureau,
      station,
      type
    ]
  };
}

/** clock(3661) //=> "01:01:01" */
function clock(second: number): string {
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}
