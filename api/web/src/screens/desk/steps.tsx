import { kPaths } from "../../paths";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Me } from "../../town/types";
import { t, type WordKey } from "../../words";

const kSteps: readonly { path: string; words: WordKey; isFor: (person: Me) => boolean }[] = [
  { path: kPaths.holds, words: "holds.title", isFor: rights.decides },
  { path: kPaths.timeConflicts, words: "time_conflicts.title", isFor: rights.decides },
  { path: kPaths.letters, words: "letters.title", isFor: rights.prints },
  { path: kPaths.undelivered, words: "undelivered.title", isFor: rights.prints },
  { path: kPaths.renewals, words: "renewals.title", isFor: rights.acceptsPapers },
  { path: kPaths.subscriptions, words: "subscriptions.title", isFor: rights.subscribes },
  { path: kPaths.delegations, words: "delegations.title", isFor: rights.worksForTown },
];

/** The ways between the office's screens: what is kept, who is told, who stands in for whom. */
export function DeskSteps({ at }: { at: string }) {
  const person = me.value;
  const steps = isInside(person) ? kSteps.filter(({ isFor }) => isFor(person)) : [];
  return (
    <nav class="steps no-print" aria-label={t("desk.which")}>
      {steps.map(({ path, words }) => (
        <a key={path} href={path} aria-current={path === at ? "page" : undefined}>
          {t(words)}
        </a>
      ))}
    </nav>
  );
}
