#include "api/store/child_process.hpp"

#include "api/store/session.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace creneau::store {
namespace {

/// A file in memory: no pipe that could fill while nobody reads.
class MemoryFile {
  public:
    MemoryFile() : file_(memfd_create("output", MFD_CLOEXEC)) {
        if (file_ < 0) {
            throw StoreError(std::string("memfd_create: ") + std::strerror(errno));
        }
    }
    ~MemoryFile() { close(file_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    int descriptor() const { return file_; }
    std::string content() const {
        std::string text;
        std::array<char, 4096> piece{};
        off_t offset = 0;
        for (ssize_t got = 1; got > 0; offset += got) {
            got = pread(file_, piece.data(), piece.size(), offset);
            text.append(piece.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
        }
        return text;
    }

  private:
    int file_;
};

}  // namespace

Finished run_program(const std::vector<std::string>& words) {
    const MemoryFile output;
    const MemoryFile errors;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output.descriptor(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), STDERR_FILENO);
    std::vector<std::string> copies(words);
    std::vector<char*> arguments;
    arguments.reserve(copies.size() + 1);
    for (std::string& word : copies) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    pid_t child = -1;
    const int failed =
        posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        throw StoreError(words.front() + ": " + std::strerror(failed));
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return {WIFEXITED(status) && WEXITSTATUS(status) == 0, output.content(), errors.content()};
}

}  // namespace creneau::store
