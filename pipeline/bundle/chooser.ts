import {escapeHtml} from "./escape.ts";
import type {Way} from "./html-blocks.ts";
import {anchorsOf, type OwnPage, type PageModel, type Section} from "./page-model.ts";

/** Where all sections without a page of their own stand, and the key that leads there. */
const overview = {file: "index.html", name: "Overview", key: "0"} as const;

/** Letters first: the city, its bureaus and Areas are 26. */
const keys = "abcdefghijklmnopqrstuvwxyz123456789";

/** The one key that opens the page at this place among all pages, from 0; null where there are more pages than keys. */
export function pageKey(at: number): string | null {
  return keys[at] ?? null;
}

/** Whether a section stands on the overview. */
export function isOverview({page}: Section): boolean {
  return page === undefined;
}

/** Ways from one page of the report to sections, wherever they stand; a page of one section opens at its top. */
export function linkFrom({sections}: PageModel, from: string): Way {
  const files = new Map<string, string>();
  const enter = (entered: Section, file: string) => {
    for (const id of anchorsOf(entered)) files.set(id, file);
    for (const section of entered.sections) enter(section, file);
  };
  for (const section of sections) enter(section, section.page?.file ?? overview.file);
  const heads = new Set(sections.filter(({page}) => page !== undefined).map(({id}) => id));
  return (section) => {
    const file = files.get(section) ?? from;
    const anchor = heads.has(section) ? "" : `#${section}`;
    return file === from ? anchor || "#content" : `${relative(from, file)}${anchor}`;
  };
}

/**
 * The list of all pages, each with the key that opens it, and the ways to the page before and after. It works by its
 * links; the script adds the keys, shows them, and lets them be switched off.
 */
export function chooserHtml({sections}: PageModel, from: string): string {
  const pages = sections.flatMap(({page}) => (page === undefined ? [] : [page]));
  const items = [{...overview, begins: false}, ...pages].map(
    (page) => `<li${page.begins ? ' class="begins"' : ""}>${pageLink(page, from)}</li>`
  );
  return (
    `<nav class="chooser" aria-label="Pages">${stepsHtml([overview, ...pages], from)}` +
    `<details open><summary>All pages</summary><ul>${items.join("")}</ul></details>` +
    `<p class="switch" hidden><label><input type="checkbox" checked> Open pages with one key</label> ` +
    `<output data-on="Keys are on." data-off="Keys are off."></output></p></nav>`
  );
}

function stepsHtml(pages: readonly Pick<OwnPage, "file" | "name">[], from: string): string {
  const at = pages.findIndex(({file}) => file === from);
  const step = (index: number, title: string, rel: string, key: string, path: string) => {
    const page = pages[index];
    if (page === undefined) return "";
    const name = `<span class="where">${title}</span> ${escapeHtml(page.name)}`;
    return `<li><a rel="${rel}" href="${escapeHtml(relative(from, page.file))}" data-key="${key}">${name} ${arrow(path)}</a></li>`;
  };
  return `<ul class="steps">${step(at - 1, "Previous:", "prev", "ArrowLeft", "M9 5H1.5M5 1.5L1.5 5L5 8.5")}${step(at + 1, "Next:", "next", "ArrowRight", "M1 5H8.5M5 1.5L8.5 5L5 8.5")}</ul>`;
}

function pageLink({file, name, key}: Pick<OwnPage, "file" | "name" | "key">, from: string): string {
  const current = file === from ? ' aria-current="page"' : "";
  const pressed = key === null ? "" : ` data-key="${escapeHtml(key)}"`;
  return (
    `<a href="${escapeHtml(relative(from, file))}"${pressed}${current}>` +
    `<span>${escapeHtml(name)}</span>${key === null ? "" : ` ${kbd(key)}`}</a>`
  );
}

/** For the eye; whom the page is read to, the script tells by `aria-keyshortcuts`. */
function kbd(key: string): string {
  return `<kbd aria-hidden="true">${escapeHtml(key)}</kbd>`;
}

/** Drawn, for the font that the page brings has no arrows. */
function arrow(path: string): string {
  return (
    `<kbd aria-hidden="true"><svg viewBox="0 0 10 10" width="12" height="12" focusable="false">` +
    `<path d="${path}" fill="none" stroke="currentColor" stroke-width="1.6"/></svg></kbd>`
  );
}

/** relative("areas/area-8.html", "index.html") //=> "../index.html" */
function relative(from: string, to: string): string {
  const up = from.split("/").slice(0, -1);
  const down = to.split("/");
  while (up.length > 0 && down.length > 1 && up[0] === down[0]) {
    up.shift();
    down.shift();
  }
  return [...up.map(() => ".."), ...down].join("/");
}
