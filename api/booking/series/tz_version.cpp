#include "api/booking/series/tz_version.hpp"

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace creneau::booking {

namespace {

constexpr auto kUsualFolder = "/usr/share/zoneinfo";
constexpr std::string_view kOpening = "# version ";  // of the text form that tzdata brings along

std::string read_version() {
    const char* folder = std::getenv("TZDIR");
    std::ifstream file(std::string(folder == nullptr ? kUsualFolder : folder) + "/tzdata.zi");
    std::string line;
    std::getline(file, line);
    return line.starts_with(kOpening) ? line.substr(kOpening.size()) : std::string();
}

}  // namespace

const std::string& tz_version() {
    static const std::string kVersion = read_version();
    return kVersion;
}

}  // namespace creneau::booking
