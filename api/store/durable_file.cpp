#include "api/store/durable_file.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace creneau::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
    throw std::system_error(errno, std::generic_category(), what + " " + path.string());
}

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_;
};

bool write_all(int fd, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const auto done = ::write(fd, bytes.data(), bytes.size());
        if (done < 0 && errno != EINTR) {
            return false;
        }
        if (done > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(done));
        }
    }
    return true;
}

fs::path directory_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

void sync_directory(const fs::path& directory) {
    const Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0) {
        fail("cannot sync the directory", directory);
    }
}

constexpr std::string_view kLeftoverEnd = ".new";

fs::path temporary_for(const fs::path& path) {
    return directory_of(path) / ("." + path.filename().string() + std::string(kLeftoverEnd));
}

/// Removes the temporary file unless it has been renamed away.
class Temporary {
  public:
    explicit Temporary(fs::path path) : path_(std::move(path)) {}
    ~Temporary() {
        if (!path_.empty()) {
            ::unlink(path_.c_str());
        }
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    Temporary(Temporary&&) = delete;
    Temporary& operator=(Temporary&&) = delete;
    void keep() { path_.clear(); }

  private:
    fs::path path_;
};

/// What root writes belongs to whom the directory belongs, or the service could not read it; and
/// no bit is left that `mode` does not allow (a mask may take more away).
bool settle_owner_and_mode(int fd, const fs::path& directory, mode_t mode) {
    struct stat file{};
    struct stat parent{};
    if (::fstat(fd, &file) != 0 || ::stat(directory.c_str(), &parent) != 0) {
        return false;
    }
    const bool same_owner = file.st_uid == parent.st_uid && file.st_gid == parent.st_gid;
    if (::geteuid() == 0 && !same_owner && ::fchown(fd, parent.st_uid, parent.st_gid) != 0) {
        return false;
    }
    return (file.st_mode & 0777U & ~mode) == 0 || ::fchmod(fd, mode) == 0;
}

void put(const fs::path& path, std::span<const std::uint8_t> bytes, mode_t mode, unsigned flags) {
    const auto temporary = temporary_for(path);
    // A leftover of a killed run may have another mode: start from a new file.
    ::unlink(temporary.c_str());
    const Descriptor fd(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (fd.get() < 0) {
        fail("cannot create", temporary);
    }
    Temporary guard(temporary);
    if (!settle_owner_and_mode(fd.get(), directory_of(path), mode) || !write_all(fd.get(), bytes) ||
        ::fsync(fd.get()) != 0) {
        fail("cannot write", path);
    }
    if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), flags) != 0) {
        fail("cannot put in place", path);
    }
    guard.keep();
    sync_directory(directory_of(path));
}

}  // namespace

void write_durably(const fs::path& path, std::span<const std::uint8_t> bytes, mode_t mode) {
    put(path, bytes, mode, 0);
}

void create_durably(const fs::path& path, std::span<const std::uint8_t> bytes, mode_t mode) {
    put(path, bytes, mode, RENAME_NOREPLACE);
}

std::vector<std::uint8_t> read_file(const fs::path& path, std::size_t most) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0) {
        fail("cannot open", path);
    }
    std::vector<std::uint8_t> bytes(most + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const auto done = ::read(fd.get(), bytes.data() + size, bytes.size() - size);
        if (done < 0 && errno != EINTR) {
            fail("cannot read", path);
        }
        if (done == 0) {
            break;
        }
        size += done > 0 ? static_cast<std::size_t>(done) : 0;
    }
    if (size > most) {
        errno = EFBIG;
        fail("too long:", path);
    }
    bytes.resize(size);
    return bytes;
}

void destroy_file(const fs::path& path) {
    {
        const Descriptor fd(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
        struct stat status{};
        if (fd.get() < 0 || ::fstat(fd.get(), &status) != 0) {
            fail("cannot open to destroy", path);
        }
        const std::vector<std::uint8_t> zeros(static_cast<std::size_t>(status.st_size));
        if (!write_all(fd.get(), zeros) || ::fsync(fd.get()) != 0) {
            fail("cannot overwrite", path);
        }
    }
    if (::unlink(path.c_str()) != 0) {
        fail("cannot remove", path);
    }
    sync_directory(directory_of(path));
}

void clear_leftovers(const fs::path& directory) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(directory)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with('.') && name.ends_with(kLeftoverEnd)) {
            found.push_back(entry.path());
        }
    }
    for (const auto& path : found) {
        destroy_file(path);
    }
}

DirectoryLock::DirectoryLock(const fs::path& directory)
    : fd_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (fd_ < 0) {
        fail("cannot open the directory", directory);
    }
    while (::flock(fd_, LOCK_EX) != 0) {
        if (errno != EINTR) {
            ::close(fd_);
            fail("cannot lock", directory);
        }
    }
}

DirectoryLock::~DirectoryLock() {
    ::close(fd_);
}

AppendLog::AppendLog(fs::path path)
    : path_(std::move(path)),
      fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600)) {
    if (fd_ < 0) {
        fail("cannot open", path_);
    }
}

AppendLog::~AppendLog() {
    ::close(fd_);
}

void AppendLog::append(std::string_view line) {
    const auto before = ::lseek(fd_, 0, SEEK_END);
    std::vector<std::uint8_t> bytes(line.begin(), line.end());
    bytes.push_back('\n');
    if (before >= 0 && write_all(fd_, bytes) && ::fdatasync(fd_) == 0) {
        return;
    }
    const int reason = errno;
    if (before >= 0 && ::ftruncate(fd_, before) != 0) {
        errno = reason;
        fail("cannot write, nor cut a half-written line off", path_);
    }
    errno = reason;
    fail("cannot write", path_);
}

std::string whole_lines(const std::filesystem::path& file) {
    constexpr std::size_t kAppendedMeanwhile = std::size_t{64} * 1024;
    if (!std::filesystem::exists(file)) {
        return {};
    }
    const auto bytes = read_file(file, std::filesystem::file_size(file) + kAppendedMeanwhile);
    std::string text{bytes.begin(), bytes.end()};
    text.resize(text.rfind('\n') + 1);
    return text;
}

void append_lines(const std::filesystem::path& file, std::string_view lines) {
    if (!std::filesystem::exists(file)) {
        create_durably(file, {});
    }
    if (const auto whole = whole_lines(file).size(); whole < std::filesystem::file_size(file)) {
        std::filesystem::resize_file(file, whole);
    }
    AppendLog(file).append(lines);
}

}  // namespace creneau::store
