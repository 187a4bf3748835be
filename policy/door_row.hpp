#pragma once

#include "policy/cbor.hpp"
#include "policy/door.hpp"

namespace creneau::policy {

// A door as the manifest holds it.

void write_door(cbor::Writer& out, const Door& door);

/// One element of the list; faults stick to `in`.
[[nodiscard]] Door read_door(cbor::Reader& in);

}  // namespace creneau::policy
