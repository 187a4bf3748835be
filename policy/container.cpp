#include "policy/container.hpp"

#include "policy/cbor.hpp"
#include "policy/error.hpp"
#include "policy/policy_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace creneau::policy {
namespace {

constexpr std::string_view kMagic = "creneau-policy/1";
constexpr std::size_t kLargestCertificate = 1'024;
constexpr std::size_t kEnvelopeMargin = 128;

}  // namespace

std::vector<std::uint8_t> write_container(const Container& container) {
    cbor::Writer out;
    out.array(5);
    out.text(kMagic);
    out.bytes(container.policy_certificate.root);
    out.bytes(container.policy_certificate.envelope);
    out.bytes(container.manifest);
    out.array(container.pages.size());
    for (const auto& page : container.pages) {
        out.bytes(page);
    }
    return out.result();
}

tl::expected<Container, PolicyError> read_container(std::span<const std::uint8_t> file) {
    cbor::Reader in{file, "file"};
    Container container;
    in.array_of(5);
    in.key(kMagic);
    in.name("root");
    const auto root = in.exactly(container.policy_certificate.root.size());
    std::copy(root.begin(), root.end(), container.policy_certificate.root.begin());
    in.name("certificate");
    const auto certificate = in.bytes(kLargestCertificate);
    container.policy_certificate.envelope.assign(certificate.begin(), certificate.end());
    in.name("manifest");
    const auto manifest = in.bytes(kLargestManifest + kEnvelopeMargin);
    container.manifest.assign(manifest.begin(), manifest.end());
    in.name("pages");
    const std::size_t count = in.array(std::size_t{1} << kLargestPageBits);
    in.enter();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        in.at(i);
        const auto page = in.bytes(kLargestPage);
        container.pages.emplace_back(page.begin(), page.end());
    }
    in.leave();
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    return container;
}

}  // namespace creneau::policy
