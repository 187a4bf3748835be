#include "policy/badge.hpp"
#include "policy/container.hpp"
#include "policy/manifest.hpp"
#include "policy/page.hpp"
#include "policy/policy_file.hpp"
#include "tests/policy/sample_town.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace {

using namespace creneau::policy;
using Bytes = std::span<const std::uint8_t>;

void must(bool holds) {
    if (!holds) {
        std::abort();
    }
}

bool same(const std::vector<std::uint8_t>& written, Bytes read) {
    return std::equal(written.begin(), written.end(), read.begin(), read.end());
}

// Nothing but the sample's own file may open.
void read_file(Bytes input) {
    static const SampleTown town = [] {
        SampleTown made;
        made.facts.revocations = sample_revocations();
        give_badge(made.facts);
        return made;
    }();
    static const auto genuine = town.file();
    if (const auto container = read_container(input)) {
        must(same(write_container(*container), input));
    }
    must(!open_policy_file(input, town.expectations()) || same(genuine, input));
}

void read_payloads(Bytes input) {
    if (const auto manifest = read_manifest(input)) {
        must(same(write_manifest(*manifest), input));
    }
    RulePage rules;
    if (read_rule_page(input, {0, 0, "page"}, rules)) {
        must(same(write_rule_page(rules), input));
    }
    std::vector<BadgeRecord> badges;
    if (read_badge_page(input, {0, 0, "page"}, badges)) {
        must(same(write_badge_page(badges), input));
    }
}

}  // namespace

// Each form has one spelling: what is read is written back byte for byte.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    read_file({data, size});
    read_payloads({data, size});
    return 0;
}
