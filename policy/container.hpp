#pragma once

#include "policy/certificate.hpp"
#include "policy/error.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

/// The parts of a policy file, before anything is verified.
struct Container {
    IssuedCertificate policy_certificate;
    std::vector<std::uint8_t> manifest;            ///< COSE_Sign1
    std::vector<std::vector<std::uint8_t>> pages;  ///< rule pages, then badge pages
};

/// The same without a copy of what is large; the spans point into the file.
struct ContainerView {
    IssuedCertificate policy_certificate;
    std::span<const std::uint8_t> manifest;
    std::vector<std::span<const std::uint8_t>> pages;
};

[[nodiscard]] std::vector<std::uint8_t> write_container(const Container& container);

/// Cuts the file into its byte strings within the size limits; looks inside none of them.
[[nodiscard]] tl::expected<Container, PolicyError> read_container(
    std::span<const std::uint8_t> file);
[[nodiscard]] tl::expected<ContainerView, PolicyError> view_container(
    std::span<const std::uint8_t> file);

}  // namespace creneau::policy
