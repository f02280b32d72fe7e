import {cpSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {parse, stringify} from "yaml";

const root = fileURLToPath(new URL("../../", import.meta.url));
const planYear = "2023-2024";
const goals = 5;

/** The repository's own settings, sources and roster, under a plan that `planOf` writes. */
export function writeProject(folder) {
  mkdirSync(folder, {recursive: true});
  for (const part of ["seeds", "reports"]) cpSync(join(root, part), join(folder, part), {recursive: true});
  // What is measured are the charts of a report: the two sources that they are drawn from, and none of the forty others.
  const files = ["sources/crime-incidents.yaml", "sources/traffic-collisions.yaml", "milepost.yaml"];
  for (const file of files) cpSync(join(root, file), join(folder, file));
}

/**
 * A plan of as many targets as asked for, over all measures in turn: each with its segments beside it, so that it has a
 * cumulative chart and one of the Areas.
 */
export function planOf(folder, targets) {
  const measures = ["crime-incidents", "traffic-collisions"].flatMap((source) =>
    Object.entries(parse(readFileSync(join(folder, "sources", `${source}.yaml`), "utf8")).measures)
  );
  const numbers = Array.from({length: targets}, (_, index) => index + 1);
  const goalOf = (number) => String(1 + Math.floor(((number - 1) * goals) / targets));
  rmSync(join(folder, "targets"), {recursive: true, force: true});
  mkdirSync(join(folder, "targets"));
  const plan = {
    plan: "bench",
    title: "A plan to measure by",
    publisher: "Nobody",
    published: "2023",
    goals: Array.from({length: goals}, (_, index) => ({
      goal: String(index + 1),
      title: `Goal ${index + 1}`,
      initiatives: [{initiative: "A", title: "All that it asks for"}]
    })),
    milestones: numbers.map((number) => ({
      milestone: `m${number}`,
      goal: goalOf(number),
      initiative: "A",
      activity: number,
      plan_year: planYear,
      owner: "Nobody",
      title: `Milestone ${number}`
    }))
  };
  writeFileSync(join(folder, "targets/plan.yaml"), stringify(plan));
  const asked = numbers.map((number) => {
    const [measure, {title}] = measures[number % measures.length];
    const percent = 1 + (number % 20);
    return {
      target: `t${number}`,
      milestone: `m${number}`,
      title: `${title} down ${percent}%`,
      measure,
      goal: {change: `-${percent}%`},
      baseline: {period: "previous"},
      period: planYear,
      by_segment: ["bureau", "area"]
    };
  });
  writeFileSync(join(folder, "targets/all.yaml"), stringify(asked));
}
