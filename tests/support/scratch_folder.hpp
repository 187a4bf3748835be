#pragma once

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

#include <stdlib.h>

namespace creneau::support {

/// An empty folder of one test's own, with all in it gone when the test ends. No other process
/// has the same, however many tests run at once.
class ScratchFolder {
  public:
    ScratchFolder() {
        std::string made = std::filesystem::temp_directory_path() / "creneau-scratch-XXXXXX";
        if (::mkdtemp(made.data()) == nullptr) {
            throw std::filesystem::filesystem_error(
                "mkdtemp", std::error_code(errno, std::generic_category()));
        }
        path_ = made;
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace creneau::support
