import {createHash} from "node:crypto";
import {chooserHtml, isOverview, linkFrom} from "./chooser.ts";
import type {BundleFile} from "./contract.ts";
import {escapeHtml} from "./escape.ts";
import {blockHtml, statusHtml, type Way} from "./html-blocks.ts";
import type {Block, PageModel, Section} from "./page-model.ts";

/** What a page carries inside itself, so that it opens from disk without a network. */
export interface PageAssets {
  readonly css: string;
  /** Opens a page by its key; stands only in bundles of several pages. */
  readonly script: string;
  /** Public Sans as WOFF2, by weight. */
  readonly fonts: readonly {readonly weight: number; readonly woff2: Uint8Array}[];
}

/** Weights that the page of a segment prints with: its drawings' and no more. */
const sheetWeights = [400, 600];

/** A segment is to fit one sheet. A name for its pages would say so too, but makes browsers break before its tables. */
const narrowMargins = "@media print{@page{margin:14mm 13mm 12mm}}";

/** One HTML page. */
interface Page {
  /** Relative to the bundle's folder. */
  readonly file: string;
  /** The section that stands on it alone; null for the overview. */
  readonly own: Section | null;
  readonly heading: string;
  /** Beside the heading, smaller. */
  readonly under: string;
  readonly style: string;
  /** Null where there is nothing to choose. */
  readonly script: string | null;
}

/**
 * The report as HTML: index.html, and a file for each section that has a page of its own. Each stands alone: nothing
 * is fetched, and its policy allows its own style and script by their hashes, nothing else.
 */
export function renderHtml(model: PageModel, assets: PageAssets): BundleFile[] {
  const own = model.sections.filter(({page}) => page !== undefined);
  const lean = {...assets, fonts: assets.fonts.filter(({weight}) => sheetWeights.includes(weight))};
  const sheetStyle = `${styleText(model, lean)}\n${narrowMargins}`;
  const script = own.length === 0 ? null : assets.script;
  const overview: Page = {
    file: "index.html",
    own: null,
    heading: model.title,
    under: model.subtitle,
    style: styleText(model, assets),
    script
  };
  const sheets = own.map((section): Page => {
    const under = `${model.title}, ${model.subtitle}`;
    return {file: section.page!.file, own: section, heading: section.title, under, style: sheetStyle, script};
  });
  return [overview, ...sheets].map((page) => ({path: page.file, contents: pageHtml(model, page)}));
}

function pageHtml(model: PageModel, {file, own, heading, under, style, script}: Page): string {
  const scripts = script === null ? "" : ` script-src 'sha256-${hashOf(script)}';`;
  const policy =
    `default-src 'none'; style-src 'sha256-${hashOf(style)}';${scripts} font-src data:; img-src data:; ` +
    "base-uri 'none'; form-action 'none'";
  const title = `${heading}, ${under}${model.draft ? " (draft)" : ""} \u2013 ${model.project}`;
  const way = linkFrom(model, file);
  const sections = model.sections.filter(isOverview);
  const contents = own === null ? `<nav aria-label="Contents">${contentsHtml(sections)}</nav>` : "";
  const chooser = script === null ? "" : chooserHtml(model, file);
  const main =
    own === null ? sections.map((section) => sectionHtml(section, 2, way)).join("\n") : sheetHtml(own.blocks, way);
  const facts = own === null ? model.facts : model.facts.filter(({overview_only}) => overview_only !== true);
  return `<!doctype html>
<html lang="${model.language}"${own === null ? "" : ' class="sheet"'}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
${marksHtml(model)}
<header class="top">
<p class="project">${escapeHtml(model.project)}</p>
<h1>${escapeHtml(heading)} <span>${escapeHtml(under)}</span></h1>
${blockHtml({kind: "facts", items: facts}, 2, way)}
</header>
<div class="columns">
${chooser === "" ? contents : `<div class="side">${contents}${chooser}</div>`}
<main id="content" tabindex="-1">
${main}
</main>
</div>
<footer>${model.notice === null ? "" : `<p>${escapeHtml(model.notice)}</p>`}<p>${escapeHtml(model.title)}, ${escapeHtml(model.subtitle)}</p></footer>${script === null ? "" : `\n<script>${script}</script>`}
</body>
</html>
`;
}

/** What is told, and the charts that stand beside it where a screen is wide enough. */
function sheetHtml(blocks: readonly Block[], way: Way): string {
  const html = (some: readonly Block[]) => some.map((block) => blockHtml(block, 2, way)).join("\n");
  const charts = blocks.filter(({kind}) => kind === "charts");
  return `<div class="told">${html(blocks.filter(({kind}) => kind !== "charts"))}</div>\n${html(charts)}`;
}

/** DRAFT and synthetic: on the screen while scrolling, on paper on every sheet. */
function marksHtml({draft, synthetic}: PageModel): string {
  const marks = [
    draft ? '<strong class="draft">DRAFT</strong>' : "",
    synthetic === null ? "" : `<span class="synthetic">${escapeHtml(synthetic)}</span>`
  ].filter((mark) => mark !== "");
  return marks.length === 0
    ? ""
    : `<aside class="marks" aria-label="Standing of this report">${marks.join(" ")}</aside>`;
}

function contentsHtml(sections: readonly Section[]): string {
  const entry = ({id, title, listed}: Section) =>
    `<li><a href="#${escapeHtml(id)}">${escapeHtml(listed?.as ?? title)}</a></li>`;
  const entries = sections.map((section, index) => {
    const under = section.listed?.under;
    if (under === undefined) return entry(section);
    const begins = sections[index - 1]?.listed?.under !== under;
    const ends = sections[index + 1]?.listed?.under !== under;
    return `${begins ? `<li><span class="under">${escapeHtml(under)}</span><ul class="inner">` : ""}${entry(section)}${ends ? "</ul></li>" : ""}`;
  });
  return `<ul>${entries.join("")}</ul>`;
}

function sectionHtml(section: Section, level: number, way: Way): string {
  const {id, title, status, blocks, sections, compact} = section;
  const mark = status === null ? "" : ` ${statusHtml(status)}`;
  return (
    `<section class="level-${level}${compact === true ? " compact" : ""}" id="${escapeHtml(id)}" aria-labelledby="${escapeHtml(id)}-title">` +
    `<h${level} id="${escapeHtml(id)}-title">${escapeHtml(title)}${mark}</h${level}>\n` +
    `${compact === true ? compactHtml(blocks, level + 1, way) : blocksHtml(blocks, level + 1, way)}\n` +
    `${sections.map((inner) => sectionHtml(inner, level + 1, way)).join("\n")}</section>`
  );
}

function blocksHtml(blocks: readonly Block[], level: number, way: Way): string {
  return blocks.map((block) => blockHtml(block, level, way)).join("\n");
}

/** Narrow charts stand beside the words where a screen is wide enough; wide ones and tables under both. */
function compactHtml(blocks: readonly Block[], level: number, way: Way): string {
  const isBeside = (block: Block) => block.kind === "chart" && block.narrow_svg === null;
  const isUnder = (block: Block) => block.kind === "table" || block.kind === "chart" || block.kind === "charts";
  const beside = blocks.filter(isBeside);
  if (beside.length === 0) return blocksHtml(blocks, level, way);
  const told = blocks.filter((block) => !isUnder(block));
  const under = blocks.filter((block) => isUnder(block) && !isBeside(block));
  return [
    `<div class="beside"><div>${blocksHtml(told, level, way)}</div>\n<div>${blocksHtml(beside, level, way)}</div></div>`,
    ...(under.length === 0 ? [] : [blocksHtml(under, level, way)])
  ].join("\n");
}

function styleText({draft, synthetic}: PageModel, {css, fonts}: PageAssets): string {
  const faces = fonts.map(
    ({weight, woff2}) =>
      `@font-face{font-family:"Public Sans";font-style:normal;font-weight:${weight};font-display:swap;` +
      `src:url(data:font/woff2;base64,${Buffer.from(woff2).toString("base64")}) format("woff2")}`
  );
  const marks = [draft ? "DRAFT" : null, synthetic].filter((mark) => mark !== null).join(" \u00b7 ");
  return [...faces, css, ...(marks === "" ? [] : [everySheet(marks)])].join("\n");
}

/** On paper the marks stand in the margin of every sheet; a style sheet can't take them from the page. */
function everySheet(marks: string): string {
  const text = marks.replaceAll(/["\\<\n\r]/g, " ");
  return `@media print{@page{@top-right{content:"${text}";font:600 8pt "Public Sans",sans-serif;color:#4a3200}}}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
