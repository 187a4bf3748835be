import { kPaths } from "../../paths";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Me } from "../../town/types";
import { t, type WordKey } from "../../words";

const kSteps: readonly { path: string; words: WordKey; isFor: (person: Me) => boolean }[] = [
  { path: kPaths.people, words: "directory.people", isFor: rights.keepsPeople },
  { path: kPaths.associations, words: "directory.associations", isFor: rights.keepsPeople },
  { path: kPaths.staff, words: "staff.title", isFor: rights.seesStaff },
  { path: kPaths.movements, words: "movements.title", isFor: rights.seesMovements },
];

/** The ways between the lists of the directory, those that the person has a right to. */
export function DirectorySteps({ at }: { at: string }) {
  const person = me.value;
  const steps = isInside(person) ? kSteps.filter(({ isFor }) => isFor(person)) : [];
  return (
    <nav class="steps" aria-label={t("directory.which")}>
      {steps.map(({ path, words }) => (
        <a key={path} href={path} aria-current={path === at ? "page" : undefined}>
          {t(words)}
        </a>
      ))}
    </nav>
  );
}
