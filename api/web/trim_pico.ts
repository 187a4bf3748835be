import type { Plugin } from "postcss";

/** Parts of pico that no screen has; a slow phone reads every rule before it paints anything. */
const kUnused = new RegExp(
  [
    ":host",
    "^\\[data-theme",
    "\\[(role=(group|search|switch|link|button)|data-tooltip|dir=rtl)",
    "type=(range|color|month|week|datetime-local)",
    "dropdown|modal-is|breadcrumb",
    "\\.(contrast|outline|container|grid|striped|overflow-auto)\\b",
    "\\b(dialog|progress|article|aside|blockquote|hgroup|kbd|mark|del|ins)\\b",
    "\\b(audio|video|iframe)\\b",
  ].join("|"),
);

/** What a selector is about: what it leaves out, or has among others, says nothing. */
function subjectOf(selector: string): string {
  return selector.replace(/:(not|is|where)\((?:[^()]|\([^()]*\))*\)/g, "");
}

export const trimPico: Plugin = {
  postcssPlugin: "trim-pico",
  Rule(rule) {
    if (!rule.source?.input.file?.includes("@picocss")) {
      return;
    }
    const used = rule.selectors.filter((selector) => !kUnused.test(subjectOf(selector)));
    if (used.length === 0) {
      rule.remove();
    } else if (used.length < rule.selectors.length) {
      rule.selectors = used;
    }
  },
};
