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

constexpr std::string_view kMagic = "creneau-policy/2";
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

tl::expected<ContainerView, PolicyError> view_container(std::span<const std::uint8_t> file) {
    cbor::Reader in{file, "file"};
    ContainerView view;
    in.array_of(5);
    in.key(kMagic);
    in.name("root");
    const auto root = in.exactly(view.policy_certificate.root.size());
    std::copy(root.begin(), root.end(), view.policy_certificate.root.begin());
    in.name("certificate");
    const auto certificate = in.bytes(kLargestCertificate);
    view.policy_certificate.envelope.assign(certificate.begin(), certificate.end());
    in.name("manifest");
    view.manifest = in.bytes(kLargestManifest + kEnvelopeMargin);
    in.name("pages");
    const std::size_t count = in.array(kMostPages);
    in.enter();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        in.at(i);
        view.pages.push_back(in.bytes(kLargestPage));
    }
    in.leave();
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    return view;
}

tl::expected<Container, PolicyError> read_container(std::span<const std::uint8_t> file) {
    const auto view = view_container(file);
    if (!view) {
        return tl::make_unexpected(view.error());
    }
    Container container;
    container.policy_certificate = view->policy_certificate;
    container.manifest.assign(view->manifest.begin(), view->manifest.end());
    for (const auto page : view->pages) {
        container.pages.emplace_back(page.begin(), page.end());
    }
    return container;
}

}  // namespace creneau::policy
