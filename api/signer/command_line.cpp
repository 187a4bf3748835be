#include "api/signer/command_line.hpp"

#include "api/signer/credential_store.hpp"
#include "api/signer/instant_text.hpp"
#include "api/signer/key_confirmation_store.hpp"
#include "api/signer/key_directory.hpp"
#include "api/signer/key_log.hpp"
#include "api/signer/key_problem.hpp"
#include "api/signer/key_request.hpp"
#include "api/signer/root_keys.hpp"
#include "api/signer/serve.hpp"
#include "api/signer/signer_config.hpp"
#include "api/signer/town_keys.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <signal.h>
#include <spdlog/common.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <tl/expected.hpp>

namespace creneau::signer {
namespace {

constexpr int kRefused = 1;

/// What the command line asked for.
struct Request {
    std::string config = "/etc/creneau/api.toml";
    std::filesystem::path directory;
    std::string use;
    std::filesystem::path out;
    SignRequest sign;
    std::string not_before;
    std::uint32_t generation = 0;
    bool yes = false;
    ImportCertificate import;
    std::uint8_t key_id = 0;
    bool withdraw = false;
    std::int64_t confirmed = 0;
};

struct Commands {
    CLI::App* serve;
    CLI::App* init_root;
    CLI::App* request;
    CLI::App* sign;
    CLI::App* import;
    CLI::App* list;
    CLI::App* retire;
};

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

void describe_sign(CLI::App& sign, Request& request) {
    sign.add_option("--root", request.sign.root, "private file of the root or spare root")
        ->required();
    sign.add_option("--request", request.sign.request, "file from keys request")->required();
    sign.add_option("--out", request.sign.out, "certificate to write")->required();
    sign.add_option("--not-before", request.not_before,
                    "start, 2026-12-05 or 2026-12-05T18:30:00Z (UTC); else what is proposed");
    sign.add_option("--days", request.sign.days, "length of the certificate's window (120)");
    sign.add_option("--longest-pass-min", request.sign.longest_pass_min,
                    "longest pass the key may sign, in minutes (1440)");
    sign.add_option("--generation", request.generation,
                    "raise it to overtake policies of a lost or forged key")
        ->check(CLI::PositiveNumber);
    sign.add_flag("--yes", request.yes, "sign without asking");
}

Commands describe(CLI::App& app, Request& request) {
    app.add_option("--config", request.config, "the town's configuration (api.toml)");
    app.fallthrough();
    app.require_subcommand(0, 1);
    auto* keys = app.add_subcommand("keys", "roots, requests, certificates");
    keys->require_subcommand(1)->fallthrough();
    Commands commands{
        app.add_subcommand("serve", "answer on the socket (what happens without a command)"),
        keys->add_subcommand("init-root", "make root and spare root, for removable media"),
        keys->add_subcommand("request", "make a key and ask a root to certify it"),
        keys->add_subcommand("sign", "certify a requested key, where the root is"),
        keys->add_subcommand("import", "put a certificate beside its key"),
        keys->add_subcommand("list", "keys, their windows and states, alarms"),
        keys->add_subcommand("retire", "destroy a private key"),
    };
    commands.init_root->add_option("--out", request.directory, "directory to write")->required();
    commands.request->add_option("--use", request.use, "pass, policy or command")
        ->required()
        ->check(CLI::IsMember({"pass", "policy", "command"}));
    commands.request->add_option("--out", request.out, "request file to write")->required();
    describe_sign(*commands.sign, request);
    commands.import->add_option("--certificate", request.import.certificate, "from keys sign")
        ->required();
    commands.import->add_option("--trust-roots", request.import.trust_roots,
                                "root.fingerprint or spare-root.fingerprint of init-root: pin them "
                                "(first import only)");
    commands.retire->add_option("--id", request.key_id, "key id")->required();
    commands.retire->add_flag("--withdraw", request.withdraw,
                              "publish it no more: others may hold it, its passes must not open");
    for (auto* command : {commands.import, commands.retire}) {
        command
            ->add_option("--confirmed", request.confirmed,
                         "number of what two people want, from the town's web site")
            ->check(CLI::PositiveNumber);
    }
    for (auto* command : {commands.serve, commands.init_root, commands.request, commands.sign,
                          commands.import, commands.list, commands.retire}) {
        command->fallthrough();
    }
    return commands;
}

/// Prints the text or the problem.
int tell(const tl::expected<std::string, KeyProblem>& result) {
    if (result) {
        std::cout << *result;
        return std::cout.flush() ? 0 : kRefused;
    }
    std::cerr << describe(result.error()) << "\n";
    return kRefused;
}

bool ask_for_yes(const std::string& description) {
    std::cout << description << "\nSign this? Type yes: " << std::flush;
    std::string line;
    return std::getline(std::cin, line) && line == "yes";
}

int sign(Request request) {
    if (!request.not_before.empty()) {
        request.sign.not_before = instant_from(request.not_before);
        if (!request.sign.not_before) {
            return tell(tl::unexpected(KeyProblem{KeyFault::out_of_range, "--not-before",
                                                  "2026-12-05 or 2026-12-05T18:30:00Z"}));
        }
    }
    if (request.generation != 0) {
        request.sign.generation = request.generation;
    }
    return tell(sign_request(request.sign, [&](const std::string& description) {
        if (!request.yes) {
            return ask_for_yes(description);
        }
        std::cout << description;
        return true;
    }));
}

/// As a confirmation names it.
std::string_view word_of(KeyStep step) {
    switch (step) {
        case KeyStep::import:
            return "key_import";
        case KeyStep::retire:
            return "key_retire";
        case KeyStep::withdraw:
            return "key_withdraw";
    }
    return "";
}

/// Asks the town's database, which the API alone writes.
Confirmed confirmed_in(const SignerConfig& config, std::int64_t confirmation) {
    return [config, confirmation](KeyStep step, std::uint8_t key) {
        store::Session session(config.database, store::OpenMode::read_only);
        const auto town = find_town(session, config.town);
        return town && is_confirmed(session, *town, {confirmation, word_of(step), key}, now());
    };
}

KeyDirectory open_keys(const SignerConfig& config) {
    store::Session session(config.database, store::OpenMode::read_only);
    const auto town = find_town(session, config.town);
    if (!town) {
        throw std::runtime_error("the database does not hold the one town this file names");
    }
    return {config.keys, {*town, config.root_fingerprints}};
}

using Changed =
    std::function<tl::expected<std::string, KeyProblem>(const Confirmed&, const Noted&)>;

/// Carries one step out and writes into the log of keys what became of it.
int change_keys(const SignerConfig& config, KeyOperation operation, const Changed& change) {
    KeyLog log(config.state);
    const auto done =
        change(confirmed_in(config, operation.confirmation), [&](KeyStep step, std::uint8_t key) {
            operation.step = word_of(step);
            operation.key = key;
            log.append(operation, "begun", now());
        });
    log.append(operation, done ? "done" : word_of(done.error().fault), now());
    return tell(done);
}

int import(KeyDirectory& keys, const SignerConfig& config, const Request& request) {
    return change_keys(config, {word_of(KeyStep::import), 0, request.confirmed},
                       [&](const Confirmed& confirmed, const Noted& noted) {
                           auto import = request.import;
                           import.confirmed = confirmed;
                           import.noted = noted;
                           return import_certificate(keys, import, now());
                       });
}

int retire(KeyDirectory& keys, const SignerConfig& config, const Request& request) {
    const auto step = request.withdraw ? KeyStep::withdraw : KeyStep::retire;
    return change_keys(config, {word_of(step), request.key_id, request.confirmed},
                       [&](const Confirmed& confirmed, const Noted& noted) {
                           return retire_key(
                               keys, {request.key_id, request.withdraw, confirmed, noted}, now());
                       });
}

/// The commands that need the town's configuration.
int run_in_town(const Commands& commands, const Request& request) {
    const auto config = load_signer_config(request.config);
    if (!config) {
        for (const auto& error : config.error()) {
            std::cerr << error.place << " " << error.detail << "\n";
        }
        return kRefused;
    }
    if (!*commands.request && !*commands.import && !*commands.list && !*commands.retire) {
        return serve(*config);
    }
    auto keys = open_keys(*config);
    if (*commands.request) {
        return tell(request_key(keys, store::present(use_from(request.use), "use of a key"),
                                request.out, now()));
    }
    if (*commands.import) {
        return import(keys, *config, request);
    }
    if (*commands.retire) {
        return retire(keys, *config, request);
    }
    return tell(list_keys(keys, now()));
}

/// No core dump and no other process of this user may show a key; a file that grows too large is
/// an error to report, not a signal to die of.
void protect_process() {
    constexpr rlimit kNoCore{0, 0};
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || ::setrlimit(RLIMIT_CORE, &kNoCore) != 0) {
        throw std::runtime_error("cannot switch core dumps off");
    }
    (void)std::signal(SIGXFSZ, SIG_IGN);
    (void)std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

int run_command_line(int argc, char** argv) {
    protect_process();
    spdlog::set_default_logger(spdlog::stderr_logger_mt("creneau-signer"));
    spdlog::set_pattern("[%Y-%m-%dT%H:%M:%S.%eZ] [%n] [%l] %v", spdlog::pattern_time_type::utc);
    CLI::App app("Makes passes and door policies: the only program that reads private keys.",
                 "creneau-signer");
    Request request;
    const auto commands = describe(app, request);
    CLI11_PARSE(app, argc, argv);
    if (*commands.init_root) {
        return tell(init_root(request.directory));
    }
    if (*commands.sign) {
        return sign(std::move(request));
    }
    return run_in_town(commands, request);
}

}  // namespace creneau::signer
