#include "api/access/keys/carry_key_log.hpp"

#include "api/access/access_types.hpp"
#include "api/access/keys/key_log_rules.hpp"
#include "api/access/keys/key_log_store.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::access {

namespace {

void record(store::Session& session, people::TownId town, const KeyLogLine& said,
            std::chrono::sys_seconds now) {
    audit::Line line;
    line.at = now;
    line.action = said.step;
    line.subject_kind = "key";
    line.subject = said.key;
    line.ground = said.ground;
    line.log = audit::Log::security;
    audit::append(session, town, line);
}

void record_all(store::Session& session, people::TownId town, std::string_view lines,
                std::chrono::sys_seconds now) {
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        record(session, town,
               read_key_log_line(lines.substr(0, end))
                   .value_or(KeyLogLine{"key_log_line", 0, "unreadable"}),
               now);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
}

}  // namespace

void carry_key_log(store::Readers& readers, store::Writer& writer, people::TownId town,
                   const ReadKeyLog& read, std::chrono::sys_seconds now) {
    const TownId of_town{store::raw(town)};
    const auto from = readers.read(
        [of_town](store::Session& session) { return select_key_log_read(session, of_town); });
    const auto lines = read(from);
    if (lines ? lines->empty() : lines.error() == KeyLogFault::unreachable) {
        return;
    }
    const auto to = lines ? from + static_cast<std::int64_t>(lines->size()) : 0;
    // What is lost is carried by the next look.
    (void)writer.run([&](store::Session& session) -> tl::expected<bool, bool> {
        if (!move_key_log_read(session, of_town, from, to)) {
            return false;
        }
        if (lines) {
            record_all(session, town, *lines, now);
        } else {
            record(session, town, {"key_log_cut", 0, "shorter"}, now);
        }
        return true;
    });
}

}  // namespace creneau::access
