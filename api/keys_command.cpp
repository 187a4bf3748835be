#include "api/keys_command.hpp"

#include "api/audit_command.hpp"
#include "api/config.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace creneau {

namespace {

constexpr int kRefused = 1;
constexpr int kSignals = 128;  // what a shell adds to the number of the signal that ended a program

/// What makes what others trust. What becomes of a town's keys comes from creneau-signer's keys.log
/// (api/access/keys/), with key and confirmation; the rest only looks.
struct Noted {
    std::string_view word;
    std::string_view action;
};
constexpr std::array<Noted, 3> kNoted{
    {{"init-root", "keys_root_made"}, {"request", "keys_requested"}, {"sign", "keys_signed"}}};

struct Asked {
    std::string config = "/etc/creneau/api.toml";
    std::vector<std::string> words;  ///< but options
    bool for_help = false;
};

Asked read(const std::vector<std::string>& arguments) {
    Asked asked;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--config" && i + 1 < arguments.size()) {
            asked.config = arguments[++i];
        } else if (argument.starts_with("--config=")) {
            asked.config = argument.substr(argument.find('=') + 1);
        } else if (!argument.starts_with("-")) {
            asked.words.push_back(argument);
        }
        asked.for_help = asked.for_help || argument == "--help" || argument == "-h";
    }
    return asked;
}

/// Ours are its streams, so that it can ask.
int run(const std::string& program, const std::vector<std::string>& arguments) {
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const auto& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawn(&child, program.c_str(), nullptr, nullptr, argv.data(), environ) != 0) {
        std::cerr << program << " cannot be executed: is it installed beside this program?\n";
        return kRefused;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return kRefused;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : kSignals + WTERMSIG(status);
}

/// Roots are signed with on machines that know no town: then there is no log to write to.
void note(const Asked& asked, int status) {
    const auto* const found = std::ranges::find_if(kNoted, [&](const Noted& noted) {
        return asked.words.size() > 1 && asked.words[1] == noted.word;
    });
    if (found == kNoted.end() || asked.for_help || !std::filesystem::exists(asked.config)) {
        return;
    }
    if (const auto config = load_config(asked.config)) {
        note_in_audit(*config,
                      {.action = found->action, .ground = status == 0 ? "done" : "refused"});
    }
}

}  // namespace

bool asks_for_keys(const std::vector<std::string>& arguments) {
    const auto words = read(arguments).words;
    return !words.empty() && words.front() == "keys";
}

int keys_command(const std::vector<std::string>& arguments) {
    const auto own = std::filesystem::read_symlink("/proc/self/exe");
    const int status = run((own.parent_path() / "creneau-signer").string(), arguments);
    note(read(arguments), status);
    return status;
}

}  // namespace creneau
