#include "api/audit_command.hpp"
#include "api/bounces_command.hpp"
#include "api/commands.hpp"
#include "api/config.hpp"
#include "api/import_bookings_command.hpp"
#include "api/import_holidays_command.hpp"
#include "api/keys_command.hpp"
#include "api/ledgers.hpp"
#include "api/restore_command.hpp"
#include "api/serve.hpp"
#include "api/store/backup.hpp"
#include "api/store/db_error.hpp"

#include <exception>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <spdlog/common.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

namespace {

constexpr int kRefused = 1;

/// What the command line asked for.
struct Request {
    std::string config = "/etc/creneau/api.toml";
    std::filesystem::path file;
    std::string email;
    std::string agent;
    std::filesystem::path out;
    std::optional<std::string> day;
    bool overwrite_edits = false;
    creneau::ImportBookingsOptions bookings;
    creneau::ImportHolidaysOptions holidays;
};

struct Commands {
    CLI::App* migrate;
    CLI::App* import;
    CLI::App* import_bookings;
    CLI::App* bounces;
    CLI::App* import_holidays;
    CLI::App* backup;
    CLI::App* restore;
    CLI::App* doctor;
    CLI::App* recompute_times;
    CLI::App* set_password;
    CLI::App* reset_second_factor;
    CLI::App* settle;
    CLI::App* policy_export;
    CLI::App* audit_verify;
};

CLI::App* describe_import(CLI::App& app, creneau::ImportBookingsOptions& options) {
    auto* command = app.add_subcommand(
        "import-bookings", "book the lines of a spreadsheet (CSV); a dry run without --commit");
    command->add_option("FILE", options.file)->required();
    command->add_option("--as", options.actor_email, "address of the office's person who books")
        ->required();
    command->add_flag("--commit", options.commit, "keep what is booked: all lines or nothing");
    command->add_flag("--skip-refused", options.skip_refused, "keep the lines that pass");
    command->add_flag("--approve", options.approve, "approve what the rooms leave to be decided");
    return command;
}

CLI::App* describe_import(CLI::App& app, creneau::ImportHolidaysOptions& options) {
    auto* command = app.add_subcommand(
        "import-holidays", "keep the school holidays of a zone from the Ministry's .ics file");
    command->add_option("ZONE", options.zone, "A, B, C or Corse")->required();
    command->add_option("FILE", options.file)->required();
    return command;
}

Commands describe(CLI::App& app, Request& request) {
    Commands commands{};
    app.add_option("--config", request.config, "configuration file (TOML)");
    app.add_subcommand("serve", "run the server (the default)");
    commands.migrate = app.add_subcommand("migrate", "bring the database to this version");
    commands.import = app.add_subcommand("import", "load a town from a JSON file");
    commands.import->add_option("FILE", request.file)->required();
    commands.import->add_flag("--overwrite-edits", request.overwrite_edits,
                              "take back what was changed in the application since");
    commands.import_bookings = describe_import(app, request.bookings);
    commands.bounces =
        app.add_subcommand("bounces", "note which mails came back, from the reports about them");
    commands.bounces->add_option("SOURCE", request.file, "a mail, a Maildir, or - for stdin")
        ->required();
    commands.import_holidays = describe_import(app, request.holidays);
    commands.backup = app.add_subcommand("backup", "write a consistent copy of the database");
    commands.backup->add_option("FILE", request.file)->required();
    commands.restore = app.add_subcommand("restore", "put a backup in place of an empty database");
    commands.restore->add_option("FILE", request.file)->required();
    commands.doctor = app.add_subcommand("doctor", "look for damage, one line a check");
    commands.recompute_times = app.add_subcommand(
        "recompute-times", "move bookings to come whose time zone has changed its clocks");
    commands.set_password =
        app.add_subcommand("set-password", "set a person's password, read from stdin");
    commands.set_password->add_option("EMAIL", request.email)->required();
    commands.reset_second_factor = app.add_subcommand(
        "reset-second-factor", "take away a second factor that its person has lost");
    commands.reset_second_factor->add_option("EMAIL", request.email)->required();
    commands.settle = app.add_subcommand(
        "settle", "let a new administrator confirm at once, in a town that has no others");
    commands.settle->add_option("EMAIL", request.email)->required();
    auto* policy = app.add_subcommand("policy", "door policies")->require_subcommand(1);
    commands.policy_export = policy->add_subcommand("export", "write an agent's signed policy");
    commands.policy_export->add_option("--agent", request.agent, "the agent's key")->required();
    commands.policy_export->add_option("--out", request.out, "file to replace")->required();
    auto* audit = app.add_subcommand("audit", "who did what")->require_subcommand(1);
    commands.audit_verify = audit->add_subcommand("verify", "compute its chain of hashes anew");
    commands.audit_verify->add_option("--day", request.day, "only this day's lines: 2026-12-05");
    app.add_subcommand("keys", "roots, requests, certificates: see creneau-signer keys --help");
    app.require_subcommand(0, 1);
    return commands;
}

int refuse(const std::vector<creneau::ConfigError>& errors) {
    for (const auto& error : errors) {
        std::cerr << error.place << " " << error.detail << "\n";
    }
    return kRefused;
}

int run(const Commands& commands, const Request& request) {
    const auto config = creneau::load_config(request.config);
    if (!config) {
        return refuse(config.error());
    }
    if (*commands.migrate) {
        const int migrated = creneau::migrate_command(*config);
        return migrated != 0 ? migrated : creneau::replay_ledgers_command(*config);
    }
    if (*commands.import) {
        return creneau::import_command(*config, request.file, request.overwrite_edits);
    }
    if (*commands.import_bookings) {
        return creneau::import_bookings_command(*config, request.bookings);
    }
    if (*commands.bounces) {
        return creneau::bounces_command(*config, request.file);
    }
    if (*commands.import_holidays) {
        return creneau::import_holidays_command(*config, request.holidays);
    }
    if (*commands.backup) {
        creneau::store::backup(config->database, request.file);
        creneau::note_backup(*config);
        return creneau::paper_files_command(*config);
    }
    if (*commands.restore) {
        return creneau::restore_command(*config, request.file);
    }
    if (*commands.doctor) {
        return creneau::doctor_command(*config);
    }
    if (*commands.recompute_times) {
        return creneau::recompute_times_command(*config);
    }
    if (*commands.set_password) {
        return creneau::set_password_command(*config, request.email);
    }
    if (*commands.reset_second_factor) {
        return creneau::reset_second_factor_command(*config, request.email);
    }
    if (*commands.settle) {
        return creneau::settle_command(*config, request.email);
    }
    if (*commands.policy_export) {
        return creneau::policy_export_command(*config, request.agent, request.out);
    }
    if (*commands.audit_verify) {
        return creneau::audit_verify_command(*config, request.day);
    }
    return creneau::serve(*config);
}

}  // namespace

int main(int argc, char** argv) {
    umask(S_IWGRP | S_IRWXO);  // what is written holds people's data
    spdlog::set_default_logger(spdlog::stderr_logger_mt("creneau-api"));
    spdlog::set_pattern("[%Y-%m-%dT%H:%M:%S.%eZ] [%n] [%l] %v", spdlog::pattern_time_type::utc);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    try {
        if (creneau::asks_for_keys(arguments)) {
            return creneau::keys_command(arguments);
        }
        CLI::App app("The town's server: bookings, mails, door policies.", "creneau-api");
        Request request;
        const auto commands = describe(app, request);
        CLI11_PARSE(app, argc, argv);
        return run(commands, request);
    } catch (const std::exception& problem) {
        std::cerr << "creneau-api: " << creneau::store::told(problem) << "\n";
        return kRefused;
    }
}
