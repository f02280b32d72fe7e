import type {Chart} from "./contract.ts";

/**
 * Vega's SVG, made fit to stand among others: ids numbered in order of appearance (Vega counts through the whole
 * process) behind the chart's own, its many roles taken out, a name and a description put in.
 */
export function standalone(svg: string, {id, title, alt_text}: Pick<Chart, "id" | "title" | "alt_text">): string {
  const ids = new Map<string, string>();
  for (const [, old] of svg.matchAll(/ id="([^"]+)"/g)) ids.set(old!, `${id}-${ids.size + 1}`);
  const named = svg
    .replace(
      / (id|href|xlink:href|clip-path|fill|stroke|mask)="(url\(#|#)?([^")]+)(\))?"/g,
      (whole, name, open, old, close) => {
        const renamed = ids.get(old);
        if (renamed === undefined || (open === undefined && name !== "id")) return whole;
        return ` ${name}="${open ?? ""}${renamed}${close ?? ""}"`;
      }
    )
    .replace(/ (role|aria-[a-z]+|class|pointer-events)="[^"]*"/g, "")
    .replace(/ xmlns:xlink="[^"]*"/, svg.includes("xlink:href") ? "$&" : "");
  return labelled(named, {id, title, alt_text});
}

/** A drawing with its name and its description put in. */
export function labelled(svg: string, {id, title, alt_text}: Pick<Chart, "id" | "title" | "alt_text">): string {
  const label = `role="img" aria-labelledby="${id}-title ${id}-desc"`;
  const words = `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(alt_text)}</desc>`;
  return svg.replace(/^<svg([^>]*)>/, (_, attributes) => `<svg${attributes} ${label}>${words}`);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
