import type {ChartTable} from "../charts/contract.ts";
import {formatCount} from "../format/numbers.ts";
import {escapeHtml} from "./escape.ts";
import type {Block, Cell, ChartBlock, Column, Item, Standing, TableBlock} from "./page-model.ts";
import {marks, statusWord} from "./words.ts";

/** The way from the page that is written to a section, in the same file or in another. */
export type Way = (section: string) => string;

/**
 * One block of the model as HTML. Adds structure, never a word.
 *
 * @param level Of a heading inside the block, 2 to 6.
 */
export function blockHtml(block: Block, level: number, way: Way): string {
  switch (block.kind) {
    case "text":
      return block.paper_only === true ? "" : `<p class="${block.style}">${escapeHtml(block.text)}</p>`;
    case "heading":
      return `<h${level} class="part">${escapeHtml(block.text)}</h${level}>`;
    case "tally":
      return `<ul class="tally">${block.items
        .map(({status, count}) => `<li><b>${escapeHtml(count)}</b> ${statusHtml(status)}</li>`)
        .join("")}</ul>`;
    case "items":
      return `<ul class="items">${block.items.map((item) => itemHtml(item, way)).join("")}</ul>`;
    case "figures":
      return `<dl class="figures">${block.items
        .map(
          ({term, value, note}) =>
            `<div><dt>${escapeHtml(term)}</dt><dd><b>${escapeHtml(value)}</b> <span>${escapeHtml(note)}</span></dd></div>`
        )
        .join("")}</dl>`;
    case "facts":
      return `<dl class="facts">${block.items
        .map(({term, value}) => `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`)
        .join("")}</dl>`;
    case "table":
      return block.folded === true ? foldedHtml(block, way) : tableHtml(block, way);
    case "chart":
      return chartHtml(block);
    case "charts":
      return `<div class="charts">${block.items.map(chartHtml).join("\n")}</div>`;
  }
}

/** Shape, word and colour together: never by colour alone. */
export function statusHtml(status: Standing): string {
  const {path, colour} = marks[status];
  return (
    `<span class="status"><svg viewBox="-1.1 -1.1 2.2 2.2" width="13" height="13" aria-hidden="true" focusable="false">` +
    `<path d="${path}" fill="${colour}"/></svg>${escapeHtml(statusWord(status))}</span>`
  );
}

function itemHtml({title, section, status, text}: Item, way: Way): string {
  const mark = status === null ? "" : `${statusHtml(status)} `;
  return `<li>${mark}<strong>${link(title, section, way)}</strong> <span class="said">${escapeHtml(text)}</span></li>`;
}

function tableHtml(table: TableBlock, way: Way): string {
  const {id, caption, columns, groups, narrow, dense, screen_only} = table;
  // Repeats what the elements say: a browser forgets it once a phone's style sheet shows rows as cards.
  const role = (name: string) => (narrow === "cards" ? ` role="${name}"` : "");
  const head = columns
    .map((column) => `<th scope="col"${role("columnheader")}${classesOf(column)}>${headHtml(column)}</th>`)
    .join("");
  const bodies = groups.map(({title, rows}) => {
    const group =
      title === null
        ? ""
        : `<tr class="group"${role("row")}><th scope="rowgroup"${role("rowheader")} colspan="${columns.length}">` +
          `${escapeHtml(title)}</th></tr>`;
    return `<tbody${role("rowgroup")}>${group}${rows.map((cells) => rowHtml(cells, table, way)).join("")}</tbody>`;
  });
  return (
    `<div class="frame ${narrow}${dense === true ? " dense" : ""}${screen_only === true ? " screen-only" : ""}" role="region" aria-labelledby="${escapeHtml(id)}-caption" tabindex="0">` +
    `<table${role("table")} id="${escapeHtml(id)}"><caption id="${escapeHtml(id)}-caption">${escapeHtml(caption)}</caption>` +
    `<thead${role("rowgroup")}><tr${role("row")}>${head}</tr></thead>${bodies.join("")}</table></div>`
  );
}

function foldedHtml(table: TableBlock, way: Way): string {
  const rows = table.groups.reduce((count, group) => count + group.rows.length, 0);
  const summary = `${escapeHtml(table.caption)}: ${formatCount(rows)}`;
  return `<details class="fold"><summary>${summary}</summary>${tableHtml(table, way)}</details>`;
}

function headHtml({title, note}: Column): string {
  return note === undefined ? escapeHtml(title) : `${escapeHtml(title)} <small>${unbroken(note)}</small>`;
}

/** Browsers break behind a dash, which would leave "2\u2013" alone. */
function unbroken(note: string): string {
  const words = note.split(" ").map(escapeHtml);
  return words.map((word) => (word.includes("\u2013") ? `<span class="whole">${word}</span>` : word)).join(" ");
}

function rowHtml(cells: readonly Cell[], {columns, narrow}: TableBlock, way: Way): string {
  const isCard = narrow === "cards";
  const inner = cells.map((cell, index) => {
    const column = columns[index]!;
    const id = cell.anchor === undefined ? "" : ` id="${escapeHtml(cell.anchor)}"`;
    const html = cellHtml(cell, column, isCard, way);
    if (index === 0) return `<th scope="row"${isCard ? ' role="rowheader"' : ""}${id}>${html}</th>`;
    const label = isCard ? ` role="cell" data-label="${escapeHtml(column.title)}"` : "";
    return `<td${label}${classesOf(column)}>${html}</td>`;
  });
  const total = cells[0]?.total === true ? ' class="total"' : "";
  return `<tr${total}${isCard ? ' role="row"' : ""}>${inner.join("")}</tr>`;
}

function cellHtml({status, text, note, section, way: went}: Cell, {ways}: Column, isCard: boolean, way: Way): string {
  const room = ways === true && text !== "";
  const value = link(text, section, way);
  const parts = [
    status === null ? "" : statusHtml(status),
    isCard && text !== "" ? `<span class="value">${value}</span>` : value,
    room ? `<span class="way${went === undefined ? "" : ` ${went}`}">${went ?? ""}</span>` : "",
    note === null ? "" : `<small>${escapeHtml(note)}</small>`
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function chartHtml({id, title, svg, narrow_svg, table, table_title, screen_only}: ChartBlock): string {
  const drawings =
    narrow_svg === null
      ? `<div class="every">${inlineSvg(svg)}</div>`
      : `<div class="wide">${inlineSvg(svg)}</div><div class="narrow">${inlineSvg(narrow_svg)}</div>`;
  return (
    `<figure class="chart${screen_only === true ? " screen-only" : ""}"><figcaption>${escapeHtml(title)}</figcaption>` +
    `<div class="drawing">${drawings}</div>` +
    `<details><summary>${escapeHtml(table_title)}</summary>${chartTableHtml(id, title, table)}</details></figure>`
  );
}

/** Thousands of cells in a long report, most of them numbers: what is none says so, and a number nothing. */
function chartTableHtml(id: string, title: string, {columns, rows}: ChartTable): string {
  const table = escapeHtml(`numbers-${id}`);
  const words = columns.map(({numeric}) => (numeric ? "" : ' class="words"'));
  const head = columns.map((column, at) => `<th scope="col"${words[at]}>${escapeHtml(column.title)}</th>`).join("");
  const lines = rows.map(([first = "", ...rest]) => {
    const cells = rest.map((cell, at) => `<td${words[at + 1]}>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${escapeHtml(first)}</th>${cells}</tr>`;
  });
  return (
    `<div class="frame scroll numbers" role="region" aria-labelledby="${table}-caption" tabindex="0">` +
    `<table id="${table}"><caption id="${table}-caption">${escapeHtml(title)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${lines.join("")}</tbody></table></div>`
  );
}

/**
 * A finished drawing inside the page. The page's policy would silently drop a style or a script of its own, so their
 * coming is a bug of the chart. Words of users stand between its tags, and may be any.
 */
function inlineSvg(svg: string): string {
  if (suspect.test(svg)) refuseForbidden(svg);
  return svg.replace(/^<\?xml[^>]*>\s*/, "").replace(/^<!DOCTYPE[^>]*>\s*/i, "");
}

/** What no drawing can be forbidden without: most have none of it, and megabytes of tags need not be taken apart. */
const suspect = /<\/?(?:script|style|foreignObject)|\b(?:style|on\w*|href|src)\s*=/i;

function refuseForbidden(svg: string): void {
  for (const [tag, name] of svg.matchAll(/<\/?([a-z][\w:-]*)(?:[^>"']|"[^"]*"|'[^']*')*>/gi)) {
    const attributes = [...tag.matchAll(/\s([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
    const forbidden = /^(?:script|style|foreignObject)$/i.test(name!)
      ? `<${name}`
      : attributes.find(([, key, double, single]) => isForbidden(key!, double ?? single ?? ""))?.[0].trim();
    if (forbidden !== undefined) throw new Error(`a chart's SVG holds ${forbidden}, which no page may carry`);
  }
}

/** What would run, be dropped by the policy, or lead out of the page. */
function isForbidden(attribute: string, value: string): boolean {
  if (/^(?:style$|on)/i.test(attribute)) return true;
  return /(?:^|:)(?:href|src)$/i.test(attribute) && !/^(?:#|data:image\/)/.test(value);
}

function link(text: string, section: string | null, way: Way): string {
  return section === null ? escapeHtml(text) : `<a href="${escapeHtml(way(section))}">${escapeHtml(text)}</a>`;
}

function classesOf({numeric, begins, ways}: Column): string {
  const names = [numeric ? "number" : "", begins === true ? "begins" : "", ways === true ? "ways" : ""];
  const classes = names.filter((name) => name !== "").join(" ");
  return classes === "" ? "" : ` class="${classes}"`;
}
