#include "door-agent/commands.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal.hpp"

#include <cstdint>
#include <filesystem>
#include <ostream>

#include <fmt/format.h>

namespace creneau::door {

int show_journal(const std::filesystem::path& file, std::ostream& out) {
    for (const auto& [sequence, event] : read_events(file)) {
        out << fmt::format("{} {} {} {} door={} reader={}", sequence, text_of(event.at),
                           name(event.kind), event.reason, event.door, event.reader);
        if (event.badge) {
            out << fmt::format(" badge={}", static_cast<std::uint32_t>(*event.badge));
        }
        if (event.pass) {
            out << fmt::format(" pass={:014x}.{}", static_cast<std::uint64_t>(event.pass->pass_id),
                               event.pass->revision);
        }
        out << fmt::format(" count={} clock={} {}\n", event.count, event.clock, event.detail);
    }
    const auto check = check_journal(file);
    if (check.fault) {
        out << fmt::format("chain: BROKEN at {}: {}\n", check.fault->sequence, check.fault->what);
        return kExitNo;
    }
    out << fmt::format("chain: intact, {} rows\n", check.rows);
    if (check.unsealed > 0) {
        out << fmt::format(
            "An earlier version removed {} rows without sealing which: that only rows it might "
            "remove went, nobody can tell.\n",
            check.unsealed);
    }
    return kExitDone;
}

}  // namespace creneau::door
