import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** What is only made once it is opened: in a list of hundreds, each with its form. */
export function Unfold(props: { label: string; children: () => ComponentChildren }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.label}</summary>
      {isOpen && props.children()}
    </details>
  );
}
