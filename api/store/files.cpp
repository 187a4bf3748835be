#include "api/store/files.hpp"

#include "api/store/session.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

namespace creneau::store {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
    throw StoreError(path.string() + ": " + std::strerror(error));
}

void sync(const std::filesystem::path& path, int flags) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
    if (file < 0) {
        fail(path, errno);
    }
    const int error = fsync(file) == 0 ? 0 : errno;
    close(file);
    if (error != 0) {
        fail(path, error);
    }
}

}  // namespace

void require_absent(const std::filesystem::path& path) {
    if (std::filesystem::exists(std::filesystem::symlink_status(path))) {
        throw StoreError(path.string() + ": exists already; move it aside first");
    }
}

PartialFile::PartialFile(std::filesystem::path target)
    : target_(std::move(target)), part_(target_.string() + ".part") {
    const int file = open(part_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) {
        fail(part_, errno);
    }
    close(file);
}

PartialFile::~PartialFile() {
    if (!published_) {
        for (const char* const ending : {"", "-journal", "-wal", "-shm"}) {
            std::error_code ignored;
            std::filesystem::remove(part_.string() + ending, ignored);
        }
    }
}

void PartialFile::publish() {
    sync(part_, 0);
    if (renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) != 0) {
        fail(target_, errno);
    }
    published_ = true;
    const auto folder = target_.parent_path();
    sync(folder.empty() ? "." : folder, O_DIRECTORY);
}

}  // namespace creneau::store
