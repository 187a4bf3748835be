import { kPaths } from "../../paths";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Me } from "../../town/types";
import { t, type WordKey } from "../../words";

interface Step {
  path: string;
  words: WordKey;
  isFor: (person: Me) => boolean;
}

const kSteps: readonly Step[] = [
  { path: kPaths.doors, words: "doors.title", isFor: rights.seesDoors },
  { path: kPaths.alarms, words: "alarms.title", isFor: rights.seesDoors },
  { path: kPaths.agents, words: "agents.title", isFor: rights.keepsAgents },
  { path: kPaths.badges, words: "badges.title", isFor: rights.keepsBadges },
  { path: kPaths.profiles, words: "profiles.title", isFor: rights.readsProfiles },
  { path: kPaths.why, words: "why.title", isFor: rights.seesDoors },
  { path: kPaths.events, words: "events.title", isFor: rights.searchesEvents },
];

/** The ways between the screens about doors, those that the person has a right to. */
export function DoorSteps({ at }: { at: string }) {
  const person = me.value;
  const steps = isInside(person) ? kSteps.filter(({ isFor }) => isFor(person)) : [];
  return (
    <nav class="steps no-print" aria-label={t("doors.which")}>
      {steps.map(({ path, words }) => (
        <a key={path} href={path} aria-current={path === at ? "page" : undefined}>
          {t(words)}
        </a>
      ))}
    </nav>
  );
}
