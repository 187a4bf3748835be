#include "tests/support/private_postgres.hpp"

#include <array>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace creneau::support {
namespace {

std::string first_line(int file) {
    std::string line;
    char letter = 0;
    while (::read(file, &letter, 1) == 1 && letter != '\n') {
        line.push_back(letter);
    }
    return line;
}

/// Starts `script run` with its standard input and output on pipes.
int spawn(const std::string& script, int input, int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    std::string python = "/usr/bin/python3";
    std::string path = script;
    std::string verb = "run";
    std::array<char*, 4> arguments{python.data(), path.data(), verb.data(), nullptr};
    pid_t child = -1;
    const int failed =
        posix_spawn(&child, python.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        throw std::runtime_error("cannot start " + script);
    }
    return child;
}

}  // namespace

PrivatePostgres& PrivatePostgres::instance() {
    static PrivatePostgres server;
    return server;
}

PrivatePostgres::PrivatePostgres() {
    std::array<int, 2> leash{};
    std::array<int, 2> output{};
    if (pipe2(leash.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe for the private PostgreSQL");
    }
    server_ = spawn(CRENEAU_SOURCE_DIR "/tests/support/private_postgres.py", leash[0], output[1]);
    close(leash[0]);
    close(output[1]);
    leash_ = leash[1];
    conninfo_ = first_line(output[0]);
    close(output[0]);
    if (conninfo_.empty()) {
        throw std::runtime_error("the private PostgreSQL did not start");
    }
}

PrivatePostgres::~PrivatePostgres() {
    close(leash_);
    waitpid(server_, nullptr, 0);
}

std::string PrivatePostgres::conninfo(const std::string& database) const {
    return conninfo_.substr(0, conninfo_.rfind('=') + 1) + database;
}

}  // namespace creneau::support
