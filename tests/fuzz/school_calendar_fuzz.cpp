#include "api/documents/school_calendar.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// What is read lies inside what is known, and a refusal names a line of the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace creneau::documents;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const auto zone : {SchoolZone::a, SchoolZone::b, SchoolZone::c, SchoolZone::corse}) {
        const auto years = read_school_calendar(text, zone);
        bool holds = years ? !years->holidays.empty() : years.error().line <= size;
        for (std::size_t i = 0; years && i < years->holidays.size(); ++i) {
            const auto& [name, first, last] = years->holidays[i];
            holds = holds && !name.empty() && years->known_from <= first && first <= last &&
                    last <= years->known_until;
        }
        if (!holds) {
            std::abort();
        }
    }
    return 0;
}
