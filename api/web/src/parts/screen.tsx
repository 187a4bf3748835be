import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { t } from "../words";

let isFirst = true;

/** A page: its title in the browser and above it, where the focus goes after a change of page. */
export function Screen(props: { title: string; wide?: boolean; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} – ${t("app.name")}`;
  }, [props.title]);
  useEffect(() => {
    if (!isFirst) {
      heading.current?.focus();
      window.scrollTo(0, 0);
    }
    isFirst = false;
  }, []);
  return (
    <div class={props.wide ? "screen wide" : "screen"}>
      <h1 tabIndex={-1} ref={heading}>
        {props.title}
      </h1>
      {props.children}
    </div>
  );
}
