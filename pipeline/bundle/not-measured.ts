import type {Project} from "../config/project.ts";
import {formatCount, formatCounted} from "../format/numbers.ts";
import {type Block, plain, type Section, type TableBlock} from "./page-model.ts";
import {goalTitle} from "./plan-order.ts";

/** Milestones without a target, each with the reason that the plan's list gives; of all plan years. */
export function notMeasuredSection({plans, targets}: Project): Section {
  const project = {plans};
  const all = plans.flatMap(({milestones}) => milestones);
  const measured = new Set(targets.flatMap(({milestone}) => milestone?.milestone ?? []));
  const reported = all.filter((one) => one.reported !== undefined).length;
  const groups = plans.flatMap((plan) =>
    plan.goals.map(({goal}) => ({
      title: `${plans.length === 1 ? "" : `${plan.title}: `}${goalTitle(project, {plan: plan.plan, goal})}`,
      rows: plan.milestones.filter((one) => one.goal === goal && one.not_measured !== undefined)
    }))
  );
  const excused = groups.reduce((sum, {rows}) => sum + rows.length, 0);
  const table: TableBlock = {
    kind: "table",
    id: "not-measured-table",
    caption: "Milestones that no target measures, by goal",
    columns: [
      {title: "Milestone", numeric: false},
      {title: "Owner", numeric: false},
      {title: "Why it is not measured", numeric: false}
    ],
    widths: [38, 10, 52],
    narrow: "cards",
    dense: true,
    groups: groups
      .filter(({rows}) => rows.length > 0)
      .map(({title, rows}) => ({
        title,
        rows: rows.map(({milestone, title: name, owner, plan_year, not_measured}) => [
          {...plain(name), note: [milestone, plan_year].filter((part) => part !== undefined).join(" \u00b7 ")},
          plain(owner ?? "none printed"),
          plain(not_measured!)
        ])
      }))
  };
  const blocks: Block[] = [
    {
      kind: "text",
      style: "body",
      text:
        `Of ${formatCounted(all.length, "milestone")}, ${formatCount(measured.size)} ${measured.size === 1 ? "has" : "have"} ` +
        `targets, ${formatCount(reported)} ${reported === 1 ? "reports" : "report"} a result, and ` +
        `${formatCount(excused)} ${excused === 1 ? "is" : "are"} not measured${excused === 0 ? "." : ", each for the reason given here."}`
    },
    ...(excused === 0 ? [] : [table])
  ];
  return {
    id: "not-measured",
    title: "What is not measured, and why",
    new_page: true,
    status: null,
    blocks,
    sections: []
  };
}
