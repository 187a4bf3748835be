#include "door-agent/clock/boot_time.hpp"
#include "door-agent/clock/clock.hpp"
#include "door-agent/clock/confirmation.hpp"
#include "door-agent/commands.hpp"
#include "door-agent/config.hpp"
#include "door-agent/door/agent.hpp"
#include "door-agent/door/mailbox.hpp"
#include "door-agent/door/time_keeper.hpp"
#include "door-agent/door_buses.hpp"
#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal_writer.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/readers/pcsc_reader.hpp"
#include "door-agent/readers/reader.hpp"
#include "door-agent/readers/serial_reader.hpp"
#include "door-agent/readers/wedge_reader.hpp"
#include "door-agent/readers/wiegand_reader.hpp"
#include "door-agent/state_claim.hpp"
#include "door-agent/status_socket.hpp"
#include "door-agent/sync/agent_identity.hpp"
#include "door-agent/sync/arrived_policy.hpp"
#include "door-agent/sync/command_desk.hpp"
#include "door-agent/sync/policy_store.hpp"
#include "door-agent/sync/standing.hpp"
#include "door-agent/sync/town_link.hpp"
#include "policy/memory.hpp"
#include "policy/policy.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <signal.h>
#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTick{500};
constexpr milliseconds kReleaseLimit{5'000};
/// Cards are read from then on even if a board has not answered; its doors stay locked.
constexpr milliseconds kReadersStart{10'000};
/// Readers open at once or tell that they are lost; nobody waits longer for a word of theirs.
constexpr milliseconds kReadersOpen{3'000};
/// How long an agent that is started waits for the one before it to end.
constexpr milliseconds kClaimLimit{10'000};

/// Waits for SIGTERM and SIGINT on a thread of its own; all other threads have them blocked.
class StopSignal {
  public:
    explicit StopSignal(Mailbox& mailbox) {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGTERM);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGUSR2);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        thread_ = std::thread([this, &mailbox] {
            int caught = 0;
            sigwait(&signals_, &caught);
            mailbox.post(told::Stop{});
        });
    }
    ~StopSignal() {
        pthread_kill(thread_.native_handle(), SIGUSR2);
        thread_.join();
    }
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

  private:
    sigset_t signals_{};
    std::thread thread_;
};

/// A full disk and a closed pipe are answers of a call, not the end of the program.
void ignore_signals() {
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
}

LockListener listen_to_locks(Mailbox& mailbox) {
    return {[&mailbox](const LockEvent& event) { mailbox.post(told::LockState{event}); },
            [&mailbox](const InputLevels& levels) { mailbox.post(told::Inputs{levels}); }};
}

std::vector<std::unique_ptr<Reader>> make_readers(const Config& config, Mailbox& mailbox) {
    const ReaderListener listener{
        [&mailbox](ReaderFrame frame) { mailbox.post(told::Read{std::move(frame)}); },
        [&mailbox](const std::string& reader, ReaderNotice notice, const std::string& detail) {
            mailbox.post(told::ReaderState{reader, notice, detail});
        }};
    std::vector<std::unique_ptr<Reader>> readers;
    for (const auto& reader : config.readers) {
        if (const auto* serial = std::get_if<SerialReaderSettings>(&reader.device)) {
            readers.push_back(std::make_unique<SerialReader>(*serial, listener));
        } else if (const auto* wedge = std::get_if<WedgeReaderSettings>(&reader.device)) {
            readers.push_back(std::make_unique<WedgeReader>(*wedge, listener));
        } else if (const auto* wiegand = std::get_if<WiegandReaderSettings>(&reader.device)) {
            readers.push_back(std::make_unique<WiegandReader>(*wiegand, listener));
        } else if (const auto* pcsc = std::get_if<PcscReaderSettings>(&reader.device)) {
            readers.push_back(std::make_unique<PcscReader>(*pcsc, listener));
        }
    }
    return readers;
}

std::map<std::string, ReaderPlace> places_of_readers(const Config& config) {
    std::map<std::string, ReaderPlace> places;
    for (const auto& reader : config.readers) {
        std::visit(
            [&](const auto& device) {
                places[device.key] = ReaderPlace{reader.door, reader.badges};
            },
            reader.device);
    }
    return places;
}

std::map<std::string, DoorInputs> inputs_of_doors(const Config& config) {
    std::map<std::string, DoorInputs> inputs;
    for (const auto& door : config.doors) {
        inputs[door.key] = door.inputs;
    }
    return inputs;
}

JournalListener listen_to_journal(Mailbox& mailbox) {
    return {[&mailbox](const std::string& trouble) { mailbox.post(told::StorageState{trouble}); },
            [&mailbox](policy::Memory memory) {
                mailbox.post(told::RememberedLate{std::move(memory)});
            }};
}

Event first_row() {
    Event row;
    row.kind = EventKind::journal_started;
    row.reason = "started";
    const auto sample = sample_clock();
    row.at = sample.wall;
    row.boot = sample.boot;
    row.clock = name(ClockState::untrusted);
    return row;
}

/// The newest policy the journal knows of: damaged slots do not let an older one in.
std::optional<policy::Order> held_before(const JournalWriter& journal) {
    const auto& kept = journal.time_at_start();
    return kept ? std::optional(kept->policy) : std::nullopt;
}

TimeKeeper::Settings time_settings(const Config& config) {
    TimeKeeper::Settings settings;
    settings.source = config.clock;
    settings.boot_id = boot_id();
    settings.word_file = config.state_dir / kClockWordFile;
    return settings;
}

/// Null for an agent that asks no town, or whose board has not enrolled.
std::unique_ptr<TownLink> make_link(const Config& config, Mailbox& mailbox,
                                    JournalWriter& journal) {
    if (config.town_server.url.empty()) {
        return nullptr;
    }
    auto identity = AgentIdentity::load(config.state_dir);
    if (!identity) {
        spdlog::error("town: this board has not enrolled (creneau-door-agent enrol)");
        return nullptr;
    }
    return std::make_unique<TownLink>(
        config.town_server, *std::move(identity),
        LinkParts{
            config.name,
            journal_file(config),
            config.journal_capacity,
            [&mailbox](ArrivedPolicy policy) {
                mailbox.post(told::PolicyArrived{std::move(policy)});
            },
            [&journal](const Acknowledged& acknowledged) {
                Batch batch;
                batch.acknowledged = acknowledged;
                journal.post(std::move(batch));
            },
            {config.roots, config.town, config.name, boot_id()},
            [&mailbox](const ArrivedCommand& command) { mailbox.post(told::Commanded{command}); }});
}

/// Everything that lives while the agent runs, in the order it must be built.
class Running {
  public:
    explicit Running(const Config& config)
        : stop_signal_(mailbox_),
          config_(config),
          journal_({journal_file(config), config.name, config.journal_capacity}, first_row(),
                   listen_to_journal(mailbox_)),
          policies_({config.policy_file, config.state_dir, config.roots, config.town, config.name,
                     held_before(journal_)}),
          time_(time_settings(config), journal_.time_at_start()),
          buses_(make_buses(config, listen_to_locks(mailbox_))),
          status_(status_file(config)),
          metrics_(metrics_file(config)),
          agent_({journal_, policies_, time_, buses_.locks, places_of_readers(config),
                  inputs_of_doors(config),
                  [this](Message message) { mailbox_.post(std::move(message)); },
                  [this](const Feedback& shown) {
                      buses_.show(shown.door, shown.granted);
                      spdlog::info("reader {}: {}", shown.reader,
                                   shown.granted ? "granted" : "refused");
                  },
                  [this](const Standing& standing) {
                      if (link_) {
                          link_->stand(standing);
                      }
                  }}) {}

    int run() {
        link_ = make_link(config_, mailbox_, journal_);
        agent_.start();
        buses_.start();
        started_ = boot_now();
        while (round()) {
        }
        return stop();
    }

  private:
    bool round() {
        const auto now = boot_now();
        if (now >= next_tick_) {
            next_tick_ = now + kTick;
            agent_.tick();
            status_.say(agent_.status());
            metrics_.say(agent_.metrics());
            start_readers_when_due(now);
            if (buses_.alive(now)) {
                sd_notify(0, "WATCHDOG=1");
            }
        }
        const auto message = mailbox_.take(std::max(milliseconds{0}, next_tick_ - boot_now()));
        if (message && std::holds_alternative<told::Stop>(*message)) {
            return false;
        }
        if (message) {
            if (const auto* reader = std::get_if<told::ReaderState>(&*message)) {
                readers_told_.insert(reader->reader);
            }
            agent_.handle(*message);
            start_readers_when_due(boot_now());
        }
        return true;
    }

    /// No card is read before every lock was released and read back, or its board is known lost.
    void start_readers_when_due(BootTime now) {
        if (ready_) {
            return;
        }
        if (!readers_started_ && (agent_.every_lock_known() || now - started_ >= kReadersStart)) {
            readers_started_ = now;
            readers_ = make_readers(config_, mailbox_);
            for (const auto& reader : readers_) {
                reader->start();
            }
        }
        const bool told = readers_told_.size() >= readers_.size();
        if (readers_started_ && (told || now - *readers_started_ >= kReadersOpen)) {
            ready_ = true;
            sd_notify(0, "READY=1");
            std::cout << "agent ready\n" << std::flush;
        }
    }

    int stop() {
        sd_notify(0, "STOPPING=1");
        // Nothing is decided any more: no door waits for the town or for a reader to end.
        const auto unconfirmed = buses_.release_all(kReleaseLimit);
        link_.reset();
        readers_.clear();
        for (const auto& door : unconfirmed) {
            spdlog::error("door {}: its release could not be read back", door);
        }
        agent_.stop();
        return unconfirmed.empty() ? kExitDone : kExitNo;
    }

    Mailbox mailbox_;
    StopSignal stop_signal_;
    const Config& config_;
    JournalWriter journal_;
    PolicyStore policies_;
    TimeKeeper time_;
    DoorBuses buses_;
    StatusSocket status_;
    StatusSocket metrics_;
    Agent agent_;
    std::unique_ptr<TownLink> link_;
    std::vector<std::unique_ptr<Reader>> readers_;
    std::optional<BootTime> readers_started_;
    std::set<std::string> readers_told_;
    BootTime started_{};
    BootTime next_tick_{};
    bool ready_ = false;
};

}  // namespace

int run_agent(const Config& config) {
    ignore_signals();
    std::filesystem::create_directories(config.state_dir);
    const auto state = claim_state(config.state_dir, kClaimLimit);
    if (!state) {
        std::cerr << state.error().text << "\n";
        return kExitNo;
    }
    Running running(config);
    return running.run();
}

}  // namespace creneau::door
