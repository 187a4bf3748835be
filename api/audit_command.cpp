#include "api/audit_command.hpp"

#include "api/access/events/seal_events.hpp"
#include "api/audit/audit_store.hpp"
#include "api/audit/line_store.hpp"
#include "api/audit/seal_store.hpp"
#include "api/audit/seals_file.hpp"
#include "api/audit/verify_audit.hpp"
#include "api/config.hpp"
#include "api/estate/town_store.hpp"
#include "api/store/db_error.hpp"
#include "api/store/migrator.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau {

namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;
constexpr audit::Log kLogs[] = {audit::Log::activity, audit::Log::security};

std::chrono::sys_seconds wall_clock() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// One log's answer: what was verified, then what is wrong or worth knowing.
void print(const audit::Verified& found) {
    std::cout << (found.broken ? "BROKEN" : "ok") << " town "
              << static_cast<std::int64_t>(found.chain.town) << " "
              << audit::word_of(found.chain.log) << ": " << found.lines << " lines, "
              << found.unsealed << " of them not sealed yet; " << found.seals << " sealed days";
    if (found.seals > 0) {
        std::cout << " from " << found.first_day << " to " << found.last_day << ", " << found.purged
                  << " of them purged";
    }
    std::cout << "\n";
    for (const auto& note : found.notes) {
        std::cout << "  note: " << note << "\n";
    }
    if (!found.broken) {
        return;
    }
    std::cout << "  first broken: ";
    if (found.broken->line != 0) {
        std::cout << "line " << found.broken->line << ", ";
    }
    std::cout << (found.broken->day.empty() ? "not sealed yet" : "day " + found.broken->day) << ": "
              << found.broken->what << "\n";
}

/// The same of the access log, which has its seals in the security log.
void print(audit::TownId town, const access::VerifiedEvents& found) {
    std::cout << (found.broken ? "BROKEN" : "ok") << " town " << static_cast<std::int64_t>(town)
              << " access: " << found.days + found.purged << " sealed days, " << found.purged
              << " of them purged; " << found.unsealed << " rows not sealed yet\n";
    if (found.older > 0) {
        std::cout << "  note: " << found.older
                  << " rows are older than the seals: nothing proves them\n";
    }
    if (found.broken) {
        std::cout << "  first broken: " << *found.broken << "\n";
    }
}

/// What verify asks the database for; the file is read, and held, when the snapshot is taken.
struct Reading {
    const Config& config;
    const std::optional<std::string>& day;
    std::unique_ptr<audit::SealsFile> file;
    std::vector<audit::Verified> found;
    std::map<audit::TownId, access::VerifiedEvents> events;
    std::int64_t strays = 0;

    void read(store::Session& session) {
        store::require_current_schema(session);
        file = std::make_unique<audit::SealsFile>(config.seals_file);
        for (const auto town : audit::select_towns(session)) {
            for (const audit::Log log : kLogs) {
                found.push_back(audit::verify_audit(session, {town, log}, *file, day));
            }
            events.emplace(town, access::verify_events(session, town, wall_clock()));
        }
        strays = audit::count_strays(session);
    }
};

/// Runs `work` in one transaction of the whole database.
void write(const Config& config, const std::function<void(store::Session&)>& work) {
    if (config.database.engine == store::Engine::sqlite &&
        !std::filesystem::exists(config.database.location)) {
        throw store::StoreError("there is no " + config.database.location);
    }
    std::string what = "the write was lost";
    store::Writer writer(config.database,
                         {.limits = {},
                          .town_id = {},
                          .report = [&what](const std::string& report) { what = report; }});
    const auto written = writer.run([&](store::Session& session) -> tl::expected<bool, bool> {
        store::require_current_schema(session);
        work(session);
        return true;
    });
    if (!written) {
        throw store::StoreError(what);
    }
}

void append_note(store::Session& session, audit::TownId town, const CommandNote& note) {
    audit::Line line;
    line.at = wall_clock();
    line.log = audit::Log::security;
    line.action = note.action;
    line.subject_kind = note.subject_kind;
    line.subject = note.subject.value_or(static_cast<std::int64_t>(town));
    line.ground = note.ground;
    audit::append(session, town, line);
}

void or_say_so(const std::function<void()>& note) noexcept {
    try {
        note();
    } catch (const std::exception& error) {
        std::cerr << "not noted in the audit: " << store::told(error) << "\n";
    }
}

/// What the file knows of seals that the restored database has not is over.
void tell_file(const Config& config, store::Session& session) {
    audit::SealsFile file(config.seals_file);
    if (!file.exists()) {
        return;
    }
    for (const auto town : audit::select_towns(session)) {
        for (const audit::Log log : kLogs) {
            const auto last = audit::select_last_seal(session, {town, log});
            file.add_restore({town, log}, last ? last->text.number : 0, wall_clock());
        }
    }
}

}  // namespace

int audit_verify_command(const Config& config, const std::optional<std::string>& day) {
    Reading reading{config, day, {}, {}, {}, 0};
    store::Readers(config.database, 1).read([&](store::Session& session) {
        reading.read(session);
        return true;
    });
    bool intact = reading.strays == 0;
    for (const auto& found : reading.found) {
        print(found);
        intact = intact && !found.broken;
    }
    for (const auto& [town, found] : reading.events) {
        print(town, found);
        intact = intact && !found.broken;
    }
    if (reading.strays != 0) {
        std::cout << "BROKEN " << reading.strays << " lines belong to no log of any town\n";
    }
    const audit::SealsFile& file = *reading.file;
    std::cout << "seals file " << config.seals_file.string()
              << (file.exists() ? "" : ": there is none") << "\n";
    if (file.unreadable() > 0) {
        std::cout << "  note: " << file.unreadable() << " of its lines cannot be read\n";
    }
    if (file.taken_back() > 0) {
        std::cout << "  note: restores took " << file.taken_back() << " of its seals back\n";
    }
    return intact ? kDone : kRefused;
}

void note_in_audit(const Config& config, const CommandNote& note) noexcept {
    or_say_so([&] {
        write(config, [&](store::Session& session) {
            append_note(session, audit::TownId{estate::find_town(session, config.town)}, note);
        });
    });
}

void note_backup(const Config& config) noexcept {
    or_say_so([&] {
        write(config, [&](store::Session& session) {
            for (const auto town : audit::select_towns(session)) {
                append_note(session, town, {.action = "backup_written"});
            }
        });
    });
}

void note_restore(const Config& config, bool ways_in_ended) noexcept {
    or_say_so([&] {
        write(config, [&](store::Session& session) {
            for (const auto town : audit::select_towns(session)) {
                append_note(session, town, {.action = "backup_restored"});
                if (ways_in_ended) {
                    append_note(session, town,
                                {.action = "ways_in_ended", .ground = "backup_restored"});
                }
            }
            tell_file(config, session);
        });
    });
}

}  // namespace creneau
