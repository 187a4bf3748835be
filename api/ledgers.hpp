#pragma once

#include "api/access/closed/closed_ledger.hpp"
#include "api/booking/booking_types.hpp"
#include "api/config.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <functional>

namespace creneau {

/// What was decided for good, outside the database: a backup that is restored takes none of it
/// back.
struct Ledgers {
    privacy::ErasureLedger erasures;
    access::ClosedLedger closed;
};
[[nodiscard]] Ledgers open_ledgers(const Config& config);

/// What the ledgers decided and the database lost, before anybody is served. Throws where a line of
/// theirs cannot be read.
void replay_ledgers(store::Readers& readers, store::Writer& writer, const Ledgers& ledgers,
                    booking::TownId town, std::chrono::sys_seconds now);

/// Erasures whose commit failed, and accounts that nobody uses; now and then. What fails is an
/// alert in the log: who is served goes on being served.
void finish_erasures(store::Readers& readers, store::Writer& writer, const Ledgers& ledgers,
                     booking::TownId town, std::chrono::sys_seconds now);

/// For every second: writes down what has been closed.
[[nodiscard]] std::function<void(std::chrono::sys_seconds)> keep_closed(store::Readers& readers,
                                                                        const Ledgers& ledgers,
                                                                        booking::TownId town);

/// After a restore or a migration: erases and closes again what the ledgers say, which a backup or
/// an older program did not know. Says so on stdout.
/// @returns 0 done or nothing to do, else not: then nobody must be served from it.
int replay_ledgers_command(const Config& config);

/// After a restore: says on stderr where there is no such ledger, so that nobody knows what to
/// close.
void warn_without_closed(const Config& config);

/// doctor's line: whether the ledger of what was closed can be read. @returns whether it can.
bool check_closed(const Config& config);

}  // namespace creneau
