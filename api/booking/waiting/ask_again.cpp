#include "api/booking/waiting/ask_again.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>

#include <tl/expected.hpp>

namespace creneau::booking {

void ask_lines_again(store::Readers& readers, store::Writer& writer, TownId town,
                     std::chrono::sys_seconds now) {
    const auto waits = readers.read([&](store::Session& session) {
        return who_could_have(session, town, now, kMostAskedAgain);
    });
    if (waits.empty()) {
        return;
    }
    // What is not written now is written by the next call.
    (void)writer.run([&](store::Session& session) -> tl::expected<bool, bool> {
        give_way(session, town, waits, now);
        return true;
    });
}

}  // namespace creneau::booking
