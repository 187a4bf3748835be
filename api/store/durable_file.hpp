#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace creneau::store {

/// Replaces `path` in one step: temporary file beside it, write, fsync, rename, fsync of the
/// directory. After a crash at any point `path` holds either its old or its new content.
/// Throws std::system_error naming the path; then `path` is as it was.
void write_durably(const std::filesystem::path& path, std::span<const std::uint8_t> bytes,
                   mode_t mode = 0600);

/// The same, but throws (EEXIST) when `path` exists already.
void create_durably(const std::filesystem::path& path, std::span<const std::uint8_t> bytes,
                    mode_t mode = 0600);

/// The whole file. Throws std::system_error when it cannot be read, or (EFBIG) is longer than
/// `most`.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path, std::size_t most);

/// Overwrites the content with zeros, syncs, then unlinks and syncs the directory.
void destroy_file(const std::filesystem::path& path);

/// Destroys what an interrupted write left in `directory` (files named ".….new").
void clear_leftovers(const std::filesystem::path& directory);

/// Holds an exclusive flock on a directory: one key command at a time changes it.
class DirectoryLock {
  public:
    explicit DirectoryLock(const std::filesystem::path& directory);
    ~DirectoryLock();
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;
    DirectoryLock(DirectoryLock&&) = delete;
    DirectoryLock& operator=(DirectoryLock&&) = delete;

  private:
    int fd_;
};

/// Appends whole lines to one file and syncs each before returning. One thread.
class AppendLog {
  public:
    /// Opens or creates (0600). Throws std::system_error.
    explicit AppendLog(std::filesystem::path path);
    ~AppendLog();
    AppendLog(const AppendLog&) = delete;
    AppendLog& operator=(const AppendLog&) = delete;
    AppendLog(AppendLog&&) = delete;
    AppendLog& operator=(AppendLog&&) = delete;

    /// `line` without its end of line. Throws when it did not reach the disk; a part that was
    /// written is cut off again.
    void append(std::string_view line);

  private:
    std::filesystem::path path_;
    int fd_;
};

/// Every whole line of a file that others may append to meanwhile; empty where there is none. What
/// a crash cut short is left out. Throws std::system_error.
[[nodiscard]] std::string whole_lines(const std::filesystem::path& file);

/// Appends to a file of such lines, which is made first where there is none; what a crash cut short
/// is taken off. For who holds its folder (DirectoryLock). Throws as AppendLog::append.
void append_lines(const std::filesystem::path& file, std::string_view lines);

}  // namespace creneau::store
