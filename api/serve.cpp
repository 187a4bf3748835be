#include "api/serve.hpp"

#include "api/access/agents/agent_store.hpp"
#include "api/access/alarms/watch_alarms.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_key_file.hpp"
#include "api/access/events/seal_events.hpp"
#include "api/access/keys/carry_key_log.hpp"
#include "api/arrivals/carry_out.hpp"
#include "api/arrivals/tell_concerned.hpp"
#include "api/audit/audit_keeper.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/holders/hand_pass.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/lapses/lapse_requests.hpp"
#include "api/booking/papers/paper_alerts.hpp"
#include "api/booking/papers/paper_files.hpp"
#include "api/booking/papers/paper_folder.hpp"
#include "api/booking/papers/virus_scanner.hpp"
#include "api/booking/release/release_watch.hpp"
#include "api/booking/reminders/queue_reminders.hpp"
#include "api/booking/retiming/recompute_times.hpp"
#include "api/booking/series/tz_version.hpp"
#include "api/booking/subscriptions/inform_services.hpp"
#include "api/booking/waiting/ask_again.hpp"
#include "api/booking/waiting/end_passed_waits.hpp"
#include "api/config.hpp"
#include "api/estate/town_store.hpp"
#include "api/http/agent_routes.hpp"
#include "api/http/all_routes.hpp"
#include "api/http/server.hpp"
#include "api/http/static_files.hpp"
#include "api/ledgers.hpp"
#include "api/mail/mailer.hpp"
#include "api/mail/outbox_worker.hpp"
#include "api/mail/send_outcome.hpp"
#include "api/mail/signer_pass.hpp"
#include "api/people/account_code_rules.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/account_key.hpp"
#include "api/people/account_parts.hpp"
#include "api/people/asked_codes.hpp"
#include "api/people/breached_passwords.hpp"
#include "api/people/person.hpp"
#include "api/privacy/nightly_purge.hpp"
#include "api/profiles/make_hours.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/db_error.hpp"
#include "api/store/due_work.hpp"
#include "api/store/migrator.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <signal.h>
#include <spdlog/spdlog.h>
#include <tl/expected.hpp>

namespace creneau {

namespace {

constexpr std::chrono::seconds kTellPause{5};
constexpr std::chrono::seconds kHoursPause{5};
constexpr std::chrono::minutes kKeyLogPause{1};
constexpr std::chrono::minutes kAlertPause{10};
constexpr std::chrono::minutes kForgetPause{10};
constexpr std::chrono::hours kAskAgainPause{1};
constexpr std::chrono::hours kSweepPause{24};
constexpr std::chrono::hours kErasePause{1};
constexpr std::chrono::minutes kSealPause{10};

std::chrono::sys_seconds wall_clock() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// Blocks the signals that end the process, so that only sigwait sees them.
sigset_t block_end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

/// Queues the daily mails to services when their hour has come; asks by a read, as it is called
/// every second.
void queue_due_digests(store::Readers& readers, store::Writer& writer, booking::TownId town,
                       std::chrono::sys_seconds now) {
    const bool due = readers.read(
        [&](store::Session& session) { return booking::has_due_digest(session, town, now); });
    if (!due) {
        return;
    }
    const auto queued = writer.run([&](store::Session& session) -> tl::expected<bool, bool> {
        booking::queue_digests(session, town, now);
        return true;
    });
    if (!queued) {
        spdlog::warn("daily mails to services were not queued; trying again in a second");
    }
}

/// What need not be asked every second.
class Rarely {
  public:
    explicit Rarely(std::chrono::seconds pause) : pause_(pause) {}

    [[nodiscard]] bool is_time(std::chrono::sys_seconds now) {
        if (now < next_ && next_ - now <= pause_) {  // else the clock was put back
            return false;
        }
        next_ = now + pause_;
        return true;
    }

  private:
    std::chrono::seconds pause_;
    std::chrono::sys_seconds next_{};
};

using PaperFolder = std::shared_ptr<const booking::PaperFolder>;

/// What rests outside the database.
struct Outside {
    PaperFolder papers;
    Ledgers ledgers;
    signer::Client signer;
};

std::shared_ptr<const http::StaticFiles> open_pages(const Config& config) {
    return config.web_folder.empty() ? nullptr
                                     : std::make_shared<const http::StaticFiles>(config.web_folder);
}

PaperFolder open_papers(const Config& config) {
    if (config.papers_folder.empty()) {
        return nullptr;
    }
    auto folder = std::make_shared<const booking::PaperFolder>(config.papers_folder);
    folder->prepare();
    return folder;
}

std::shared_ptr<const booking::VirusScanner> open_scanner(const Config& config) {
    return config.papers_scanner.empty()
               ? nullptr
               : std::make_shared<const booking::VirusScanner>(config.papers_scanner);
}

void sweep(store::Writer& writer, const PaperFolder& folder) {
    if (folder) {
        const auto removed =
            booking::sweep_paper_files(writer, *folder, std::chrono::system_clock::now());
        if (removed > 0) {
            spdlog::info("paper files that no paper names: {} removed", removed);
        }
    }
}

/// Once after each change of the time zone database, before anybody is served.
void recompute_times(store::Readers& readers, store::Writer& writer, booking::TownId town) {
    const auto done = booking::recompute_outdated_times(
        readers, writer, {town, booking::tz_version(), wall_clock()});
    if (done) {
        spdlog::info("time zones {}: {} bookings to come compared, {} moved, {} in conflict",
                     booking::tz_version(), done->compared, done->moved, done->in_conflict.size());
    }
}

/// Who is served again has to have heard the agents anew before anything is proved by them.
void begin_anew(store::Writer& writer, booking::TownId town) {
    const auto begun = writer.run([town](store::Session& session) -> tl::expected<bool, bool> {
        access::forget_unbroken(session, booking::access_id(town));
        return true;
    });
    if (!begun) {
        throw std::runtime_error("the agents' standing could not be written");
    }
}

/// What fails is an alert; who is served goes on being served, and the next time does it.
template <class Work>
void or_alert(const char* alert, Work work) {
    try {
        work();
    } catch (const std::exception& error) {
        spdlog::error("alert {} {}", alert, store::told(error));
    }
}

void seal_events(store::Readers& readers, store::Writer& writer, booking::TownId town,
                 std::chrono::sys_seconds now) {
    or_alert("access_log_not_sealed",
             [&] { access::seal_due_events(readers, writer, people::TownId{town}, now); });
}

/// Without the list nobody can set a password; everything else goes on.
tl::expected<people::BreachedPasswords, std::string> breached_passwords(const Config& config) {
    auto list = people::BreachedPasswords::open(config.accounts.breached_passwords);
    if (!list) {
        spdlog::error("alert no_breached_passwords {}: no password can be set", list.error());
    }
    return list;
}

tl::expected<std::string, mail::PassRefusal> code_for_mail(store::Readers& readers,
                                                           const people::AccountKey& key,
                                                           people::TownId town,
                                                           const people::CodeOfMail& mail) {
    auto letters = readers.read([&](store::Session& session) {
        return people::letters_for_mail(session, key, town, mail, wall_clock());
    });
    if (letters) {
        return *std::move(letters);
    }
    const bool over = letters.error() == people::CodeGone::over;
    return tl::unexpected(
        mail::PassRefusal{over ? mail::PassFault::opens_nothing : mail::PassFault::unknown,
                          over ? "the code is over" : "no such code"});
}

/// What became of keys, as creneau-signer wrote it down.
void carry_key_log(store::Readers& readers, store::Writer& writer, const signer::Client& signer,
                   booking::TownId town, std::chrono::sys_seconds now) {
    const auto read =
        [&signer](std::int64_t after) -> tl::expected<std::string, access::KeyLogFault> {
        auto lines = signer.key_log(after);
        if (lines) {
            return *std::move(lines);
        }
        return tl::unexpected(lines.error() == signer::SignError::unknown_row
                                  ? access::KeyLogFault::shorter
                                  : access::KeyLogFault::unreachable);
    };
    access::carry_key_log(readers, writer, people::TownId{town}, read, now);
}

/// What the clock brings besides mails, each by a read first: they are called every second.
std::vector<std::function<void(std::chrono::sys_seconds)>> what_falls_due(
    store::Readers& readers, store::Writer& writer, audit::AuditKeeper& keeper,
    const Outside& outside, booking::TownId town) {
    const auto tick = [&readers, &writer, town](auto what) {
        return [&readers, &writer, town, what](std::chrono::sys_seconds now) {
            what(readers, writer, town, now);
        };
    };
    const auto rarely = [tick](std::chrono::seconds pause, auto what) {
        return [what = tick(what), times = Rarely(pause)](std::chrono::sys_seconds now) mutable {
            if (times.is_time(now)) {
                what(now);
            }
        };
    };
    return {tick(arrivals::carry_out_due_movements),
            tick(people::answer_code_requests),
            tick(booking::expire_holds),
            tick(booking::end_passed_waits),
            tick(booking::lapse_due_requests),
            tick(queue_due_digests),
            tick(booking::queue_due_reminders),
            rarely(kTellPause, arrivals::tell_due_concerned),
            rarely(kHoursPause, profiles::make_due_hours),
            rarely(kAskAgainPause, booking::ask_lines_again),
            rarely(kAlertPause, booking::queue_due_paper_alerts),
            rarely(kForgetPause, booking::forget_past_holders),
            rarely(kSealPause, seal_events),
            rarely(kKeyLogPause,
                   [&signer = outside.signer](auto& from, auto& to, auto of, auto now) {
                       carry_key_log(from, to, signer, of, now);
                   }),
            [&readers, &writer, town,
             watch = access::AlarmWatch()](std::chrono::sys_seconds now) mutable {
                watch.tick(readers, writer, booking::access_id(town), now);
            },
            [&readers, &writer, town, watch = booking::ReleaseWatch()](
                std::chrono::sys_seconds now) mutable { watch.tick(readers, writer, town, now); },
            [&writer, papers = outside.papers,
             sweeps = Rarely(kSweepPause)](std::chrono::sys_seconds now) mutable {
                if (sweeps.is_time(now)) {
                    sweep(writer, papers);
                }
            },
            [&readers, &writer, town,
             night = privacy::NightlyPurge()](std::chrono::sys_seconds now) mutable {
                or_alert("data_not_purged", [&] { night.tick(readers, writer, town, now); });
            },
            [&readers, &writer, &ledgers = outside.ledgers, town,
             times = Rarely(kErasePause)](std::chrono::sys_seconds now) mutable {
                if (times.is_time(now)) {
                    finish_erasures(readers, writer, ledgers, town, now);
                }
            },
            keep_closed(readers, outside.ledgers, town),
            [&keeper](std::chrono::sys_seconds now) { keeper.tick(now); }};
}

}  // namespace

int serve(const Config& config) {
    const auto signals = block_end_signals();
    auto mailer = mail::make_mailer(config.mail);
    if (!mailer) {
        throw std::runtime_error("mail." + mailer.error().field + " " + mailer.error().detail);
    }
    store::Readers readers(config.database, static_cast<std::size_t>(config.http.threads) + 4);
    const auto town = readers.read([&](store::Session& session) {
        store::require_current_schema(session);
        return estate::find_town(session, config.town);
    });
    store::Writer writer(config.database,
                         {.limits = {}, .town_id = town, .report = [](const std::string& what) {
                              spdlog::error("writer: {}", what);
                          }});
    const Outside outside{open_papers(config), open_ledgers(config),
                          signer::Client(config.signer_socket)};
    replay_ledgers(readers, writer, outside.ledgers, booking::TownId{town}, wall_clock());
    recompute_times(readers, writer, booking::TownId{town});
    begin_anew(writer, booking::TownId{town});
    audit::AuditKeeper keeper(readers, writer, people::TownId{town}, config.seals_file,
                              [](const std::string& what) { spdlog::warn("{}", what); });
    const auto key = people::read_or_make_account_key(config.accounts.key_file);
    access::lay_out_badge_key(config.badge_key_file, key.code_bytes(access::kBadgeKeyWords));
    const auto breached = breached_passwords(config);
    const people::AccountParts accounts{key, breached ? &*breached : nullptr};
    // Shared, as what falls due below: the writer's last answers may wake them when the server is
    // gone.
    const auto outbox = std::make_shared<mail::OutboxWorker>(
        mail::OutboxParts{.writer = writer,
                          .readers = readers,
                          .mailer = **mailer,
                          .sign_pass = mail::sign_with(outside.signer),
                          .now = wall_clock,
                          .jitter = {},
                          .account_code =
                              [&readers, &key, town](std::int64_t id, const std::string& address) {
                                  return code_for_mail(readers, key, people::TownId{town},
                                                       {people::CodeId{id}, address});
                              }},
        mail::OutboxSettings{.town_id = town,
                             .from = config.mail.from,
                             .one_process = config.database.engine == store::Engine::sqlite,
                             .site = config.http.public_url});
    const auto due = std::make_shared<store::DueWork>(store::DueWorkParts{
        .works = what_falls_due(readers, writer, keeper, outside, booking::TownId{town}),
        .now = wall_clock,
        .after = [outbox] { outbox->wake(); },
        .report =
            [](const std::string& what) {
                spdlog::error("what falls due failed error={}", what);
            }});
    http::Server server({.address = config.http.address,
                         .port = config.http.port,
                         .threads = config.http.threads,
                         .public_url = config.http.public_url,
                         .town = people::TownId{town},
                         .clock = {},
                         .after_commit =
                             [outbox, due] {
                                 due->wake();
                                 outbox->wake();
                             },
                         .hold_back = http::hold_back_syncs(readers, outside.signer),
                         .pages = open_pages(config)},
                        http::all_routes(outside.signer, accounts, outside.papers,
                                         open_scanner(config), outside.ledgers.erasures),
                        readers, writer);
    outbox->start();
    due->start();
    server.start();
    std::cout << "listening on http://" << config.http.address << ":" << server.port() << "\n"
              << std::flush;
    int received = 0;
    sigwait(&signals, &received);
    spdlog::info("stopping on signal {}", received);
    server.stop();
    due->stop();
    outbox->stop();
    return 0;
}

}  // namespace creneau
