#pragma once

#include "api/people/ids.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::access {

enum class KeyLogFault : std::uint8_t {
    unreachable,  ///< to be asked again
    shorter,      ///< the log does not reach that far: it was cut or made anew
};

/// Whole lines of keys.log from that byte on, not necessarily all of them.
using ReadKeyLog = std::function<tl::expected<std::string, KeyLogFault>(std::int64_t after)>;

/// Writes what is new in keys.log into the security log, each line once: creneau-signer cannot
/// write the database. A log that has become shorter is a line of its own, and is read from its
/// beginning.
void carry_key_log(store::Readers& readers, store::Writer& writer, people::TownId town,
                   const ReadKeyLog& read, std::chrono::sys_seconds now);

}  // namespace creneau::access
