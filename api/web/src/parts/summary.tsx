import { useEffect, useRef } from "preact/hooks";

import type { Refusal } from "../town/refusal";
import { t } from "../words";

/**
 * Above a form, what the town refused and stands beside no field of it. `fields` are the pointers of
 * those that show their own.
 */
export function Summary(props: { refusal: Refusal | undefined; fields?: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null);
  const { refusal } = props;
  useEffect(() => {
    if (refusal) {
      box.current?.focus();
    }
  }, [refusal]);
  if (!refusal) {
    return null;
  }
  const others = refusal.besides(props.fields ?? []);
  const words = refusal.status === 0 ? t("state.unreachable") : refusal.message || refusal.title;
  return (
    <div class="note bad" role="alert" tabIndex={-1} ref={box}>
      <p>{refusal.errors.length > 0 ? t("form.to_correct") : words}</p>
      {others.length > 0 && (
        <ul>
          {others.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
