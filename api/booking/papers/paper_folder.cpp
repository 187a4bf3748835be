#include "api/booking/papers/paper_folder.hpp"

#include "api/store/durable_file.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sodium.h>

namespace creneau::booking {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDigestBytes = 32;

/// What a process writes at once under one name would meet in the temporary file.
std::mutex one_writer;

bool is_digest(std::string_view text) {
    return text.size() == 2 * kDigestBytes &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string digest_of(std::string_view bytes) {
    std::array<unsigned char, kDigestBytes> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                       0);
    std::array<char, 2 * kDigestBytes + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

/// Of a file, or of what an interrupted write left of it.
std::optional<std::string> digest_in(const std::string& name) {
    if (is_digest(name)) {
        return name;
    }
    const bool is_leftover = name.starts_with('.') && name.ends_with(".new");
    return is_leftover && is_digest(std::string_view(name).substr(1, 2 * kDigestBytes))
               ? std::optional<std::string>("")
               : std::nullopt;
}

fs::file_time_type file_time(std::chrono::system_clock::time_point at) {
    return std::chrono::file_clock::from_sys(at);
}

}  // namespace

PaperFolder::PaperFolder(fs::path folder) : folder_(std::move(folder)) {}

void PaperFolder::prepare() const {
    if (fs::create_directories(folder_)) {
        fs::permissions(folder_, fs::perms::owner_all);
    }
}

fs::path PaperFolder::place_of(const std::string& digest) const {
    assert(is_digest(digest));
    return folder_ / digest;
}

std::string PaperFolder::keep(std::string_view bytes) const {
    auto digest = digest_of(bytes);
    const std::lock_guard lock(one_writer);
    const auto place = place_of(digest);
    if (has(digest) && fs::file_size(place) == bytes.size()) {
        fs::last_write_time(place, fs::file_time_type::clock::now());
    } else {
        store::write_durably(
            place, std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
    }
    return digest;
}

bool PaperFolder::has(const std::string& digest) const {
    return is_digest(digest) && fs::is_regular_file(fs::symlink_status(place_of(digest)));
}

std::optional<std::string> PaperFolder::read(const std::string& digest, std::uint64_t from,
                                             std::size_t length) const {
    if (!has(digest)) {
        return std::nullopt;
    }
    std::ifstream file(place_of(digest), std::ios::binary);
    std::string bytes(length, '\0');
    file.seekg(static_cast<std::streamoff>(from));
    file.read(bytes.data(), static_cast<std::streamsize>(length));
    if (file.bad() || !file.is_open()) {
        return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return bytes;
}

std::size_t PaperFolder::sweep(const std::function<bool(const std::string&)>& is_used,
                               std::chrono::system_clock::time_point before) const {
    std::vector<fs::path> unused;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        const auto digest = digest_in(entry.path().filename().string());
        if (digest && entry.symlink_status().type() == fs::file_type::regular &&
            entry.last_write_time() < file_time(before) && (digest->empty() || !is_used(*digest))) {
            unused.push_back(entry.path());
        }
    }
    for (const auto& path : unused) {
        store::destroy_file(path);
    }
    return unused.size();
}

}  // namespace creneau::booking
