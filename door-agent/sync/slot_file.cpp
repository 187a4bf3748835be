#include "door-agent/sync/slot_file.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace creneau::door {
namespace {

class Descriptor {
  public:
    Descriptor(const std::filesystem::path& file, int flags, mode_t mode = 0)
        : fd_(::open(file.c_str(), flags | O_CLOEXEC, mode)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool good() const { return fd_ >= 0; }

  private:
    int fd_;
};

std::string trouble(const char* what, const std::filesystem::path& file) {
    return fmt::format("cannot {} {}: {}", what, file.string(), std::strerror(errno));
}

bool write_all(int fd, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> read_whole(const std::filesystem::path& file,
                                                    std::size_t most) {
    // O_NONBLOCK: a pipe left in this place must not stop the doors.
    const Descriptor input(file, O_RDONLY | O_NONBLOCK);
    struct stat status{};
    if (!input.good() || ::fstat(input.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> bytes;
    for (;;) {
        constexpr std::size_t kChunk = 65'536;
        const auto held = bytes.size();
        bytes.resize(held + kChunk);
        const auto got = ::read(input.get(), bytes.data() + held, kChunk);
        if (got < 0 || held + static_cast<std::size_t>(got) > most) {
            return std::nullopt;
        }
        bytes.resize(held + static_cast<std::size_t>(got));
        if (got == 0) {
            return bytes;
        }
    }
}

std::string replace_file(const std::filesystem::path& file, std::span<const std::uint8_t> bytes) {
    auto beside = file;
    beside += ".new";
    {
        const Descriptor output(beside, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (!output.good() || !write_all(output.get(), bytes) || ::fsync(output.get()) != 0) {
            return trouble("write", beside);
        }
    }
    if (::rename(beside.c_str(), file.c_str()) != 0) {
        return trouble("rename", beside);
    }
    const Descriptor folder(file.parent_path(), O_RDONLY | O_DIRECTORY);
    if (!folder.good() || ::fsync(folder.get()) != 0) {
        return trouble("sync", file.parent_path());
    }
    return {};
}

}  // namespace creneau::door
