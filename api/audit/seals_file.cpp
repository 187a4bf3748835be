#include "api/audit/seals_file.hpp"

#include "api/audit/chain.hpp"
#include "api/audit/seal_store.hpp"
#include "api/store/column.hpp"
#include "api/store/durable_file.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace creneau::audit {

namespace {

constexpr std::string_view kForm = "creneau-audit-1";
constexpr std::string_view kSeal = "seal";
constexpr std::string_view kPurge = "purge";
constexpr std::string_view kRestore = "restore";
constexpr std::string_view kNone = "-";
constexpr std::size_t kMost = std::size_t{64} << 20U;  // centuries of two logs
constexpr std::size_t kDigits = 64;

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at <= line.size();) {
        const auto end = std::min(line.find(' ', at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::optional<std::int64_t> number_in(std::string_view word) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool whole = fault == std::errc{} && end == word.data() + word.size();
    return whole && number >= 0 ? std::optional(number) : std::nullopt;
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace

/// "creneau-audit-1 KIND TOWN LOG NUMBER DAY INSTANT HASH": what is cut short lacks of its hash.
struct SealsFile::Record {
    std::string kind;
    ChainOf chain;
    std::int64_t number = 0;
    std::string day{kNone};
    std::string hash{kNone};
    std::chrono::sys_seconds at;

    static std::optional<Record> read(std::string_view line) {
        const auto words = words_of(line);
        if (words.size() != 8 || words[0] != kForm) {
            return std::nullopt;
        }
        const auto town = number_in(words[2]);
        const auto log = log_of(words[3]);
        const auto number = number_in(words[4]);
        const auto at = number_in(words[6]);
        const bool is_restore = words[1] == kRestore;
        if (!town || !log || !number || !at || (words[7].size() != kDigits && !is_restore) ||
            (words[1] != kSeal && words[1] != kPurge && !is_restore)) {
            return std::nullopt;
        }
        return Record{std::string(words[1]), {TownId{*town}, *log}, *number,
                      std::string(words[5]), std::string(words[7]), store::instant(*at)};
    }
    [[nodiscard]] std::string text() const {
        std::ostringstream out;
        out << kForm << ' ' << kind << ' ' << store::raw(chain.town) << ' ' << word_of(chain.log)
            << ' ' << number << ' ' << day << ' ' << store::unix_seconds(at) << ' ' << hash;
        return out.str();
    }
    [[nodiscard]] Key key() const {
        return {store::raw(chain.town), std::string(word_of(chain.log))};
    }
};

class SealsFile::Lock : public store::DirectoryLock {
  public:
    using store::DirectoryLock::DirectoryLock;
};

SealsFile::SealsFile(std::filesystem::path path)
    : path_(std::move(path)), lock_(std::make_unique<Lock>(folder_of(path_))) {
    exists_ = std::filesystem::exists(path_);
    if (!exists_) {
        return;
    }
    const auto bytes = store::read_file(path_, kMost);
    const std::string text(bytes.begin(), bytes.end());
    cut_short_ = !text.empty() && text.back() != '\n';
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (const auto record = Record::read(line); record && !(lines.eof() && cut_short_)) {
            take(*record);
        } else {
            ++unreadable_;
        }
    }
}

SealsFile::~SealsFile() = default;

void SealsFile::take(const Record& record) {
    auto& seals = seals_[record.key()];
    if (record.kind == kRestore) {
        const auto from = seals.upper_bound(record.number);
        taken_back_ += static_cast<std::size_t>(std::distance(from, seals.end()));
        seals.erase(from, seals.end());
        return;
    }
    auto [place, is_new] = seals.try_emplace(
        record.number, Witnessed{record.day, record.hash, record.at, std::nullopt, false});
    Witnessed& known = place->second;
    known.contradicted = known.contradicted || known.hash != record.hash || known.day != record.day;
    if (record.kind == kPurge) {
        known.purged_at = record.at;
    }
}

std::optional<Witnessed> SealsFile::find(const ChainOf& chain, std::int64_t number) const {
    const auto seals = seals_.find({store::raw(chain.town), std::string(word_of(chain.log))});
    if (seals == seals_.end()) {
        return std::nullopt;
    }
    const auto found = seals->second.find(number);
    return found != seals->second.end() ? std::optional(found->second) : std::nullopt;
}

std::int64_t SealsFile::last_of(const ChainOf& chain) const {
    const auto seals = seals_.find({store::raw(chain.town), std::string(word_of(chain.log))});
    return seals == seals_.end() || seals->second.empty() ? 0 : seals->second.rbegin()->first;
}

void SealsFile::add(const Record& record) {
    if (!exists_) {
        store::create_durably(path_, {});  // its name is on disk before its first line
    }
    store::AppendLog log(path_);
    if (cut_short_) {
        log.append("");  // ends what a crash cut short
        cut_short_ = false;
    }
    log.append(record.text());
    exists_ = true;
    take(record);
}

void SealsFile::add_seal(const ChainOf& chain, const KeptSeal& seal, std::chrono::sys_seconds now) {
    add({std::string(kSeal), chain, seal.text.number, seal.text.span.day, seal.hash, now});
}

void SealsFile::add_purge(const ChainOf& chain, const KeptSeal& seal) {
    add({std::string(kPurge), chain, seal.text.number, seal.text.span.day,
         seal.hash.empty() ? std::string(kDigits, '0') : seal.hash,
         seal.purged_at.value_or(std::chrono::sys_seconds{})});
}

void SealsFile::add_restore(const ChainOf& chain, std::int64_t last, std::chrono::sys_seconds now) {
    add({std::string(kRestore), chain, last, std::string(kNone), std::string(kNone), now});
}

}  // namespace creneau::audit
