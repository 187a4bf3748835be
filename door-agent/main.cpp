#include "door-agent/commands.hpp"
#include "door-agent/config.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <malloc.h>
#include <sodium.h>
#include <spdlog/common.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

namespace {

using namespace creneau::door;

constexpr const char* kUsualConfig = "/etc/creneau/door-agent.toml";
constexpr std::string_view kInstantForms =
    "must be like 2026-12-05T18:30:00Z, 2026-12-05T19:30:00+01:00 or Unix seconds";

struct CheckOptions {
    std::string policy;
    std::string digits;
    std::optional<std::string> door;
    std::optional<std::string> at;
    std::vector<std::string> roots;
    std::optional<std::uint32_t> town;
    std::optional<std::string> agent;
};

int usage(const std::string& text) {
    std::cerr << text << "\n";
    return kExitUsage;
}

std::optional<Config> config_or_errors(const std::string& file) {
    auto config = load_config(file);
    if (config) {
        return std::move(*config);
    }
    for (const auto& error : config.error()) {
        std::cerr << error << "\n";
    }
    return std::nullopt;
}

/// A code in the arguments is visible to every user of the machine; "-" reads it from stdin.
std::string text_to_check(const std::string& argument) {
    if (argument != "-") {
        return argument;
    }
    std::string line;
    std::getline(std::cin, line);
    return line;
}

bool fill_from_config(CheckRequest& request, const CheckOptions& options, const std::string& file) {
    const auto config = config_or_errors(file);
    if (!config) {
        return false;
    }
    request.roots = config->roots;
    request.town = config->town;
    request.agent = config->name;
    request.journal = journal_file(*config);
    if (options.policy.empty()) {
        request.policy_file = config->policy_file;
    }
    return true;
}

bool fill_from_options(CheckRequest& request, const CheckOptions& options) {
    for (const auto& text : options.roots) {
        const auto root = creneau::policy::hash_from_hex(text);
        if (!root) {
            std::cerr << "--root: must be 64 hexadecimal digits\n";
            return false;
        }
        request.roots.push_back(*root);
    }
    if (!options.town || !options.agent || options.policy.empty()) {
        std::cerr << "--root also needs --policy FILE, --town NUMBER and --agent NAME\n";
        return false;
    }
    request.town = static_cast<creneau::qr::TownId>(*options.town);
    request.agent = *options.agent;
    return true;
}

int run_check(const CheckOptions& options, const std::string& config) {
    CheckRequest request;
    request.policy_file = options.policy;
    request.door = options.door;
    request.at =
        std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    if (options.at) {
        const auto at = parse_instant(*options.at);
        if (!at) {
            return usage(fmt::format("--at: {}", kInstantForms));
        }
        request.at = *at;
    }
    const bool filled = options.roots.empty() ? fill_from_config(request, options, config)
                                              : fill_from_options(request, options);
    if (!filled) {
        return kExitUsage;
    }
    request.text = text_to_check(options.digits);
    return check_pass(request, std::cout);
}

void add_check_options(CLI::App& check, CheckOptions& options) {
    check.add_option("--policy", options.policy, "signed policy file; else the configuration's");
    check.add_option("digits", options.digits, "what the reader delivered; - reads it from stdin")
        ->required();
    check.add_option("--door", options.door, "key of the door; else every door is tried");
    check.add_option("--at", options.at, "instant to decide for; else now");
    check.add_option("--root", options.roots, "fingerprint of a trusted root, instead of --config");
    check.add_option("--town", options.town, "number of the town, with --root");
    check.add_option("--agent", options.agent, "name of the agent, with --root");
}

template <class Command>
int with_config(const std::string& file, Command command) {
    const auto config = config_or_errors(file);
    return config ? command(*config) : kExitUsage;
}

int run_confirm(const std::string& told, const std::string& config) {
    const auto at = parse_instant(told);
    if (!at) {
        return usage(fmt::format("now: {}", kInstantForms));
    }
    return with_config(config, [&](const Config& c) { return confirm_clock(c, *at, std::cout); });
}

int dispatch(int argc, char** argv) {
    CLI::App app{"Creneau door agent: checks passes locally and drives the locks"};
    std::string config = kUsualConfig;
    app.add_option("--config", config, "TOML file")->capture_default_str();
    app.fallthrough();
    app.require_subcommand(0, 1);
    auto* run = app.add_subcommand("run", "check passes until SIGTERM (the default)");
    auto* check = app.add_subcommand("check", "explain a decision, check by check");
    auto* release = app.add_subcommand("release", "release every lock and read it back");
    auto* confirm =
        app.add_subcommand("confirm-clock", "vouch for the machine's time after it was stepped");
    auto* enrol =
        app.add_subcommand("enrol", "enrol this board: reads the sheet's code from stdin");
    auto* journal = app.add_subcommand("journal", "print the journal and verify its chain");
    auto* status = app.add_subcommand("status", "say how the running agent is");
    bool for_prometheus = false;
    status->add_flag("--prometheus", for_prometheus, "in Prometheus' text format");
    CheckOptions options;
    add_check_options(*check, options);
    std::string told;
    confirm->add_option("now", told, "the time by another clock, as 2026-12-05T18:30:00Z")
        ->required();
    std::string file;
    journal->add_option("file", file, "journal.db of a state folder")->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kExitDone : kExitUsage;
    }
    if (*check) {
        return run_check(options, config);
    }
    if (*enrol) {
        return with_config(
            config, [](const Config& c) { return enrol_agent(c, text_to_check("-"), std::cout); });
    }
    if (*journal) {
        return show_journal(file, std::cout);
    }
    if (*confirm) {
        return run_confirm(told, config);
    }
    if (*status) {
        return with_config(config, [&](const Config& c) {
            return show_status(for_prometheus ? metrics_file(c) : status_file(c), std::cout);
        });
    }
    if (*release) {
        return with_config(config, [](const Config& c) { return release_locks(c, std::cout); });
    }
    static_cast<void>(run);
    return with_config(config, run_agent);
}

}  // namespace

int main(int argc, char** argv) {
    // A policy is large and replaced often. Left to itself the allocator would soon keep what was
    // freed: 14 MB instead of 4 after ten renewals of 100 000 badges.
    ::mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    umask(S_IRWXG | S_IRWXO);  // journal and slots are this program's alone
    spdlog::set_default_logger(spdlog::stderr_logger_mt("door-agent"));
    spdlog::set_pattern("[%Y-%m-%dT%H:%M:%S.%eZ] [%n] [%l] %v", spdlog::pattern_time_type::utc);
    if (sodium_init() < 0) {
        return usage("libsodium does not start");
    }
    try {
        return dispatch(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "creneau-door-agent: " << error.what() << "\n";
        return kExitNo;
    }
}
