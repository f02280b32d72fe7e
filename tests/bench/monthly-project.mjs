import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {stringify} from "yaml";

const areas = 21;
const codes = 140;
/** Of a month's records, so many of a file of changes say an older record anew. */
const changedShare = 0.1;

/** Whole numbers below `most`, the same in every run. */
function numbers(seed) {
  let state = seed >>> 0;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const monthOf = (at) => new Date(Date.UTC(2014, at, 1));
const lengthOf = (at) => Math.round((monthOf(at + 1) - monthOf(at)) / 864e5);
const two = (number) => String(number).padStart(2, "0");

/** Record `at` of a month, of which there are `rows`: ids follow one another, as a records system gives them. */
function record(month, rows, at, random, status) {
  const day = monthOf(month);
  day.setUTCDate(1 + random(lengthOf(month)));
  const code = 100 + Math.floor(codes * (random(1e6) / 1e6) ** 2.5);
  return `${10_000_000 + month * rows + at},${day.toISOString().slice(0, 10)},${1 + random(areas)},${code},${status}`;
}

/** The file of one month, from 0: its own records; of an upsert also older ones, of the last two years, said anew. */
export function monthFile(delivery, month, rows) {
  const random = numbers(month + 1);
  const lines = ["Id,Day,Area,Code,Status"];
  for (let at = 0; at < rows; at += 1) lines.push(record(month, rows, at, random, "IC"));
  if (delivery === "upsert" && month > 0) {
    const anew = new Set();
    for (let at = 0; at < rows * changedShare; at += 1) {
      const of = month - 1 - random(Math.min(month, 24));
      const which = random(rows);
      if (!anew.has(`${of} ${which}`)) lines.push(record(of, rows, which, random, "AO"));
      anew.add(`${of} ${which}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** The file that holds all months up to one; each tells its own records as they were told before, the last six changed. */
export function wholeFile(month, rows) {
  const parts = ["Id,Day,Area,Code,Status"];
  for (let of = 0; of <= month; of += 1) {
    const random = numbers(of + 1);
    const status = of > month - 6 ? "AO" : "IC";
    for (let at = 0; at < rows; at += 1) parts.push(record(of, rows, at, random, status));
  }
  return `${parts.join("\n")}\n`;
}

export function fileName(month) {
  const day = monthOf(month);
  return `cases-${day.getUTCFullYear()}-${two(day.getUTCMonth() + 1)}.csv`;
}

const count = (where) => ({title: "Cases", count: "rows", where, nature: "outcome", better: "lower", unit: "cases"});

/** A project of one source with a key, that many measures and a target for each of some. */
export function writeMonthlyProject(folder, delivery) {
  for (const part of ["sources", "targets", "seeds", "inbox"]) mkdirSync(join(folder, part), {recursive: true});
  const write = (name, value) =>
    writeFileSync(join(folder, name), typeof value === "string" ? value : stringify(value));
  write("milepost.yaml", {
    title: "Bench",
    time_zone: "America/Los_Angeles",
    calendar: {week_starts: "sunday", fiscal_year_starts: "07-01"},
    paths: {inbox: "inbox", warehouse: "warehouse", out: "out"},
    segments: "seeds/segments.csv"
  });
  const segments = Array.from({length: areas}, (_, at) => `area,${at + 1},Area ${at + 1},,city,LA,,`);
  write(
    "seeds/segments.csv",
    `type,code,name,aliases,parent_type,parent_code,valid_from,valid_to\ncity,LA,City,,,,,\n${segments.join("\n")}\n`
  );
  const type = "integer";
  write("sources/cases.yaml", {
    source: "cases",
    title: "Cases",
    files: ["cases-*.csv"],
    delivery,
    covers: {
      from: delivery === "snapshot" ? "rows" : "file_name",
      pattern: delivery === "snapshot" ? undefined : "cases-{yyyy}-{MM}*"
    },
    // So that the months of history can be loaded in one command: each is newer than the one before.
    extracted: {from: "file_name", pattern: "cases-{yyyy}-{MM}*"},
    key: ["id"],
    date: "day",
    columns: {
      id: {from: "Id", type, required: true},
      day: {from: "Day", type: "date", formats: ["yyyy-MM-dd"], required: true},
      area: {from: "Area", segment: "area", required: true},
      code: {from: "Code", type, required: true},
      status: {from: "Status", type: "text"}
    },
    measures: {
      cases: count({}),
      open: count({status: "IC"}),
      ...Object.fromEntries(Array.from({length: 10}, (_, at) => [`code${at}`, count({code: 100 + at})]))
    }
  });
  write("targets/all.yaml", [
    {
      target: "t1",
      title: "Cases",
      measure: "cases",
      goal: {track: true},
      period: "2023",
      at: "city",
      by_segment: ["area"]
    },
    {
      target: "t2",
      title: "Open",
      measure: "open",
      goal: {track: true},
      period: "2014",
      at: "city",
      by_segment: ["area"]
    }
  ]);
}
