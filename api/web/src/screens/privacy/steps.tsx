import { kPaths } from "../../paths";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import { t, type WordKey } from "../../words";

const kSteps: readonly { path: string; words: WordKey }[] = [
  { path: kPaths.privacy, words: "privacy.title" },
  { path: kPaths.retention, words: "retention.title" },
  { path: kPaths.register, words: "register.title" },
  { path: kPaths.audit, words: "audit.title" },
  { path: kPaths.events, words: "events.title" },
];

/** The ways between the screens of data protection. */
export function PrivacySteps({ at }: { at: string }) {
  const person = me.value;
  const steps =
    isInside(person) && rights.protectsData(person)
      ? kSteps.filter(({ path }) => path !== kPaths.events || rights.searchesEvents(person))
      : [];
  return (
    <nav class="steps no-print" aria-label={t("privacy.which")}>
      {steps.map(({ path, words }) => (
        <a key={path} href={path} aria-current={path === at ? "page" : undefined}>
          {t(words)}
        </a>
      ))}
    </nav>
  );
}
