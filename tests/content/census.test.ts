import {existsSync, readFileSync} from "node:fs";
import {resolve} from "node:path";
import Big from "big.js";
import {beforeAll, describe, expect, test} from "vitest";
import {baseMeasures} from "../../pipeline/actuals/measure-parts.ts";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import type {Goal} from "../../pipeline/config/goal.ts";
import type {Project, ProjectTarget} from "../../pipeline/config/project.ts";
import {readProject} from "../../pipeline/config/read-project.ts";
import {records} from "../support/csv-records.ts";

const singleTargets = "../shared/plan/milestone-targets.csv";
const bullets = "../shared/plan/milestones.csv";
/** Where the census and we differ on purpose: `target, field, census, ours, reason`. */
const differences = records(readFileSync("tests/content/census-differences.csv", "utf8")) as unknown as Difference[];

interface Difference {
  readonly target: string;
  readonly field: string;
  readonly census: string;
  readonly ours: string;
  readonly reason: string;
}

type Row = Readonly<Record<string, string>>;

const toBeMet = ["target", "commitment", "policy_requirement"];

/** Cadences of the census by ours. */
const cadences: Readonly<Record<string, string>> = {
  day: "day",
  week: "week",
  "two-week": "two weeks",
  month: "month",
  "two-month": "two months",
  quarter: "quarter",
  half: "half",
  year: "year",
  shift: "shift",
  class: "class"
};

let project: Project;

beforeAll(async () => {
  const read = await readProject(resolve("."));
  expect(read.diagnostics).toEqual([]);
  project = read.project!;
});

describe.skipIf(!existsSync(singleTargets))("against the census of the documents (skipped where it is absent)", () => {
  const rows: Row[] = existsSync(singleTargets) ? records(readFileSync(singleTargets, "utf8")) : [];
  const milestones: Row[] = existsSync(bullets) ? records(readFileSync(bullets, "utf8")) : [];
  const ofMilestone = new Map<string, number>();
  for (const {milestone_id} of rows) ofMilestone.set(milestone_id!, (ofMilestone.get(milestone_id!) ?? 0) + 1);
  /** g1.a.7.y1.1#2 is our g1.a.7.y1.1-2; a milestone's only target has its id. */
  const ourId = ({target_id, milestone_id}: Row) =>
    ofMilestone.get(milestone_id!) === 1 ? milestone_id! : target_id!.replace("#", "-");
  const promised = rows.filter(({nature}) => toBeMet.includes(nature!));
  const claimed = rows.filter(({nature}) => !toBeMet.includes(nature!));

  test("all 434 rows are accounted for: 357 targets, 34 reported, the rest excused with a reason", () => {
    const listed = project.plans.flatMap((plan) => plan.milestones);
    expect(listed.map(({milestone}) => milestone).sort()).toEqual(milestones.map(({id}) => id).sort());
    expect(listed.length).toBe(434);
    expect(project.targets.map(({target}) => target).sort()).toEqual(promised.map(ourId).sort());
    expect(project.targets.length).toBe(357);
    const reported = listed.filter(({reported}) => reported !== undefined).map(({milestone}) => milestone);
    expect(reported.sort()).toEqual(claimed.map(({milestone_id}) => milestone_id).sort());
    expect(reported.length).toBe(34);
    const excused = listed.filter(({not_measured}) => not_measured !== undefined).map(({milestone}) => milestone);
    const qualitative = milestones.filter(({measurable}) => measurable === "qualitative").map(({id}) => id);
    expect(excused.sort()).toEqual(qualitative.sort());
    for (const plan of project.plans) expect(plan.listed).toBeUndefined();
  });

  test("no reason is one for all", () => {
    const reasons = project.plans.flatMap((plan) => plan.milestones.flatMap(({not_measured}) => not_measured ?? []));
    const most = Math.max(...reasons.map((one) => reasons.filter((other) => other === one).length));
    expect(most).toBeLessThanOrEqual(3);
  });

  test.each(promised.map((row) => [ourId(row), row] as const))(
    "%s says what the census says, or why not",
    (id, row) => {
      const target = project.targets.find((one) => one.target === id);
      expect(target, "is there").toBeDefined();
      const found = fieldsOf(target!, row).filter(([, census, ours]) => census !== ours);
      const known = differences.filter((one) => one.target === id);
      expect(
        found.map(([field, census, ours]) => `${field}: ${census} -> ${ours}`),
        "each difference stands in census-differences.csv, and no other does"
      ).toEqual(known.map(({field, census, ours}) => `${field}: ${census} -> ${ours}`));
      for (const {reason} of known) expect(reason.length).toBeGreaterThan(15);
    }
  );

  test("every difference on purpose is one of a target that there is", () => {
    const ids = new Set(project.targets.map(({target}) => target));
    expect(differences.filter(({target}) => !ids.has(target))).toEqual([]);
  });

  test("milestones stand where the plan has them, titled in other words than its own", () => {
    const words = (sentence: string) => sentence.toLowerCase().replace(/[^a-z0-9% ]/g, "");
    const printed = new Map(milestones.map((row) => [row.id!, row]));
    for (const {milestone, goal, initiative, activity, plan_year, title, not_measured} of project.plans.flatMap(
      (plan) => plan.milestones
    )) {
      const row = printed.get(milestone)!;
      const text = words(row.text!);
      if (row.document === "strategic-plan") {
        const place = [goal, initiative, String(activity), plan_year];
        const [aim = "", part = ""] = [row.goal, row.initiative].map((one) => one!.split(" ")[0]);
        expect(place, milestone).toEqual([aim, part, row.activity_no, row.plan_year]);
      }
      expect(text, `${milestone}: ${title}`).not.toBe(words(title));
      // Short names of things can't be said in other words; a run of eight of the plan's words is a quotation.
      for (const said of [title, not_measured ?? ""]) {
        for (const run of runsOf(words(said), 8)) expect(text, `${milestone}: ${said}`).not.toContain(run);
      }
    }
  });

  test("no reading, note or title of a target quotes the plan", () => {
    const texts = milestones.map(({text}) => text!.toLowerCase().replace(/[^a-z0-9% ]/g, ""));
    for (const {target, title, reading = ""} of project.targets) {
      for (const run of runsOf(`${title} ${reading}`.toLowerCase().replace(/[^a-z0-9% ]/g, ""), 10)) {
        expect(
          texts.some((text) => text.includes(run)),
          `${target}: ${run}`
        ).toBe(false);
      }
    }
  });

  /** `[field, as the census has it, as we have it]` */
  function fieldsOf(target: ProjectTarget, row: Row): [string, string, string][] {
    const measure = project.measures.get(target.measure)!;
    const sources = baseMeasures(project.measures, target.measure).map(({source}) => source.replaceAll("-", "_"));
    const likely = row.likely_source!.split("; ");
    const source = sources.find((one) => likely.includes(one)) === undefined ? sources.join("; ") : row.likely_source!;
    const direction = measure.better === "none" ? "" : `${measure.better}_is_better`;
    return [
      ["kind", censusKind(row), ourKind(target, row)],
      ["value", row.target_value!, ourValue(target, row)],
      ["owner", row.entity_lead!, target.milestone?.owner ?? ""],
      ["due", censusDue(row), row.due === "" ? "" : dueOn(target)],
      ["plan_year", row.plan_year!, target.milestone?.plan_year ?? ""],
      ["direction", row.direction!, direction],
      ["source", row.likely_source!, source]
    ];
  }

  function censusKind({kind, sub_kind, cadence}: Row): string {
    if (kind === "other") return sub_kind!;
    if (kind === "cadence") return `cadence ${cadence}`;
    const strict = sub_kind === "strict_below" || sub_kind === "strict_above" ? ` ${sub_kind}` : "";
    return `${kind}${strict}`;
  }

  function ourKind({goal, every, each, due, baseline}: ProjectTarget, row: Row): string {
    const expected = censusKind(row);
    const chained = row.sub_kind !== "additional" || baseline?.target !== undefined;
    const is = (holds: boolean) => (holds ? expected : `${goal.kind}${every === undefined ? "" : ` every ${every}`}`);
    const direction = goal.kind === "change" ? goal.change.form : null;
    switch (row.kind) {
      case "reduce_pct":
        return is(goal.kind === "change" && chained && goal.written.startsWith("-"));
      case "increase_pct":
        return is(goal.kind === "change" && chained && (goal.written.startsWith("+") || goal.written.startsWith("x")));
      case "at_least_count":
        return is(goal.kind === (row.sub_kind === "strict_above" ? "above" : "at_least"));
      case "at_most_count":
        return is(goal.kind === (row.sub_kind === "strict_below" ? "below" : "at_most"));
      case "share_at_least":
        return is(goal.kind === "at_least");
      case "cadence":
        return is(goal.kind === "at_least" && every === cadences[row.cadence!]);
      case "per_unit_minimum":
        return is(goal.kind === "at_least" && each !== undefined);
      case "deadline":
        return is(goal.kind === "done" && due !== null);
      case "completion":
        return is(goal.kind === "done");
      case "ratio_at_most":
        return is(goal.kind === (row.sub_kind === "strict_below" ? "below" : "at_most"));
      default:
        if (row.sub_kind === "monitor_only") return is(goal.kind === "track");
        if (row.sub_kind === "deferred") return is(goal.kind === "to_be_set");
        if (row.sub_kind === "direction_only" || row.sub_kind === "direction_only_each_period")
          return is(direction === "direction");
        return is(row.target_value === "" || goal.kind !== "track");
    }
  }

  /** The number that the goal states, in the census's unit: percents as 10, not 0.1 or -10. */
  function ourValue({goal, due}: ProjectTarget, row: Row): string {
    if (row.sub_kind === "relative_deadline" && row.kind === "deadline")
      return due === null || due.kind === "day" ? "1" : String(due.within.count);
    return levelOf(goal, row);
  }

  function levelOf(goal: Goal, row: Row): string {
    switch (goal.kind) {
      case "done":
        return "1";
      case "track":
      case "to_be_set":
        return "";
      case "change":
        if (goal.change.form === "direction") return "";
        return goal.written === "x2" ? "100" : goal.written.replace(/^[+-]/, "").replace(/[ %].*$/, "");
      case "between":
        return goal.written;
      default: {
        const percent = row.unit!.startsWith("%");
        const level = new Big(goal.level);
        return (percent ? level.times(100) : level).toString();
      }
    }
  }

  function censusDue({due}: Row): string {
    const year = /^end of plan year (\S+)$/.exec(due!)?.[1];
    const period = parsePeriod(year ?? due!, project.calendar);
    return period?.to ?? due!;
  }

  function dueOn({due, period}: ProjectTarget): string {
    if (due === null) return period.to;
    return due.kind === "day" ? due.on : `${due.within.count} ${due.within.unit} after`;
  }
});

function runsOf(text: string, length: number): string[] {
  const words = text.split(" ").filter((word) => word !== "");
  return words.length < length
    ? []
    : Array.from({length: words.length - length + 1}, (_, at) => words.slice(at, at + length).join(" "));
}
