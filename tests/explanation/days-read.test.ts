import {expect, test} from "vitest";
import {daysRead} from "../../pipeline/explanation/days-read.ts";
import {project, source} from "../support/small-project.ts";

const {measures} = project([
  source(`
source: staff
title: Officers
files: [staff.csv]
delivery: snapshot
covers: {from: rows}
date: joined_on
columns:
  joined_on: {from: [Joined], type: date, formats: [yyyy-MM-dd], required: true}
  trained_on: {from: [Trained], type: date, formats: [yyyy-MM-dd]}
  left_on: {from: [Left], type: date, formats: [yyyy-MM-dd]}
measures:
  joined: {title: Joined, count: rows, nature: output, better: none, unit: officers}
  trained: {title: Trained, count: rows, date: trained_on, nature: output, better: higher, unit: officers}
  standing: {title: Officers, latest: {until: left_on}, better: none, unit: officers}
  trained_standing: {title: Trained officers, latest: {until: left_on}, date: trained_on, better: higher, unit: officers}
  observed: {title: Observed, latest: rows, better: none, unit: officers}
  all_done: {title: All trained, done: trained_on, better: higher, unit: officers}
  in_a_year: {title: In a year, count: rows, rolling: 1 year, nature: output, better: none, unit: officers}
  since: {title: Since, count: rows, cumulative: {since: 2020-01-01}, nature: output, better: none, unit: officers}
  share: {title: Share, ratio: {of: since, to: joined}, better: none, unit: share}
`)
]);

test.each([
  ["joined", [["2024-01-01", "2024-06-30"]]],
  ["trained", [["1000-01-01", "9999-12-31"]]],
  ["standing", [["1000-01-01", "2024-06-30"]]],
  // Who trained before the day may have joined after it, as far as anybody knows.
  ["trained_standing", [["1000-01-01", "9999-12-31"]]],
  ["observed", [["2024-06-20", "2024-06-30"]]],
  ["all_done", [["1000-01-01", "9999-12-31"]]],
  ["in_a_year", [["2023-07-01", "2024-06-30"]]],
  ["since", [["2020-01-01", "2024-06-30"]]],
  [
    "share",
    [
      ["2020-01-01", "2024-06-30"],
      ["2024-01-01", "2024-06-30"]
    ]
  ]
])("%s is made from rows of these days", (name, days) => {
  const window = {from: "2024-01-01", to: "2024-06-30"};
  const observed = () => "2024-06-20";
  expect(daysRead(measures, measures.get(name)!, "staff", window, observed)).toEqual(days);
  expect(daysRead(measures, measures.get(name)!, "courses", window, observed)).toEqual([]);
});
