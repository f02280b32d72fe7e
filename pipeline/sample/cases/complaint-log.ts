import {type Chance, weighted} from "../random.ts";
import type {ExtractMaker} from "../world.ts";
import {type Happening, happenings, levelOf, officeDays} from "./happenings.ts";
import {dayBy, type RowInTime, wholeExtract} from "./rows-in-time.ts";

const header = [
  "complaint_id",
  "received_on",
  "allegation",
  "sb16_flag",
  "video_released_on",
  "psb_opened_on",
  "oig_reviewed_on",
  "disposition"
];

/** Near what the department tells of its complaints a year; shares of allegations are assumed. */
const rate = {halves: [3350, 3400, 3450, 3450], weekdays: officeDays};

const allegations: Readonly<Record<string, number>> = {
  discourtesy: 27,
  neglect_of_duty: 29,
  unbecoming_conduct: 21,
  unauthorized_force: 9,
  biased_policing: 7,
  other: 7
};
const drawAllegation = weighted(Object.keys(allegations), (allegation) => allegations[allegation]!);

/** Nobody released them before the plan; releases begin slowly in its first year. */
const released = [0, 0, 0.2, 0.4, 0.8, 0.9];

/** The whole log; most complaints are closed within the year that the law leaves. */
export const complaintLog: ExtractMaker = (world) => [
  wholeExtract(
    {
      source: "complaint-log",
      header,
      rows: function* (to) {
        const chance = world.chance("complaint-log");
        for (const one of happenings(chance, rate, to)) yield complaint(chance, one);
      }
    },
    world.through
  )
];

function complaint(chance: Chance, {number, date, id, ...day}: Happening): RowInTime {
  const allegation = drawAllegation(chance);
  const sb16 = chance.happens(
    allegation === "unauthorized_force" ? 0.16 : allegation === "biased_policing" ? 0.12 : 0.004
  );
  const [shown, videoOn] = [chance.happens(levelOf(released, day)), number + chance.between(30, 75)];
  const opened = number + chance.between(0, 9);
  const closed = opened + chance.between(50, 330);
  // The Inspector General reads it before it is closed; a few were closed without.
  const [read, reviewed] = [chance.happens(0.974), closed - chance.between(2, 25)];
  const disposition = chance.one(["unfounded", "unfounded", "exonerated", "not_resolved", "sustained"]);
  const isBias = allegation === "biased_policing";
  return {
    day: number,
    told: [number, opened, closed, ...(sb16 && shown ? [videoOn] : []), ...(isBias && read ? [reviewed] : [])],
    cells: (asOf) => [
      `C${id}`,
      date,
      allegation,
      sb16,
      sb16 && shown ? dayBy(asOf, videoOn) : null,
      dayBy(asOf, opened),
      isBias && read ? dayBy(asOf, reviewed) : null,
      closed <= asOf ? disposition : null
    ]
  };
}
