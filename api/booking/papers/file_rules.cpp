#include "api/booking/papers/file_rules.hpp"

#include "api/booking/papers/paper_types.hpp"
#include "api/people/blank_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

namespace {

using std::string_view_literals::operator""sv;

constexpr auto kPdfStart = "%PDF-"sv;
constexpr auto kPdfEnd = "%%EOF"sv;
constexpr auto kPngStart = "\x89PNG\r\n\x1a\n"sv;
constexpr auto kJpegStart = "\xff\xd8\xff"sv;
constexpr auto kBlank = "\0\t\n\f\r "sv;
constexpr auto kPdfDelimiters = "()<>[]{}/%"sv;
constexpr std::size_t kLongestName = 100;  // characters

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t length) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < length; ++i) {
        number = number << 8U | byte_at(bytes, at + i);
    }
    return number;
}

std::optional<FileFault> fault_in_size(std::uint32_t width, std::uint32_t height) {
    if (width == 0 || height == 0) {
        return FileFault::truncated;
    }
    return width > kWidestPicture || height > kWidestPicture ? std::optional(FileFault::too_large)
                                                             : std::nullopt;
}

// PNG (ISO/IEC 15948): a signature, then chunks of length, type, data and checksum.

constexpr std::size_t kChunkFrame = 12;
constexpr std::size_t kPngHeader = 13;

std::optional<FileFault> fault_in_png(std::string_view bytes) {
    std::string_view rest = bytes.substr(kPngStart.size());
    if (rest.size() < kChunkFrame + kPngHeader || number_at(rest, 0, 4) != kPngHeader ||
        rest.substr(4, 4) != "IHDR") {
        return FileFault::truncated;
    }
    if (const auto fault = fault_in_size(number_at(rest, 8, 4), number_at(rest, 12, 4))) {
        return fault;
    }
    while (rest.size() >= kChunkFrame) {
        const std::size_t length = number_at(rest, 0, 4);
        if (length > rest.size() - kChunkFrame) {
            return FileFault::truncated;
        }
        if (rest.substr(4, 4) == "IEND") {
            return length == 0 && rest.size() == kChunkFrame ? std::nullopt
                                                             : std::optional(FileFault::truncated);
        }
        rest.remove_prefix(kChunkFrame + length);
    }
    return FileFault::truncated;
}

// JPEG (ITU-T T.81, annex B): segments of marker and length; the picture's size is in its frame
// header, and what follows a scan header goes up to the end marker, which no data can spell.

constexpr std::uint32_t kStartOfScan = 0xDA;

bool is_frame_header(std::uint32_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::optional<FileFault> fault_in_jpeg(std::string_view bytes) {
    std::string_view rest = bytes.substr(2);
    bool has_size = false;
    while (rest.size() >= 4 && byte_at(rest, 0) == 0xFF) {
        const std::uint32_t marker = byte_at(rest, 1);
        if (marker == 0xFF) {  // fill byte
            rest.remove_prefix(1);
            continue;
        }
        const std::size_t length = number_at(rest, 2, 2);
        if (length < 2 || length + 2 > rest.size()) {
            return FileFault::truncated;
        }
        if (marker == kStartOfScan) {
            const bool ends = rest.find("\xff\xd9", length + 2) != std::string_view::npos;
            return has_size && ends ? std::nullopt : std::optional(FileFault::truncated);
        }
        if (is_frame_header(marker)) {
            if (length < 8) {
                return FileFault::truncated;
            }
            if (const auto fault = fault_in_size(number_at(rest, 7, 2), number_at(rest, 5, 2))) {
                return fault;
            }
            has_size = true;
        }
        rest.remove_prefix(length + 2);
    }
    return FileFault::truncated;
}

// PDF (ISO 32000-1, 7.3.5): a name is "/" and characters, "#4A" for any of them.

int hex_of(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool ends_name(char byte) {
    return kBlank.find(byte) != std::string_view::npos ||
           kPdfDelimiters.find(byte) != std::string_view::npos;
}

/// The name that begins after a slash, unescaped and cut where it is longer than any of ours;
/// `rest` is then what follows it.
std::string take_name(std::string_view& rest) {
    constexpr std::size_t kLongEnough = 40;
    std::string name;
    std::size_t used = 0;
    while (used < rest.size() && !ends_name(rest[used])) {
        char byte = rest[used++];
        if (byte == '#' && used + 1 < rest.size() && hex_of(rest[used]) >= 0 &&
            hex_of(rest[used + 1]) >= 0) {
            byte = static_cast<char>(hex_of(rest[used]) * 16 + hex_of(rest[used + 1]));
            used += 2;
        }
        if (name.size() < kLongEnough) {
            name.push_back(byte);
        }
    }
    rest.remove_prefix(used);
    return name;
}

constexpr std::array kActing{"JavaScript"sv,    "JS"sv,        "Launch"sv,     "EmbeddedFile"sv,
                             "EmbeddedFiles"sv, "RichMedia"sv, "SubmitForm"sv, "ImportData"sv,
                             "GoToE"sv,         "GoToR"sv,     "XFA"sv};

/// Office programs write where the document opens: a page, which is an array and does nothing.
bool opens_at_a_page(std::string_view rest) {
    const auto first = rest.find_first_not_of(kBlank);
    return first != std::string_view::npos && rest[first] == '[';
}

std::optional<FileFault> fault_in_pdf(std::string_view bytes) {
    const auto last = bytes.find_last_not_of(kBlank);
    if (!bytes.substr(0, last + 1).ends_with(kPdfEnd)) {
        return FileFault::truncated;
    }
    std::string_view rest = bytes;
    for (auto at = rest.find('/'); at != std::string_view::npos; at = rest.find('/')) {
        rest.remove_prefix(at + 1);
        const std::string name = take_name(rest);
        if (name == "Encrypt") {
            return FileFault::encrypted;
        }
        if (std::ranges::find(kActing, name) != kActing.end() ||
            (name == "OpenAction" && !opens_at_a_page(rest))) {
            return FileFault::active_content;
        }
    }
    return std::nullopt;
}

// Names.

std::string_view ending_of(FileType type) {
    switch (type) {
        case FileType::pdf:
            return ".pdf";
        case FileType::png:
            return ".png";
        case FileType::jpeg:
            return ".jpg";
    }
    std::abort();
}

/// Bytes of the UTF-8 character that begins with `lead`.
std::size_t length_of(char lead) {
    const auto code = static_cast<unsigned char>(lead);
    return code < 0x80 ? 1 : code < 0xE0 ? 2 : code < 0xF0 ? 3 : 4;
}

/// What a name is better without: controls, what a folder, a quotation or a header is made of, and
/// what turns the direction of text, so that "gpj.exe" is read as it is.
bool is_kept(std::string_view character) {
    if (character.size() == 1) {
        const auto code = static_cast<unsigned char>(character.front());
        return code >= 0x20 && code != 0x7F &&
               "\"\\/:*?<>|;%"sv.find(character) == std::string_view::npos;
    }
    const bool is_control =
        character.size() == 2 && character >= "\xc2\x80" && character < "\xc2\xa0";
    const bool is_direction = (character >= "\xe2\x80\x8b" && character <= "\xe2\x80\x8f") ||
                              (character >= "\xe2\x80\xa8" && character <= "\xe2\x80\xae") ||
                              (character >= "\xe2\x81\xa0" && character <= "\xe2\x81\xaf") ||
                              character == "\xef\xbb\xbf" || character == "\xd8\x9c";
    return !is_control && !is_direction;
}

std::string_view without_folders(std::string_view name) {
    const auto slash = name.find_last_of("/\\");
    return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

std::string_view without_ending(std::string_view name) {
    constexpr std::size_t kLongestEnding = 5;
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos || name.size() - dot > kLongestEnding
               ? name
               : name.substr(0, dot);
}

}  // namespace

std::string_view word_of(FileFault fault) {
    switch (fault) {
        case FileFault::empty:
            return "file_empty";
        case FileFault::unknown_type:
            return "unknown_file_type";
        case FileFault::other_type:
            return "other_file_type";
        case FileFault::truncated:
            return "file_truncated";
        case FileFault::too_large:
            return "picture_too_large";
        case FileFault::active_content:
            return "active_content";
        case FileFault::encrypted:
            return "file_encrypted";
    }
    std::abort();
}

std::optional<FileType> sniff(std::string_view bytes) {
    if (bytes.starts_with(kPdfStart)) {
        return FileType::pdf;
    }
    if (bytes.starts_with(kPngStart)) {
        return FileType::png;
    }
    return bytes.starts_with(kJpegStart) ? std::optional(FileType::jpeg) : std::nullopt;
}

std::optional<FileFault> fault_in(std::string_view bytes, FileType declared) {
    if (bytes.empty()) {
        return FileFault::empty;
    }
    const auto type = sniff(bytes);
    if (!type) {
        return FileFault::unknown_type;
    }
    if (*type != declared) {
        return FileFault::other_type;
    }
    switch (*type) {
        case FileType::pdf:
            return fault_in_pdf(bytes);
        case FileType::png:
            return fault_in_png(bytes);
        case FileType::jpeg:
            return fault_in_jpeg(bytes);
    }
    std::abort();
}

std::string clean_name(std::string_view name, FileType type) {
    std::string_view rest = without_ending(without_folders(name));
    std::string kept;
    for (std::size_t characters = 0; !rest.empty() && characters < kLongestName;) {
        const auto character = rest.substr(0, length_of(rest.front()));
        rest.remove_prefix(character.size());
        const bool leads = kept.empty() && (character == "." || character == " ");
        if (is_kept(character) && !leads) {
            kept.append(character);
            ++characters;
        }
    }
    kept.erase(kept.find_last_not_of(" .") + 1);
    if (kept.empty() || people::shows_nothing(kept)) {
        kept = "document";
    }
    return kept.append(ending_of(type));
}

}  // namespace creneau::booking
