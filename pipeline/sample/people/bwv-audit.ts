import {addCalendarMonths, addDays, type IsoDate} from "../../calendar/iso-date.ts";
import {areas} from "../areas.ts";
import type {Chance} from "../random.ts";
import {type Cell, type ExtractMaker, extractFile, type World} from "../world.ts";

const header = [
  "activity_id",
  "activity_at",
  "area_code",
  "system",
  "activation_status",
  "exception_reason",
  "explanation_flag"
];

const firstDay: IsoDate = "2022-07-01";

const systems = [
  {system: "BWV", audits: 34, failing: 0.034},
  {system: "DICV", audits: 20, failing: 0.05}
] as const;

/** Part that was switched on as soon as the officer's safety allowed. */
const excused = 0.018;

const reasons = ["immediate threat", "foot pursuit", "officer under fire"] as const;
/** Late and missed ones lack an explanation in every hundredth case or so; fewer and fewer do. */
const unexplained = [0.03, 0.008] as const;

/** Everything audited by the day: one file. Audits of a month are finished in the six weeks after it. */
export const bwvAudit: ExtractMaker = (world) => [
  {file: extractFile("bwv-audit", world.through), header, records: {[Symbol.iterator]: () => audits(world)}}
];

function* audits({through, chance}: World): Generator<readonly Cell[]> {
  let month = 0;
  for (let first = firstDay; first <= through; first = addCalendarMonths(first, 1)) {
    const drawn = chance(`video audits of ${first.slice(0, 7)}`);
    const share = Math.min(1, month++ / 24);
    for (const {system, audits, failing} of systems)
      for (const {number} of areas)
        for (let count = drawn.count(audits); count > 0; count--) {
          const id = `${system[0]}${first.slice(2, 4)}${first.slice(5, 7)}-${String(number).padStart(2, "0")}-${count}`;
          const {day, audited, cells} = audit(drawn, first, failing * (1 - 0.35 * share), share, through);
          if (day <= through && audited <= through) yield [id, cells[0]!, number, system, ...cells.slice(1)];
        }
  }
}

function audit(drawn: Chance, first: IsoDate, failing: number, share: number, through: IsoDate) {
  const [offset, hour, minute, wait] = [
    drawn.between(0, 27),
    drawn.between(0, 23),
    drawn.between(0, 59),
    drawn.share()
  ];
  const [kind, isNone, explained, reason] = [drawn.share(), drawn.happens(0.35), drawn.share(), drawn.one(reasons)];
  const day = addDays(first, offset);
  // Most are looked at in the week after.
  const audited = addDays(day, wait < 0.9 ? Math.floor(wait * 8) : 8 + Math.floor((wait - 0.9) * 340));
  const isExplained = explained >= unexplained[0] + (unexplained[1] - unexplained[0]) * share;
  // One in fifteen is found to be excused when the case is looked at again, ten weeks later.
  const reviewed = explained > 0.93 && addDays(day, 70) <= through;
  const failed = kind < failing && !reviewed;
  const safe = !failed && kind < failing + excused;
  const status = failed ? (isNone ? "none" : "late") : safe ? "excused" : "on_time";
  const at = `${day} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return {day, audited, cells: [at, status, safe ? reason : null, failed ? isExplained : null] as readonly Cell[]};
}
