#include "api/commands.hpp"

#include "api/audit_command.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_files.hpp"
#include "api/booking/papers/paper_folder.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/papers/virus_scanner.hpp"
#include "api/booking/retiming/recompute_times.hpp"
#include "api/booking/rounds/drop_proposals.hpp"
#include "api/booking/rounds/round_store.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/tz_version.hpp"
#include "api/booking/waiting/serve_lines.hpp"
#include "api/config.hpp"
#include "api/estate/import_error.hpp"
#include "api/estate/import_town.hpp"
#include "api/estate/town_store.hpp"
#include "api/ledgers.hpp"
#include "api/people/account_key.hpp"
#include "api/people/breached_passwords.hpp"
#include "api/people/four_eyes/settle.hpp"
#include "api/people/organisations/pass_on_affairs.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/reset_second_factor.hpp"
#include "api/people/set_password.hpp"
#include "api/privacy_command.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/doctor.hpp"
#include "api/store/durable_file.hpp"
#include "api/store/migrator.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau {

namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;

std::chrono::sys_seconds wall_clock() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// Runs one use case through a writer of its own; a fault of the database is an exception.
template <class UseCase>
auto write_once(const Config& config, UseCase use_case) {
    std::string what = "the write was lost";
    store::Writer writer(config.database,
                         {.limits = {},
                          .town_id = {},
                          .report = [&what](const std::string& report) { what = report; }});
    auto answered = writer.run(std::move(use_case));
    if (!answered) {
        throw store::StoreError(what);
    }
    return std::move(*answered);
}

/// What an import did, to a town's things and to who waits for them.
struct Imported {
    estate::ImportReport report;
    booking::LinesServed lines;
    std::vector<booking::RoundId> dropped;  // rounds whose proposal was made for other dates
};

/// Rounds leave out the days off of the town as it is now.
std::vector<booking::RoundId> drop_overtaken(store::Session& session, booking::TownId town,
                                             const estate::ImportReport& report,
                                             std::chrono::sys_seconds now) {
    std::vector<booking::RoundId> dropped;
    if (report.new_school_zone) {
        dropped = booking::drop_proposals(session, town, booking::DaysOff::school, now);
    }
    if (report.new_holiday_law) {
        for (const auto round :
             booking::drop_proposals(session, town, booking::DaysOff::public_holidays, now)) {
            dropped.push_back(round);
        }
    }
    return dropped;
}

tl::expected<Imported, std::vector<estate::ImportError>> import_and_serve(store::Session& session,
                                                                          const std::string& text,
                                                                          estate::Edits edits) {
    const auto now = wall_clock();
    auto report = estate::import_town(session, text, now, edits);
    if (!report) {
        return tl::unexpected(std::move(report).error());
    }
    Imported imported{*std::move(report), {}, {}};
    if (!imported.report.nothing_changed()) {
        const booking::TownId town{estate::find_town(session, imported.report.town_key)};
        people::pass_on_affairs(session, {town, {}, {}, {}, now});
        imported.lines = booking::serve_lines(session, town, now);
        imported.dropped = drop_overtaken(session, town, imported.report, now);
    }
    return imported;
}

void print(const booking::LinesServed& lines) {
    if (lines.offered > 0) {
        std::cout << "waiting list: " << lines.offered << " offered\n";
    }
    for (const auto& [wait, failures] : lines.hopeless) {
        std::cout << "waiting list: wait " << static_cast<std::int64_t>(wait.id) << ", "
                  << wait.booker_name << ", " << wait.room_name << " "
                  << wait.claim.slot.local_start << ", cannot be served as things are:";
        for (const auto& failure : failures) {
            std::cout << " " << failure.detail.en;
        }
        std::cout << "\n";
    }
}

void note_export(const Config& config, const std::string& agent) {
    const auto id = store::Readers(config.database, 1).read([&](store::Session& session) {
        return estate::find_door_agent(session, estate::find_town(session, config.town), agent);
    });
    note_in_audit(
        config,
        {.action = "policy_exported", .subject_kind = "door_agent", .subject = id.value_or(0)});
}

bool check_scanner(const Config& config) {
    if (config.papers_scanner.empty()) {
        std::cout << "ok virus_scanner none is set: files of papers are kept unscanned\n";
        return true;
    }
    constexpr std::chrono::seconds kPatience{5};
    const bool answers = booking::VirusScanner(config.papers_scanner, kPatience).answers();
    std::cout << (answers ? "ok" : "PROBLEM") << " virus_scanner " << config.papers_scanner.string()
              << (answers ? " answers\n" : " does not answer; no file of a paper is taken\n");
    return answers;
}

}  // namespace

int migrate_command(const Config& config) {
    store::Session session(config.database, store::OpenMode::read_write);
    const auto applied = store::migrate(session, wall_clock());
    for (const auto version : applied) {
        std::cout << "applied migration " << version << "\n";
    }
    if (applied.empty()) {
        std::cout << "nothing to do: " << store::schema_state(session).detail << "\n";
    }
    return kDone;
}

int import_command(const Config& config, const std::filesystem::path& file, bool overwrite_edits) {
    std::ifstream in(file, std::ios::binary);
    if (!in || !std::filesystem::is_regular_file(file)) {
        std::cerr << file.string() << ": cannot be read: a JSON file is wanted\n";
        return kRefused;
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto imported = write_once(config, [&](store::Session& session) {
        store::require_current_schema(session);
        return import_and_serve(session, text,
                                overwrite_edits ? estate::Edits::overwritten : estate::Edits::kept);
    });
    if (!imported) {
        for (const auto& error : imported.error()) {
            std::cerr << file.string() << ": " << error.place << ": " << error.detail << " ("
                      << error.code << ")\n";
        }
        std::cerr << "nothing was imported\n";
        return kRefused;
    }
    std::cout << estate::describe(imported->report);
    for (const booking::RoundId round : imported->dropped) {
        std::cout << "round " << static_cast<std::int64_t>(round)
                  << ": its proposal was made for other dates, propose again\n";
    }
    print(imported->lines);
    return kDone;
}

int recompute_times_command(const Config& config) {
    const auto done = write_once(
        config, [&](store::Session& session) -> tl::expected<booking::TimesRecomputed, bool> {
            store::require_current_schema(session);
            const booking::TownId town{estate::find_town(session, config.town)};
            return booking::recompute_times(session, {town, booking::tz_version(), wall_clock()});
        });
    std::cout << booking::tz_version() << " : " << done->compared << " comparées, " << done->moved
              << " déplacées, " << done->in_conflict.size() << " en conflit\n";
    for (const booking::BookingId booking : done->in_conflict) {
        std::cout << "  réservation " << static_cast<std::int64_t>(booking) << "\n";
    }
    return kDone;
}

int doctor_command(const Config& config) {
    const bool healthy = store::doctor(config.database, std::cout);
    const auto breached = people::BreachedPasswords::open(config.accounts.breached_passwords);
    std::cout << (breached ? "ok" : "PROBLEM") << " breached_passwords ";
    if (breached) {
        std::cout << breached->count() << " of " << breached->source() << ", " << breached->date()
                  << "\n";
    } else {
        std::cout << breached.error() << "; no password can be set\n";
    }
    const auto wrong = people::account_key_problem(config.accounts.key_file);
    std::cout << (wrong ? "PROBLEM account_key " : "ok account_key ")
              << wrong.value_or(config.accounts.key_file.string()) << "\n";
    const bool erased = check_erasures(config);
    const bool closed = check_closed(config);
    const bool scans = check_scanner(config);
    return healthy && breached && !wrong && erased && closed && scans ? kDone : kRefused;
}

int paper_files_command(const Config& config) {
    if (config.papers_folder.empty()) {
        return kDone;
    }
    store::Session session(config.database, store::OpenMode::read_only);
    const booking::PaperFolder folder(config.papers_folder);
    std::int64_t there = 0;
    std::vector<booking::PaperId> missing;
    for (const std::int64_t town : estate::list_towns(session)) {
        auto found = booking::look_for_files(session, booking::TownId{town}, folder);
        there += found.there;
        missing.insert(missing.end(), found.missing.begin(), found.missing.end());
    }
    if (there > 0 || !missing.empty()) {
        std::cout << "files of papers are not in a backup of the database: copy the folder "
                  << folder.path().string() << " with it (" << there << " there)\n";
    }
    for (const booking::PaperId paper : missing) {
        std::cerr << "the file of paper " << static_cast<std::int64_t>(paper) << " is missing from "
                  << folder.path().string() << "\n";
    }
    return kDone;
}

int set_password_command(const Config& config, const std::string& email) {
    std::string password;
    if (!std::getline(std::cin, password)) {
        std::cerr << "no password on standard input: one line is read there\n";
        return kRefused;
    }
    const auto breached = people::BreachedPasswords::open(config.accounts.breached_passwords);
    if (!breached) {
        std::cerr << breached.error() << "\n";
    }
    const auto changed = write_once(config, [&](store::Session& session) {
        const people::TownId town{estate::find_town(session, config.town)};
        return people::set_password(session, {.town = town,
                                              .email = email,
                                              .password = password,
                                              .now = wall_clock(),
                                              .breached = breached ? &*breached : nullptr});
    });
    if (!changed) {
        std::cerr << email << ": " << people::explain(changed.error()) << "\n";
        return kRefused;
    }
    std::cout << "password set; the person's sessions are ended\n";
    return kDone;
}

int reset_second_factor_command(const Config& config, const std::string& email) {
    const auto done = write_once(config, [&](store::Session& session) {
        const people::TownId town{estate::find_town(session, config.town)};
        return people::reset_second_factor_of(session, town, email, wall_clock());
    });
    if (!done) {
        std::cerr << email << ": nobody of the town with a second factor has this address\n";
        return kRefused;
    }
    std::cout << "second factor removed; the person's sessions and tokens are ended\n";
    return kDone;
}

int settle_command(const Config& config, const std::string& email) {
    const auto done = write_once(config, [&](store::Session& session) {
        const people::TownId town{estate::find_town(session, config.town)};
        return people::settle(session, town, email, wall_clock());
    });
    if (!done) {
        std::cerr << email << ": "
                  << (done.error() == people::SettleFault::not_needed
                          ? "the town has two settled administrators; let them decide"
                          : "no administrator (of accounts, doors or data) has this address")
                  << "\n";
        return kRefused;
    }
    std::cout << "counts as a second person from now on; the other administrators are told\n";
    return kDone;
}

int policy_export_command(const Config& config, const std::string& agent,
                          const std::filesystem::path& out) {
    const auto policy = signer::Client(config.signer_socket).export_policy(agent);
    if (!policy) {
        std::cerr << "no policy for agent '" << agent << "': " << signer::word_of(policy.error())
                  << "; the signer is asked on " << config.signer_socket.string() << "\n";
        return kRefused;
    }
    constexpr mode_t kReadableByAll = 0644;  // signed, and holds no secret
    store::write_durably(out, *policy, kReadableByAll);
    note_export(config, agent);
    std::cout << out.string() << ": " << policy->size() << " bytes for agent " << agent << "\n";
    return kDone;
}

}  // namespace creneau
