#include "api/privacy/erasure_ledger.hpp"

#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/durable_file.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>

namespace creneau::privacy {

namespace {

constexpr auto kForm = "creneau-erasures-1";
constexpr auto kKind = "person";  // the last word: a line that is cut short lacks it

std::optional<Erasure> erasure_in(const std::string& line) {
    std::istringstream words(line);
    std::string form;
    std::string kind;
    std::string more;
    std::int64_t town = 0;
    std::int64_t person = 0;
    std::int64_t at = 0;
    words >> form >> town >> person >> at >> kind;
    if (!words || form != kForm || kind != kKind || words >> more || town <= 0 || person <= 0) {
        return std::nullopt;
    }
    return Erasure{people::TownId{town}, people::PersonId{person}, store::instant(at)};
}

std::string text_of(const Erasure& erasure) {
    std::ostringstream out;
    out << kForm << ' ' << store::raw(erasure.town) << ' ' << store::raw(erasure.person) << ' '
        << store::unix_seconds(erasure.at) << ' ' << kKind;
    return out.str();
}

using Whose = std::pair<people::TownId, people::PersonId>;

}  // namespace

ErasureLedger::ErasureLedger(std::filesystem::path folder)
    : folder_(std::move(folder)), file_(folder_ / "erasures") {}

ErasureLedger::Content ErasureLedger::read() const {
    Content content;
    std::set<Whose> named;
    std::istringstream lines(store::whole_lines(file_));
    for (std::string line; std::getline(lines, line);) {
        const auto erasure = erasure_in(line);
        if (!erasure) {
            ++content.unreadable;
        } else if (named.emplace(erasure->town, erasure->person).second) {
            content.erasures.push_back(*erasure);
        }
    }
    return content;
}

void ErasureLedger::add(const Erasure& erasure) const {
    std::filesystem::create_directories(folder_);
    const store::DirectoryLock lock(folder_);
    const auto known = read().erasures;
    if (std::ranges::any_of(known, [&](const Erasure& one) {
            return one.town == erasure.town && one.person == erasure.person;
        })) {
        return;
    }
    store::append_lines(file_, text_of(erasure));
}

}  // namespace creneau::privacy
