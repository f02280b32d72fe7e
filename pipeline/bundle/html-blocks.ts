import type {Status} from "../attainment/contract.ts";
import {type ChartTable, statusMarks} from "../charts/contract.ts";
import {escapeHtml} from "./escape.ts";
import type {Block, Cell, ChartBlock, Item, TableBlock} from "./page-model.ts";
import {statusWord} from "./words.ts";

/**
 * One block of the model as HTML. Adds structure, never a word.
 *
 * @param level Of a heading inside the block, 2 to 6.
 */
export function blockHtml(block: Block, level: number): string {
  switch (block.kind) {
    case "text":
      return `<p class="${block.style}">${escapeHtml(block.text)}</p>`;
    case "heading":
      return `<h${level} class="part">${escapeHtml(block.text)}</h${level}>`;
    case "tally":
      return `<ul class="tally">${block.items
        .map(({status, count}) => `<li><b>${escapeHtml(count)}</b> ${statusHtml(status)}</li>`)
        .join("")}</ul>`;
    case "items":
      return `<ul class="items">${block.items.map(itemHtml).join("")}</ul>`;
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
      return tableHtml(block);
    case "chart":
      return chartHtml(block);
  }
}

/** Shape, word and colour together: never by colour alone. */
export function statusHtml(status: Status): string {
  const {path, colour} = statusMarks[status];
  return (
    `<span class="status"><svg viewBox="-1.1 -1.1 2.2 2.2" width="13" height="13" aria-hidden="true" focusable="false">` +
    `<path d="${path}" fill="${colour}"/></svg>${escapeHtml(statusWord(status))}</span>`
  );
}

function itemHtml({title, section, status, text}: Item): string {
  const mark = status === null ? "" : `${statusHtml(status)} `;
  return `<li>${mark}<strong>${link(title, section)}</strong> <span class="said">${escapeHtml(text)}</span></li>`;
}

function tableHtml({id, caption, columns, groups, narrow}: TableBlock): string {
  const head = columns
    .map(({title, numeric}) => `<th scope="col" role="columnheader"${numericClass(numeric)}>${escapeHtml(title)}</th>`)
    .join("");
  const bodies = groups.map(({title, rows}) => {
    const group =
      title === null
        ? ""
        : `<tr class="group" role="row"><th scope="rowgroup" role="rowheader" colspan="${columns.length}">` +
          `${escapeHtml(title)}</th></tr>`;
    return `<tbody role="rowgroup">${group}${rows.map((cells) => rowHtml(cells, columns)).join("")}</tbody>`;
  });
  // The roles repeat what the elements say: a browser forgets it once a phone's style sheet shows rows as cards.
  return (
    `<div class="frame ${narrow}" role="region" aria-labelledby="${escapeHtml(id)}-caption" tabindex="0">` +
    `<table role="table" id="${escapeHtml(id)}"><caption id="${escapeHtml(id)}-caption">${escapeHtml(caption)}</caption>` +
    `<thead role="rowgroup"><tr role="row">${head}</tr></thead>${bodies.join("")}</table></div>`
  );
}

function rowHtml(cells: readonly Cell[], columns: TableBlock["columns"]): string {
  const inner = cells.map((cell, index) => {
    const {title, numeric} = columns[index]!;
    if (index === 0) return `<th scope="row" role="rowheader">${cellHtml(cell)}</th>`;
    return `<td role="cell" data-label="${escapeHtml(title)}"${numericClass(numeric)}>${cellHtml(cell)}</td>`;
  });
  return `<tr role="row">${inner.join("")}</tr>`;
}

function cellHtml({status, text, note, section}: Cell): string {
  const parts = [
    status === null ? "" : statusHtml(status),
    text === "" ? "" : `<span class="value">${link(text, section)}</span>`,
    note === null ? "" : `<small>${escapeHtml(note)}</small>`
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function chartHtml({id, title, svg, narrow_svg, table, table_title}: ChartBlock): string {
  return (
    `<figure class="chart"><figcaption>${escapeHtml(title)}</figcaption>` +
    `<div class="drawing"><div class="wide">${inlineSvg(svg)}</div><div class="narrow">${inlineSvg(narrow_svg)}</div></div>` +
    `<details><summary>${escapeHtml(table_title)}</summary>${chartTableHtml(id, title, table)}</details></figure>`
  );
}

function chartTableHtml(id: string, title: string, {columns, rows}: ChartTable): string {
  return tableHtml({
    kind: "table",
    id: `numbers-${id}`,
    caption: title,
    columns,
    groups: [
      {title: null, rows: rows.map((cells) => cells.map((text) => ({status: null, text, note: null, section: null})))}
    ],
    widths: [],
    narrow: "scroll"
  });
}

/**
 * A finished drawing inside the page. The page's policy would silently drop a style or a script of its own, so their
 * coming is a bug of the chart.
 */
function inlineSvg(svg: string): string {
  const forbidden =
    /<script|<style|<foreignObject|\sstyle=|\son[a-z]+=|javascript:|(?:href|src)\s*=\s*["'](?!#|data:image\/)/i.exec(
      svg
    );
  if (forbidden !== null) throw new Error(`a chart's SVG holds ${forbidden[0].trim()}, which no page may carry`);
  return svg.replace(/^<\?xml[^>]*>\s*/, "").replace(/^<!DOCTYPE[^>]*>\s*/i, "");
}

function link(text: string, section: string | null): string {
  return section === null ? escapeHtml(text) : `<a href="#${escapeHtml(section)}">${escapeHtml(text)}</a>`;
}

function numericClass(numeric: boolean): string {
  return numeric ? ' class="number"' : "";
}
