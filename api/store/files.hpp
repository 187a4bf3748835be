#pragma once

#include <filesystem>

namespace creneau::store {

/// Throws StoreError when something has that name.
void require_absent(const std::filesystem::path& path);

/// A file that is wanted whole or not at all: written beside its final place, readable by its
/// owner only, and removed again unless it was published. Throws StoreError.
class PartialFile {
  public:
    /// Creates `target` + ".part", empty.
    explicit PartialFile(std::filesystem::path target);
    ~PartialFile();
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    const std::filesystem::path& path() const { return part_; }

    /// Syncs it, gives it its name unless that is taken, and syncs the folder.
    void publish();

  private:
    std::filesystem::path target_;
    std::filesystem::path part_;
    bool published_ = false;
};

}  // namespace creneau::store
