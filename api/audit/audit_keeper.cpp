#include "api/audit/audit_keeper.hpp"

#include "api/audit/chain.hpp"
#include "api/audit/keep_days.hpp"
#include "api/audit/seal_store.hpp"
#include "api/audit/seals_file.hpp"
#include "api/store/db_error.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::audit {

using std::chrono::sys_seconds;

namespace {

constexpr Log kLogs[] = {Log::activity, Log::security};
constexpr int kMostSeals = 40;  // in a tick
constexpr std::int64_t kPage = 500;
constexpr std::chrono::hours kComplainsEvery{1};

/// What `use_case(session, chain, now)` answers, on the writer; nothing, too, where the write was
/// lost: the next tick tries again.
template <class UseCase>
std::optional<KeptSeal> written(store::Writer& writer, const ChainOf& chain, sys_seconds now,
                                UseCase use_case) {
    auto answered =
        writer.run([&](store::Session& session) -> tl::expected<std::optional<KeptSeal>, bool> {
            return use_case(session, chain, now);
        });
    return answered && *answered ? **std::move(answered) : std::nullopt;
}

}  // namespace

AuditKeeper::AuditKeeper(store::Readers& readers, store::Writer& writer, TownId town,
                         std::filesystem::path seals_file, Report report)
    : readers_(readers),
      writer_(writer),
      town_(town),
      seals_file_(std::move(seals_file)),
      report_(std::move(report)) {}

void AuditKeeper::tick(sys_seconds now) noexcept {
    try {
        if (compared_ && !is_due(now)) {
            return;
        }
        // The days of a log are kept whether or not the file can be written: it catches up.
        std::unique_ptr<SealsFile> file;
        try {
            file = std::make_unique<SealsFile>(seals_file_);
        } catch (const std::exception& error) {
            complain(error.what(), now);
        }
        if (file == nullptr && !is_due(now)) {
            compared_ = false;
            return;
        }
        for (const Log log : kLogs) {
            keep({town_, log}, file.get(), now);
        }
        compared_ = file != nullptr;
    } catch (const std::exception& error) {
        compared_ = false;
        complain(store::told(error), now);
    }
}

bool AuditKeeper::is_due(sys_seconds now) {
    return readers_.read([&](store::Session& session) {
        for (const Log log : kLogs) {
            if (has_due_days(session, {town_, log}, now)) {
                return true;
            }
        }
        return false;
    });
}

void AuditKeeper::keep(const ChainOf& chain, SealsFile* file, sys_seconds now) {
    if (file != nullptr && !compared_) {
        catch_up(chain, *file, now);
    }
    for (int made = 0; made < kMostSeals; ++made) {
        const auto seal = written(writer_, chain, now, seal_day);
        if (!seal) {
            break;
        }
        if (file != nullptr) {
            file->add_seal(chain, *seal, now);
        }
    }
    const auto purged = written(writer_, chain, now, purge_day);
    if (purged && file != nullptr) {
        const auto known = file->find(chain, purged->text.number);
        if (!known || known->purged_at != purged->purged_at) {
            file->add_purge(chain, *purged);
        }
    }
}

void AuditKeeper::catch_up(const ChainOf& chain, SealsFile& file, sys_seconds now) {
    const auto kept =
        readers_.read([&](store::Session& session) { return kept_from(session, chain, now); });
    std::int64_t added = 0;
    for (std::int64_t next = 0;;) {
        const auto seals = readers_.read(
            [&](store::Session& session) { return select_seals(session, chain, next, kPage); });
        if (seals.empty()) {
            break;
        }
        next = seals.back().text.number + 1;
        for (const KeptSeal& seal : seals) {
            if (seal.text.number > file.last_of(chain)) {
                file.add_seal(chain, seal, now);
                ++added;
            }
            const auto known = file.find(chain, seal.text.number);
            // A day that is to be kept was purged by nobody of ours: the file does not witness it.
            if (seal.purged_at && seal.text.span.day < kept && (!known || !known->purged_at)) {
                file.add_purge(chain, seal);
            }
        }
    }
    if (added > 0 && report_) {
        report_("audit: " + std::to_string(added) + " seals of the log " +
                std::string(word_of(chain.log)) + " were missing from " + seals_file_.string() +
                " and are there now");
    }
}

void AuditKeeper::complain(const std::string& what, sys_seconds now) {
    if (report_ && (!complained_at_ || now - *complained_at_ >= kComplainsEvery)) {
        complained_at_ = now;
        report_("audit: " + what);
    }
}

}  // namespace creneau::audit
