import {createHash} from "node:crypto";
import {escapeHtml} from "./escape.ts";
import {blockHtml, statusHtml} from "./html-blocks.ts";
import type {PageModel, Section} from "./page-model.ts";

/** What the page carries inside itself, so that it opens from disk without a network. */
export interface PageAssets {
  readonly css: string;
  /** Public Sans as WOFF2, by weight. */
  readonly fonts: readonly {readonly weight: number; readonly woff2: Uint8Array}[];
}

/** The report as one file: no script, nothing fetched, a policy that would refuse both. */
export function renderHtml(model: PageModel, assets: PageAssets): string {
  const style = styleText(model, assets);
  const hash = createHash("sha256").update(style).digest("base64");
  const policy =
    `default-src 'none'; style-src 'sha256-${hash}'; font-src data:; img-src data:; ` +
    "base-uri 'none'; form-action 'none'";
  const title = `${model.title}, ${model.subtitle}${model.draft ? " (draft)" : ""} \u2013 ${model.project}`;
  return `<!doctype html>
<html lang="${model.language}">
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
<h1>${escapeHtml(model.title)} <span>${escapeHtml(model.subtitle)}</span></h1>
${blockHtml({kind: "facts", items: model.facts}, 2)}
</header>
<div class="columns">
<nav aria-label="Contents">${contentsHtml(model.sections)}</nav>
<main id="content" tabindex="-1">
${model.sections.map((section) => sectionHtml(section, 2)).join("\n")}
</main>
</div>
<footer>${model.notice === null ? "" : `<p>${escapeHtml(model.notice)}</p>`}<p>${escapeHtml(model.title)}, ${escapeHtml(model.subtitle)}</p></footer>
</body>
</html>
`;
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
  return `<ul>${sections
    .map(({id, title}) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(title)}</a></li>`)
    .join("")}</ul>`;
}

function sectionHtml({id, title, status, blocks, sections}: Section, level: number): string {
  const mark = status === null ? "" : ` ${statusHtml(status)}`;
  return (
    `<section class="level-${level}" id="${escapeHtml(id)}" aria-labelledby="${escapeHtml(id)}-title">` +
    `<h${level} id="${escapeHtml(id)}-title">${escapeHtml(title)}${mark}</h${level}>\n` +
    `${blocks.map((block) => blockHtml(block, level + 1)).join("\n")}\n` +
    `${sections.map((inner) => sectionHtml(inner, level + 1)).join("\n")}</section>`
  );
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
