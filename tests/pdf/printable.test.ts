import {createRequire} from "node:module";
import type {Font} from "fontkit";
import {beforeAll, describe, expect, test} from "vitest";
import {type BundleAssets, readAssets} from "../../pipeline/bundle/assets.ts";
import type {PageModel, TextBlock} from "../../pipeline/bundle/page-model.ts";
import {knownCharacters, printable} from "../../pipeline/bundle/printable.ts";

const {create} = createRequire(import.meta.url)("fontkit") as typeof import("fontkit");

describe("What is printed", () => {
  let assets: BundleAssets;
  beforeAll(async () => {
    assets = await readAssets();
  });

  const modelOf = (text: string): PageModel => {
    const block: TextBlock = {kind: "text", style: "body", text};
    const section = {id: "a", title: "A", new_page: false, status: null, blocks: [block], sections: []};
    return {
      language: "en",
      project: "P",
      title: "a-title-that-is-longer-than-fifteen",
      subtitle: "",
      facts: [],
      draft: true,
      synthetic: null,
      notice: null,
      sections: [section]
    };
  };
  const printed = (text: string) => {
    const {json, unprintable} = printable(modelOf(text), assets.truetype[0]!);
    const {sections} = JSON.parse(json) as PageModel;
    return {text: (sections[0]!.blocks[0] as TextBlock).text, unprintable};
  };

  test("what is taken for known stands in every weight of the font", () => {
    for (const truetype of assets.truetype) {
      const font = create(truetype) as Font;
      const lacking = [...knownCharacters].filter((character) => !font.hasGlyphForCodePoint(character.codePointAt(0)!));
      expect(lacking).toEqual([]);
    }
  });

  test.each([
    ["letters of other languages are looked up", "\u0141\u00f3d\u017a", "\u0141\u00f3d\u017a", []],
    ["a letter and its accent are one", "e\u0301", "\u00e9", []],
    ["no shape, a question mark, said once", "\u{1f694} \u0639 \u{1f694}", "? ? ?", ["\u0639", "\u{1f694}"]],
    ["line ends and tabs are blanks", "a\nb\tc", "a b c", []],
    ["a control character has no shape", "a\u0007b", "a?b", ["\u0007"]],
    ["half a pair has none", "a\ud83d", "a?", ["\ud83d"]]
  ])("%s", (_, given, text, unprintable) => {
    expect(printed(given)).toEqual({text, unprintable});
  });

  test.each([
    ["a short word is left alone", "in-2023.csv", "in-2023.csv"],
    ["after marks of names of files", "extract-2023.01/part.csv", "extract-|2023.|01/|part.|csv"],
    ["anywhere in a very long part", "w".repeat(23), "w".repeat(23).split("").join("|")],
    ["not between a letter and its accent", `${"w".repeat(22)}q\u0301`, `${"w|".repeat(22)}q\u0301`],
    ["word by word", "one extract-of-2023.csv two", "one extract-|of-|2023.|csv two"]
  ])("breaks: %s", (_, given, expected) => {
    expect(printed(given).text.replaceAll("\u200b", "|")).toBe(expected);
  });

  test("the report's own title is no name of a file", () => {
    const {json} = printable(modelOf(""), assets.truetype[0]!);
    expect((JSON.parse(json) as PageModel).title).toBe("a-title-that-is-longer-than-fifteen");
  });
});
