import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";
import { describe, expect, it } from "vitest";

import { bookedEn } from "../src/words/booked_en";
import { bookedFr } from "../src/words/booked_fr";
import { en as enOfAll } from "../src/words/en";
import { fr as frOfAll } from "../src/words/fr";
import { privacyEn } from "../src/words/privacy_en";
import { privacyFr } from "../src/words/privacy_fr";
import { roundsEn } from "../src/words/rounds_en";
import { roundsFr } from "../src/words/rounds_fr";
import { staffEn } from "../src/words/staff_en";
import { staffFr } from "../src/words/staff_fr";

const fr = { ...frOfAll, ...bookedFr, ...privacyFr, ...roundsFr, ...staffFr };
const en = { ...enOfAll, ...bookedEn, ...privacyEn, ...roundsEn, ...staffEn };

const kRoot = join(import.meta.dirname, "../src");
const kSpoken = new Set(["alt", "aria-label", "hint", "label", "placeholder", "title"]);

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("contract"))
    .map((name) => join(folder, name));
}

/** Words that stand in code instead of the catalogues. */
export function wordsInCode(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isWord = ts.isJsxText(node) && /\p{L}{2}/u.test(node.text);
    const isSpoken =
      ts.isJsxAttribute(node) &&
      kSpoken.has(node.name.getText()) &&
      node.initializer !== undefined &&
      ts.isStringLiteral(node.initializer) &&
      /\p{L}/u.test(node.initializer.text);
    if (isWord || isSpoken) {
      found.push(`${name}: ${node.getText().trim()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const code = sources(kRoot)
  .filter((name) => !name.includes("/words/"))
  .map((name) => readFileSync(name, "utf8"))
  .join("\n");

/** Keys that are put together, such as `status.${…}`: their beginning is enough. */
const kComposed = [...code.matchAll(/`([a-z_]+(?:\.[a-z_]*)?)\$\{/g)].map((match) => match[1]!);

function isUsed(key: string): boolean {
  const plain = key.replace(/_(one|many)$/, "");
  return (
    code.includes(`"${key}"`) ||
    code.includes(`"${plain}"`) ||
    kComposed.some((start) => start !== "" && key.startsWith(start))
  );
}

describe("the catalogues", () => {
  it("hold the same keys, none of them empty", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
    for (const words of [fr, en]) {
      expect(Object.entries(words).filter(([, text]) => text.trim() === "")).toEqual([]);
    }
  });

  it("of everybody, of staff, of data, of rounds and of what is booked share no key", () => {
    expect(Object.keys(staffFr).filter((key) => key in frOfAll)).toEqual([]);
    expect(Object.keys(privacyFr).filter((key) => key in frOfAll || key in staffFr)).toEqual([]);
    expect(Object.keys(roundsFr).filter((key) => key in frOfAll || key in staffFr)).toEqual([]);
    const others = { ...frOfAll, ...privacyFr, ...roundsFr, ...staffFr };
    expect(Object.keys(bookedFr).filter((key) => key in others)).toEqual([]);
  });

  it("fill the same places in both languages", () => {
    const places = (text: string) =>
      [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const key of Object.keys(fr) as (keyof typeof fr)[]) {
      expect(places(en[key]), key).toEqual(places(fr[key]));
    }
  });

  it("hold no words that no screen says", () => {
    expect(Object.keys(fr).filter((key) => !isUsed(key))).toEqual([]);
  });

  it("are where every word of the screens stands", () => {
    const found = sources(kRoot).flatMap((name) => wordsInCode(name, readFileSync(name, "utf8")));
    expect(found).toEqual([]);
    expect(wordsInCode("x.tsx", "const a = <p>Bonjour</p>;")).toHaveLength(1);
    expect(wordsInCode("x.tsx", 'const a = <img alt="Une salle" />;')).toHaveLength(1);
  }, 60_000);
});
