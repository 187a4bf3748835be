import type { ComponentChildren } from "preact";

import { kPaths } from "../paths";
import type { Refusal } from "../town/refusal";
import { t } from "../words";
import type { Loaded } from "./resource";

/** What is shown in place of something that the town refused, and what to do then. */
export function Refused(props: { refusal: Refusal; again?: () => void }) {
  const { refusal } = props;
  if (refusal.status === 401) {
    return (
      <div class="note" role="alert">
        <p>{t("state.signed_out")}</p>
        <a
          class="button"
          href={`${kPaths.signIn}?to=${encodeURIComponent(location.pathname + location.search)}`}
        >
          {t("sign_in.title")}
        </a>
      </div>
    );
  }
  const words =
    refusal.status === 403
      ? t("state.forbidden")
      : refusal.status === 404
        ? t("state.not_found")
        : refusal.status === 0
          ? t("state.unreachable")
          : refusal.message;
  return (
    <div class="note bad" role="alert">
      <p>{words}</p>
      {refusal.status === 403 && refusal.message !== "" && <p>{refusal.message}</p>}
      {props.again && refusal.status !== 403 && refusal.status !== 404 && (
        <button type="button" class="secondary" onClick={props.again}>
          {t("state.again")}
        </button>
      )}
    </div>
  );
}

/** Loading and refusals of what is read; `children` shows what was. */
export function Waiting<T>(props: { of: Loaded<T>; children: (value: T) => ComponentChildren }) {
  const { resource, reload } = props.of;
  switch (resource.state) {
    case "loading":
      return (
        <p role="status" aria-busy="true">
          {t("state.loading")}
        </p>
      );
    case "refused":
      return <Refused refusal={resource.refusal} again={reload} />;
    case "ready":
      return <>{props.children(resource.value)}</>;
  }
}

export function Nothing(props: { children: ComponentChildren }) {
  return <div class="note">{props.children}</div>;
}
