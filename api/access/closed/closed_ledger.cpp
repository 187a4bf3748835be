#include "api/access/closed/closed_ledger.hpp"

#include "api/access/closed/closed_rules.hpp"
#include "api/access/closed/closed_types.hpp"
#include "api/store/durable_file.hpp"

#include <filesystem>
#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace creneau::access {

ClosedLedger::ClosedLedger(std::filesystem::path folder)
    : folder_(std::move(folder)), file_(folder_ / "closed") {}

ClosedLedger::Content ClosedLedger::read() const {
    Content content;
    std::istringstream lines(store::whole_lines(file_));
    for (std::string line; std::getline(lines, line);) {
        if (auto closed = closed_in(line)) {
            content.said.push_back(*std::move(closed));
        } else {
            ++content.unreadable;
        }
    }
    return content;
}

void ClosedLedger::extend(
    const std::function<std::vector<Closed>(const std::vector<Closed>&)>& more) const {
    std::filesystem::create_directories(folder_);
    const store::DirectoryLock lock(folder_);
    std::string lines;
    for (const Closed& one : more(read().said)) {
        lines += lines.empty() ? "" : "\n";
        lines += line_of(one);
    }
    if (lines.empty()) {
        return;
    }
    store::append_lines(file_, lines);
}

}  // namespace creneau::access
