import {type Box, overlap, textBox} from "../../pipeline/charts/placement.ts";

export interface SvgText {
  readonly text: string;
  readonly box: Box;
}

/** Every text of an SVG with the rectangle its letters stand in, in the picture's own coordinates; as they are read, line by line. */
export function textsOf(svg: string): SvgText[] {
  const texts: SvgText[] = [];
  const groups: Group[] = [{x: 0, y: 0, look: {}}];
  for (const [, tag = "", attributes = "", text = ""] of svg.matchAll(/<(\/?[a-z]+)([^>]*)>([^<]*)/gi)) {
    const here = within(groups.at(-1)!, attributes);
    if (tag === "g") groups.push(here);
    if (tag === "/g") groups.pop();
    if (tag !== "text" || text === "") continue;
    const {"text-anchor": anchor, "font-weight": weight, "font-size": size = "0"} = here.look;
    const box = textBox({
      x: here.x + Number(attribute(attributes, "x") ?? 0),
      y: here.y + Number(attribute(attributes, "y") ?? 0),
      text: text.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
      size: Number.parseFloat(size),
      weight: weight === "600" ? 600 : 400,
      colour: "",
      align: anchor === "end" ? "right" : anchor === "middle" ? "center" : "left"
    });
    texts.push({text, box});
  }
  return texts.sort((a, b) => a.box.bottom - b.box.bottom || a.box.left - b.box.left);
}

/** What an element leaves to those in it. */
interface Group {
  readonly x: number;
  readonly y: number;
  readonly look: Readonly<Record<string, string>>;
}

function within({x, y, look}: Group, attributes: string): Group {
  const moved = /translate\(([-\d.e]+),([-\d.e]+)\)/.exec(attributes);
  const own = ["text-anchor", "font-weight", "font-size"].flatMap((name) => {
    const value = attribute(attributes, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {x: x + Number(moved?.[1] ?? 0), y: y + Number(moved?.[2] ?? 0), look: {...look, ...Object.fromEntries(own)}};
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
