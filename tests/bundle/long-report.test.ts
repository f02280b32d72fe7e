import {expect, test} from "vitest";
import {readAssets} from "../../pipeline/bundle/assets.ts";
import {renderHtml} from "../../pipeline/bundle/html.ts";
import {bindingRows, pageModel} from "../../pipeline/bundle/page.ts";
import type {Block, PageModel, Section} from "../../pipeline/bundle/page-model.ts";
import {bundleRequest} from "./fixture.ts";

/** The invented plan over and over, each time with targets of its own. */
function longRequest(times: number) {
  const request = bundleRequest();
  const {project} = request;
  const again = Array.from({length: times}, (_, index) => index);
  const named = <T extends {readonly target: string}>(one: T, index: number): T =>
    index === 0 ? one : {...one, target: `${one.target}-${index}`};
  return {
    ...request,
    project: {
      ...project,
      targets: again.flatMap((index) => project.targets.map((target) => named(target, index)))
    },
    rows: again.flatMap((index) => request.rows.map((row) => named(row, index)))
  };
}

const all = (sections: readonly Section[]): Section[] =>
  sections.flatMap((section) => [section, ...all(section.sections)]);
const blocksOf = <Kind extends Block["kind"]>(model: PageModel, kind: Kind) =>
  all(model.sections)
    .flatMap(({blocks}) => blocks)
    .filter((block): block is Extract<Block, {kind: Kind}> => block.kind === kind);
const reasonsIn = (model: PageModel) => {
  const table = blocksOf(model, "table").find(({id}) => id === "scorecard-table")!;
  return table.groups.flatMap(({rows}) => rows).filter((cells) => cells.at(-1)!.note !== null).length;
};

test("a short report tells all of each target, on paper too", () => {
  const request = bundleRequest();
  const model = pageModel(request);
  expect(reasonsIn(model)).toBe(bindingRows(request.rows).length);
  expect(blocksOf(model, "figures").filter(({screen_only}) => screen_only === true)).toEqual([]);
});

test("a long report keeps for the screen what is to be looked up, and counts what is not decided", () => {
  const request = longRequest(12);
  const binding = bindingRows(request.rows);
  expect(binding.length).toBeGreaterThan(60);
  const model = pageModel(request);
  expect(reasonsIn(model)).toBe(0);
  const figures = blocksOf(model, "figures");
  expect(figures.length).toBeGreaterThan(0);
  expect(figures.every(({screen_only}) => screen_only === true)).toBe(true);
  const drawn = request.charts.targets.size;
  const onScreen = blocksOf(model, "chart").filter(({elsewhere}) => elsewhere?.text.includes("index.html"));
  expect(onScreen).toHaveLength(drawn);
  const items = blocksOf(model, "items").flatMap((block) => block.items.map(({title}) => title));
  const early = binding.filter(({status}) => status === "too_early").length;
  expect(items).toContain(`${early} targets`);
});

test("a drawing that fits half a sheet stands once in a long report, and twice, wide and narrow, in a short one", async () => {
  const half = '<svg viewBox="0 0 360 200"><text>half a sheet</text></svg>';
  const wide = '<svg viewBox="0 0 720 200"><text>a whole one</text></svg>';
  const drawn = (times: number) => {
    const request = longRequest(times);
    const targets = [...request.charts.targets].map(
      ([target, chart]) => [target, {wide: {...chart.wide, svg: wide}, narrow: {...chart.narrow, svg: half}}] as const
    );
    return {...request, charts: {...request.charts, targets: new Map(targets)}};
  };
  const assets = await readAssets();
  const counts = (request: ReturnType<typeof drawn>) => {
    const page = String(renderHtml(pageModel(request), assets)[0]!.contents);
    return ["half a sheet", "a whole one", 'class="beside"'].map((said) => page.split(said).length - 1);
  };
  const {size} = bundleRequest().charts.targets;
  expect(size).toBeGreaterThan(0);
  expect(counts(drawn(1))).toEqual([size, size, 0]);
  expect(counts(drawn(12))).toEqual([size, 0, size]);
});

test("each target of a long report is told once: by a section, or by a line", () => {
  const request = longRequest(12);
  const model = pageModel(request);
  const sections = all(model.sections).map(({id}) => id);
  const lines = blocksOf(model, "table").flatMap(({groups}) =>
    groups.flatMap(({rows}) => rows.flatMap(([first]) => first?.anchor ?? []))
  );
  const told = [...sections.filter((id) => id.startsWith("target-")), ...lines].sort();
  expect(told).toEqual(
    bindingRows(request.rows)
      .map(({target}) => `target-${target}`)
      .sort()
  );
});
