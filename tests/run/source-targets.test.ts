import {expect, test} from "vitest";
import type {ProjectTarget} from "../../pipeline/config/project.ts";
import {targetsOver} from "../../pipeline/run/source-targets.ts";
import {project, source} from "../support/small-project.ts";

const staff = source(`
source: staff
title: Officers
files: [staff.csv]
delivery: snapshot
covers: {from: rows}
date: joined_on
columns: {joined_on: {from: [Joined], type: date, formats: [yyyy-MM-dd], required: true}}
measures:
  officers: {title: Officers, count: rows, nature: output, better: none, unit: officers}
`);
const courses = source(`
source: courses
title: Courses
files: [courses.csv]
delivery: snapshot
covers: {from: rows}
date: taken_on
columns: {taken_on: {from: [Taken], type: date, formats: [yyyy-MM-dd], required: true}}
measures:
  trained: {title: Trained, count: rows, nature: output, better: higher, unit: officers}
  trained_share: {title: Share, ratio: {of: trained, to: officers}, better: higher, unit: share}
`);
const register = source(`
source: register
title: Deliverables
files: [register.csv]
delivery: snapshot
covers: {from: rows}
date: listed_on
columns:
  listed_on: {from: [Listed], type: date, formats: [yyyy-MM-dd], required: true}
  completed_on: {from: [Completed], type: date, formats: [yyyy-MM-dd]}
measures:
  begun: {title: Begun, done: completed_on, better: higher, unit: deliverables}
`);

test("a target reads the sources of both terms of a ratio, and that of the event its due day is told from", () => {
  const after = {kind: "event", within: {count: 24, unit: "month"}, measure: "begun"} as const;
  const target = (name: string, measure: string, due: ProjectTarget["due"], revised: ProjectTarget["due"] = null) =>
    ({target: name, measure, due, revisions: revised === null ? [] : [{due: revised}]}) as unknown as ProjectTarget;
  const all = {
    ...project([staff, courses, register]),
    targets: [
      target("people", "officers", null),
      target("share", "trained_share", null),
      target("share-in-time", "trained_share", after),
      target("courses-later", "trained", null, after)
    ]
  };
  const over = (name: string) => targetsOver(all, name).map((one) => one.target);
  expect(over("staff")).toEqual(["people", "share", "share-in-time"]);
  expect(over("courses")).toEqual(["share", "share-in-time", "courses-later"]);
  expect(over("register")).toEqual(["share-in-time", "courses-later"]);
});
