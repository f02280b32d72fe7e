import {expect, test} from "vitest";
import {withRatiosOfStocks} from "../../pipeline/config/ratio-shapes.ts";
import {project, source} from "../support/small-project.ts";

const roster = source(`
source: roster
title: Officers
files: [roster.csv]
delivery: snapshot
covers: {from: rows}
date: joined_on
columns:
  joined_on: {from: [Joined], type: date, formats: [yyyy-MM-dd], required: true}
  trained_on: {from: [Trained], type: date, formats: [yyyy-MM-dd]}
  left_on: {from: [Left], type: date, formats: [yyyy-MM-dd]}
measures:
  officers: {title: Officers, latest: {until: left_on}, better: none, unit: officers}
  trained:
    {title: Trained, count: rows, date: trained_on, cumulative: {since: 2020-01-01}, nature: output, better: higher, unit: officers}
  joined: {title: Joined, count: rows, nature: output, better: higher, unit: officers}
  trained_share: {title: Share trained, ratio: {of: trained, to: officers}, better: higher, unit: share}
  trained_share_doubled: {title: Of ratios, ratio: {of: trained_share, to: trained_share}, better: none, unit: times}
  joined_share: {title: Share that joined, ratio: {of: joined, to: officers}, better: higher, unit: share}
  rolling_share: {title: Over a year, ratio: {of: joined, to: joined}, rolling: 1 year, better: none, unit: share}
  circle: {title: Of itself, ratio: {of: circle, to: officers}, better: none, unit: share}
  nothing: {title: Of nothing, ratio: {of: absent, to: officers}, better: none, unit: share}
`);

test("a ratio of two values of a day is a value of that day, not an average of days", () => {
  const shaped = withRatiosOfStocks(project([roster]).measures);
  const shapes = Object.fromEntries([...shaped].map(([name, {shape}]) => [name, shape]));
  expect(shapes).toEqual({
    officers: "stock",
    trained: "stock",
    joined: "flow",
    trained_share: "stock",
    trained_share_doubled: "stock",
    joined_share: "average",
    rolling_share: "stock",
    // Complained of when the project is read.
    circle: "average",
    nothing: "average"
  });
});
