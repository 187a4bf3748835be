#include "tests/door-agent/locks/board_process.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace creneau::door::test {

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

BoardProcess::BoardProcess(Line line, const std::string& kind, std::vector<std::string> more) {
    std::string pattern = std::filesystem::temp_directory_path() / "board-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("mkdtemp");
    }
    folder_ = pattern;
    std::vector<std::string> words = {"/usr/bin/python3",
                                      CRENEAU_SOURCE_DIR "/tests/support/modbus_board.py",
                                      "--kind",
                                      kind,
                                      "--log",
                                      folder_ + "/log",
                                      "--control",
                                      folder_ + "/control",
                                      "--ready-file",
                                      folder_ + "/ready"};
    if (line == Line::tcp) {
        more.insert(more.end(), {"--tcp", "0"});
    } else {
        more.insert(more.end(), {"--rtu", tty()});
    }
    words.insert(words.end(), more.begin(), more.end());
    std::vector<char*> argv;
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    const int failed = posix_spawn(&child_, argv[0], &quiet, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&quiet);
    if (failed != 0 || !eventually([this] { return std::filesystem::exists(folder_ + "/ready"); },
                                   std::chrono::seconds(30))) {
        throw std::runtime_error("the simulated board did not start");
    }
    const auto ready = nlohmann::json::parse(std::ifstream(folder_ + "/ready"));
    port_ = ready["port"].is_null() ? 0 : ready["port"].get<int>();
}

BoardProcess::~BoardProcess() {
    kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

nlohmann::json BoardProcess::command(const std::string& line) const {
    const int link = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (folder_ + "/control").c_str(), sizeof(address.sun_path) - 1);
    std::string answer;
    if (connect(link, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
        const std::string sent = line + "\n";
        [[maybe_unused]] const ssize_t wrote = write(link, sent.data(), sent.size());
        char byte = 0;
        while (read(link, &byte, 1) == 1 && byte != '\n') {
            answer.push_back(byte);
        }
    }
    close(link);
    auto parsed = nlohmann::json::parse(answer);
    if (!parsed["ok"].get<bool>()) {
        throw std::runtime_error(line + ": " + parsed["error"].get<std::string>());
    }
    return parsed;
}

bool BoardProcess::coil(int number) const {
    return command("state")["coils"][static_cast<std::size_t>(number)].get<bool>();
}

std::vector<BoardProcess::Change> BoardProcess::changes() const {
    std::vector<Change> found;
    std::ifstream log(folder_ + "/log");
    for (std::string line; std::getline(log, line);) {
        const auto row = nlohmann::json::parse(line, nullptr, false);
        if (!row.is_discarded() && row.contains("coil")) {
            found.push_back({row["t"], row["coil"], row["on"], row["cause"]});
        }
    }
    return found;
}

std::size_t BoardProcess::times_on(int coil) const {
    const auto all = changes();
    return static_cast<std::size_t>(std::ranges::count_if(
        all, [coil](const Change& change) { return change.coil == coil && change.on; }));
}

}  // namespace creneau::door::test
