#include "api/people/breached_passwords.hpp"

#include "api/people/breached_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <tl/expected.hpp>
#include <unistd.h>

namespace creneau::people {

/// A file in memory, as long as it lives.
class BreachedPasswords::Mapping {
  public:
    Mapping(void* start, std::size_t size) : start_(start), size_(size) {}
    ~Mapping() { ::munmap(start_, size_); }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    /// Nothing where there is no such file.
    static std::shared_ptr<const Mapping> of(const std::filesystem::path& file) {
        const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) {
            return nullptr;
        }
        struct stat status{};
        void* start = MAP_FAILED;
        if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
            start = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ,
                           MAP_PRIVATE, descriptor, 0);
        }
        ::close(descriptor);
        return start == MAP_FAILED
                   ? nullptr
                   : std::make_shared<Mapping>(start, static_cast<std::size_t>(status.st_size));
    }

    [[nodiscard]] std::string_view text() const {
        return {static_cast<const char*>(start_), size_};
    }

  private:
    void* start_;
    std::size_t size_;
};

namespace {

std::uint64_t number_at(std::string_view text, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = 8; i-- > 0;) {
        number = (number << 8U) | static_cast<unsigned char>(text[at + i]);
    }
    return number;
}

std::string words_of(std::string_view field) {
    return std::string(field.substr(0, std::min(field.find('\0'), field.size())));
}

bool is_complete(std::string_view text) {
    if (text.size() < kBreachedHeadSize || !text.starts_with(kBreachedMagic)) {
        return false;
    }
    const auto entries = text.substr(kBreachedHeadSize);
    if (entries.size() % 8 != 0 || number_at(text, 8) != entries.size() / 8) {
        return false;
    }
    const auto digest = breached_digest_of(entries);
    return std::equal(
        digest.begin(), digest.end(), text.begin() + (kBreachedHeadSize - kBreachedDigestSize),
        [](unsigned char one, char other) { return one == static_cast<unsigned char>(other); });
}

}  // namespace

tl::expected<BreachedPasswords, std::string> BreachedPasswords::open(
    const std::filesystem::path& file) {
    BreachedPasswords list;
    list.mapping_ = Mapping::of(file);
    if (!list.mapping_) {
        return tl::unexpected(file.string() + " cannot be read: the list of breached passwords");
    }
    const auto text = list.mapping_->text();
    if (!is_complete(text)) {
        return tl::unexpected(file.string() + " is damaged or no list of breached passwords");
    }
    list.count_ = number_at(text, 8);
    if (list.count_ < kFewest) {
        return tl::unexpected(file.string() + " holds " + std::to_string(list.count_) +
                              " breached passwords: at least " + std::to_string(kFewest) +
                              " are wanted");
    }
    list.date_ = words_of(text.substr(16, kBreachedDateSize));
    list.source_ = words_of(text.substr(16 + kBreachedDateSize, kBreachedSourceSize));
    return list;
}

std::uint64_t BreachedPasswords::entry(std::uint64_t index) const {
    return number_at(mapping_->text(), kBreachedHeadSize + index * 8);
}

bool BreachedPasswords::has_entry(std::uint64_t wanted) const {
    std::uint64_t low = 0;
    std::uint64_t high = count_;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (entry(middle) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count_ && entry(low) == wanted;
}

bool BreachedPasswords::has(std::string_view password) const {
    std::string lowered(password);
    std::ranges::transform(lowered, lowered.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    return has_entry(breached_entry_of(password)) || has_entry(breached_entry_of(lowered));
}

}  // namespace creneau::people
