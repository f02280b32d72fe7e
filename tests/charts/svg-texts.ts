import {type Box, overlap, textBox} from "../../pipeline/charts/placement.ts";

export interface SvgText {
  readonly text: string;
  readonly box: Box;
}

/** Every text of an SVG with the rectangle its letters stand in, in the picture's own coordinates. */
export function textsOf(svg: string): SvgText[] {
  const texts: SvgText[] = [];
  const offsets: {x: number; y: number}[] = [{x: 0, y: 0}];
  for (const [, tag = "", attributes = "", text = ""] of svg.matchAll(/<(\/?[a-z]+)([^>]*)>([^<]*)/gi)) {
    const at = offsets.at(-1)!;
    const moved = /translate\(([-\d.e]+),([-\d.e]+)\)/.exec(attributes);
    const here = {x: at.x + Number(moved?.[1] ?? 0), y: at.y + Number(moved?.[2] ?? 0)};
    if (tag === "g") offsets.push(here);
    if (tag === "/g") offsets.pop();
    if (tag !== "text" || text === "") continue;
    const anchor = attribute(attributes, "text-anchor") ?? "start";
    const weight = attribute(attributes, "font-weight");
    const box = textBox({
      ...here,
      text: text.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
      size: Number.parseFloat(attribute(attributes, "font-size") ?? "0"),
      weight: weight === "600" ? 600 : 400,
      colour: "",
      align: anchor === "end" ? "right" : anchor === "middle" ? "center" : "left"
    });
    texts.push({text, box});
  }
  return texts;
}

/** What a reader could not read: texts cut off by the picture's edge, and texts upon each other. */
export function unreadable(svg: string): string[] {
  const texts = textsOf(svg);
  const [, width = "0", height = "0"] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const faults = texts
    .filter(({box}) => box.left < -0.5 || box.top < -0.5 || box.right > +width + 0.5 || box.bottom > +height + 0.5)
    .map(({text, box}) => `"${text}" is cut off: ${JSON.stringify(box)} in ${width} x ${height}`);
  for (const [index, a] of texts.entries()) {
    for (const b of texts.slice(index + 1)) {
      if (overlap(a.box, b.box)) faults.push(`"${a.text}" lies on "${b.text}"`);
    }
  }
  return faults;
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];
}
