#include "api/privacy/erase_unused_accounts.hpp"

#include "api/audit/day.hpp"
#include "api/people/ids.hpp"
#include "api/privacy/erase_person.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/privacy/unused_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::privacy {

namespace {

constexpr std::int64_t kAtOnce = 50;
constexpr auto kUnused = "account_unused";

/// From when on an account counts as used.
std::chrono::sys_seconds used_since(store::Session& session, people::TownId town,
                                    std::chrono::sys_seconds now) {
    for (const Period& period : list_periods(session, town)) {
        if (period.kind->word == kUnusedAccounts) {
            return audit::kept_from(now, std::chrono::months(period.months));
        }
    }
    return {};
}

/// Nothing where the work for this one failed, which says nothing of the next.
std::optional<UnusedEnd> end_one(store::Writer& writer, const ErasureLedger& ledger,
                                 const ErasePerson& order, std::chrono::sys_seconds before) {
    const auto done = writer.run([&](store::Session& session) -> tl::expected<UnusedEnd, bool> {
        return end_unused(session, ledger, order, before);
    });
    if (!done && done.error() != store::WriteFault::failed) {
        throw store::StoreError("an unused account was neither told nor erased");
    }
    return done ? std::optional(done->value_or(UnusedEnd::none)) : std::nullopt;
}

}  // namespace

std::size_t erase_unused_accounts(store::Readers& readers, store::Writer& writer,
                                  const ErasureLedger& ledger, people::TownId town,
                                  std::chrono::sys_seconds now) {
    const auto before =
        readers.read([&](store::Session& session) { return used_since(session, town, now); });
    std::size_t erased = 0;
    std::size_t failed = 0;
    people::PersonId after{};
    std::vector<UnusedAccount> unused;
    do {
        unused = readers.read([&](store::Session& session) {
            return select_unused(session, town, {before, now, after, kAtOnce});
        });
        for (const auto& [person, announced] : unused) {
            const auto end = end_one(writer, ledger, {town, {}, person, kUnused, now}, before);
            erased += end == UnusedEnd::erased ? 1U : 0U;
            failed += end ? 0U : 1U;
            after = person;
        }
    } while (!unused.empty());
    if (failed > 0) {
        throw store::StoreError(std::to_string(failed) +
                                " unused accounts were neither told nor erased");
    }
    return erased;
}

}  // namespace creneau::privacy
